"""The people of these stories: Nina writes for her organisation and coordinates it, Janez is her colleague, Marta reviews,
Luka is a stranger.
"""

import pytest
from django.utils import translation

from accounts.models import User
from practices import co_authors
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def nina(organisation):
    nina = UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos")
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    return nina


@pytest.fixture
def janez(organisation):
    return UserFactory(email="janez@example.org", first_name="Janez", last_name="Zupan", member_of=organisation)


@pytest.fixture
def marta(db):
    return UserFactory(email="marta@example.org", first_name="Marta", last_name="Hribar", role=User.Role.REVIEWER)


@pytest.fixture
def luka(db):
    """Member of another organisation, and no reviewer."""
    return UserFactory(first_name="Luka", member_of=OrganisationFactory())


@pytest.fixture
def as_nina(client, nina):
    client.force_login(nina)
    return client


@pytest.fixture
def editor(db):
    return UserFactory(role=User.Role.EDITOR)


@pytest.fixture
def zala(db):
    return UserFactory(email="zala@example.org", first_name="Zala", last_name="Vidmar")


@pytest.fixture
def invitation(practice, nina, zala):
    return co_authors.invite(practice=practice, email="Zala@Example.org ", by=nina)


@pytest.fixture
def taken_in(practice, zala, invitation):
    return co_authors.accept(invitation=invitation, by=zala)
