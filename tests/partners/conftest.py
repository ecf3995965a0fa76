"""The people of these stories: Ida coordinates Bistra, Nina writes for it, Luka coordinates another, Marta reviews."""

import pytest

from accounts.models import User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish


@pytest.fixture
def bistra(db):
    return publish(OrganisationFactory(name_original="ZRS Bistra Ptuj", name_english="Bistra Ptuj"))


@pytest.fixture
def ida(bistra):
    ida = UserFactory(email="ida@example.org", first_name="Ida", last_name="Novak")
    MembershipFactory(user=ida, organisation=bistra, role="coordinator")
    return ida


@pytest.fixture
def nina(bistra):
    return UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos", member_of=bistra)


@pytest.fixture
def luka(db):
    luka = UserFactory(first_name="Luka")
    MembershipFactory(user=luka, organisation=OrganisationFactory(), role="coordinator")
    return luka


@pytest.fixture
def marta(db):
    return UserFactory(email="marta@example.org", first_name="Marta", last_name="Hribar", role=User.Role.REVIEWER)


@pytest.fixture
def editor(db):
    return UserFactory(first_name="Eva", role=User.Role.EDITOR)


@pytest.fixture
def as_ida(client, ida):
    client.force_login(ida)
    return client
