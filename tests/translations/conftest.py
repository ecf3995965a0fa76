"""The people of these stories: Nina writes for her organisation and translates, Janez is her colleague, Luka is a stranger."""

import pytest
from django.utils import translation

from tests.factories import (
    BuildingBlockFactory,
    GoodPracticeFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    publish,
    reread,
    texts,
)
from tests.translations.sending import SUMMARY


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj", description=texts("It helps.", "Pomaga.")))


@pytest.fixture
def nina(organisation):
    nina = UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos")
    MembershipFactory(user=nina, organisation=organisation, role="coordinator")
    return nina


@pytest.fixture
def janez(organisation):
    return UserFactory(email="janez@example.org", first_name="Janez", last_name="Zupan", member_of=organisation)


@pytest.fixture
def luka(db):
    return UserFactory(email="luka@example.org", first_name="Luka", member_of=OrganisationFactory())


@pytest.fixture
def practice(nina, organisation):
    """Public, in English with a Slovenian translation; what it does is not translated yet."""
    practice = GoodPracticeFactory(
        owner=nina,
        organisation_in_charge=organisation,
        original_language="en",
        title=texts("Heat", "Toplota"),
        summary=SUMMARY,
        how_it_works={"en": "A pipe leads it there."},
    )
    BuildingBlockFactory(practice=practice, title=texts("The pipe", "Cev"))
    return publish(reread(practice))


@pytest.fixture
def as_nina(client, nina):
    client.force_login(nina)
    return client
