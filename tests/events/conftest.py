"""A published event, and an editor at her desk."""

import pytest

from tests.events.factories import EventFactory
from tests.factories import AdminFactory, publish


@pytest.fixture
def event(db):
    return publish(EventFactory())


@pytest.fixture
def desk(client, db):
    client.force_login(AdminFactory())
    return client
