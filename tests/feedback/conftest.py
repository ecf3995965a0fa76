"""The people of these stories: Nina began the practice, Ida coordinates its organisation, Eva edits; Luka reads."""

import time

import pytest
from django.core import signing
from django.utils import translation

from accounts.models import User
from feedback import guards
from feedback.models import Suggestion
from tests.factories import GoodPracticeFactory, MembershipFactory, OrganisationFactory, UserFactory, publish, texts


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db):
    return publish(OrganisationFactory(name_english="Bistra Ptuj"))


@pytest.fixture
def nina(db):
    return UserFactory(email="nina@example.org", first_name="Nina", last_name="Kos")


@pytest.fixture
def ida(organisation):
    ida = UserFactory(email="ida@example.org", first_name="Ida", last_name="Zupan", language="sl")
    MembershipFactory(user=ida, organisation=organisation, role="coordinator")
    return ida


@pytest.fixture
def eva(db):
    return UserFactory(email="eva@example.org", first_name="Eva", role=User.Role.EDITOR)


@pytest.fixture
def luka(db):
    return UserFactory(email="luka@example.org", first_name="Luka", last_name="Horvat")


@pytest.fixture
def practice(organisation, nina, ida, eva):
    return publish(
        GoodPracticeFactory(
            owner=nina, organisation_in_charge=organisation, title=texts("Open yards", "Odprta dvorišča")
        )
    )


@pytest.fixture
def entry(practice):
    return practice.entry


@pytest.fixture
def taken_time():
    """What the hidden fields of a form say that a person filled in."""
    return {"website": "", "began": signing.dumps(time.time() - 60, salt=guards._SALT)}


@pytest.fixture
def send(client, practice, taken_time):
    """`send("suggest", text="…")` as a person sends it."""

    def send(page, **typed):
        return client.post(f"/en/practices/{practice.slug}/{page}/", taken_time | typed)

    return send


@pytest.fixture
def suggestion(entry):
    def suggestion(**told) -> Suggestion:
        known = {"about_kind": entry.kind, "about_uid": entry.uid, "version": 1, "language": "en", "text": "Change it."}
        return Suggestion.objects.create(**known | told)

    return suggestion
