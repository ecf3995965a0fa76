"""The people of these stories: Ida coordinates Bistra, Nina is a member of it, Luka is a stranger, Zala
coordinates another one, Marta reviews, Ema is an editor."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish


@pytest.fixture
def bistra(db):
    return publish(
        OrganisationFactory(name_original="ZRS Bistra Ptuj", name_english="Bistra Ptuj", abbreviation="ZRSB")
    )


@pytest.fixture
def ida(bistra):
    ida = UserFactory(email="ida@bistra.example", first_name="Ida", last_name="Zupan")
    MembershipFactory(user=ida, organisation=bistra, role="coordinator")
    return ida


@pytest.fixture
def nina(bistra):
    return UserFactory(email="nina@bistra.example", first_name="Nina", last_name="Kos", member_of=bistra)


@pytest.fixture
def luka(db):
    return UserFactory(email="luka@example.org", first_name="Luka", last_name="Hribar")


@pytest.fixture
def ema(db):
    return UserFactory(email="ema@example.org", first_name="Ema", last_name="Editor", role=User.Role.EDITOR)


@pytest.fixture
def zala(db):
    zala = UserFactory(email="zala@example.org", first_name="Zala", last_name="Vidmar")
    MembershipFactory(user=zala, organisation=OrganisationFactory(), role="coordinator")
    return zala


@pytest.fixture
def marta(db):
    return UserFactory(email="marta@example.org", first_name="Marta", last_name="Hribar", role=User.Role.REVIEWER)


@pytest.fixture
def as_ida(client, ida):
    client.force_login(ida)
    return client


@pytest.fixture
def browser():
    """`browser(ida)`: what she sees."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
