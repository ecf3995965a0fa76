"""An administrator, and the network of somebody else with all that there is to see of it."""

import pytest

from tests.exchange.networks import registered
from tests.factories import AdminFactory, UserFactory


@pytest.fixture
def owner(db):
    return UserFactory(first_name="Anna", last_name="Berger", email="anna@alpine.example", language="sl")


@pytest.fixture
def reading(owner):
    return registered(owner)


@pytest.fixture
def admin(client, db):
    admin = AdminFactory()
    client.force_login(admin)
    return admin


@pytest.fixture
def page(reading) -> str:
    """The address of the network's page."""
    return f"/en/network/registered/{reading.client.uid}/"
