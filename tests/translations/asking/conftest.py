"""The people of these stories: Nina writes for her organisation and coordinates it, Janez is her colleague, Sara and Tomaž
of another organisation speak Slovenian and may be asked, Luka may not, Vera edits.
"""

import pytest
from django.test import Client
from django.utils import translation

from accounts import speaking
from accounts.models import User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.practices.writing import begun
from tests.translations.translating_server import TranslatingServer


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def server(settings):
    with TranslatingServer() as server:
        server.use(settings)
        yield server


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def elsewhere(db):
    return publish(OrganisationFactory(name_english="Translators’ house"))


@pytest.fixture
def nina(organisation):
    nina = UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos")
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    return nina


@pytest.fixture
def janez(organisation):
    return UserFactory(first_name="Janez", last_name="Zupan", member_of=organisation)


def speaker(first_name, member_of, *languages, **more):
    user = UserFactory(first_name=first_name, last_name="Vidmar", member_of=member_of, translates=True, **more)
    speaking.keep(by=user, languages=languages or ["sl"])
    return user


@pytest.fixture
def sara(elsewhere):
    return speaker("Sara", elsewhere, email="sara@example.org")


@pytest.fixture
def tomaz(elsewhere):
    return speaker("Tomaž", elsewhere)


@pytest.fixture
def luka(elsewhere):
    """Speaks Slovenian, and has not said that he may be asked."""
    luka = UserFactory(first_name="Luka", member_of=elsewhere)
    speaking.keep(by=luka, languages=["sl"])
    return luka


@pytest.fixture
def vera(db):
    return UserFactory(first_name="Vera", last_name="Horvat", role=User.Role.EDITOR)


@pytest.fixture
def practice(nina, organisation):
    """A draft of Nina's, in English and partly in Slovenian."""
    return begun(nina, organisation)


@pytest.fixture
def browser():
    """`browser(nina)`: what she sees."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
