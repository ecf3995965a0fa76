"""What a form is sent that it does not offer: other people's records, fields that no form has. It has no effect, and the log
says that somebody tried.
"""

import logging
from uuid import uuid4

import pytest
from django.urls import reverse

from catalogue.reviewing import content_of
from practices import photos
from practices.models import GoodPractice, PracticeLink
from tests.factories import OrganisationFactory, ProjectFactory, publish
from tests.practices.writing import begun, filled, sent_from, upload, with_picture

pytestmark = pytest.mark.django_db
FAR_AWAY = "9999-12-31"

EXTRA_FIELDS = {
    "live": "on",
    "owner": "1",
    "published": "true",
    "first_published_at": FAR_AWAY,
    "confirmed_on": FAR_AWAY,
    "slug": "chosen",
    "id": "1",
    "pk": "1",
    "example": "on",
    "licence": "CC0-1.0",
    "organisation_in_charge": "1",
    "organisation_in_charge_id": "1",
    "expert_opinion_en": "The best of all",
    "expert_opinion_name": "Nobody",
    "source_notes": "[]",
    "latest_revision": "1",
    "live_revision": "1",
    "locked": "on",
    "go_live_at": FAR_AWAY,
    "expire_at": FAR_AWAY,
    "withdrawn": "on",
    "title": "In no language",
    "title_xx": "In a language that there is not",
    "contact_email": "nobody",
    "building_blocks-new7-uid": "x",
    "reply-1": "An answer to nobody",
    "settle-1": "on",
    "__proto__": "x",
    "a\nline of its own": "x",
}


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.WARNING, logger="operations.unexpected")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "operations.unexpected"]


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


def state_of(practice) -> dict:
    practice = GoodPractice.objects.get(pk=practice.pk)
    ledger = {name: getattr(practice, name) for name in practice.ledger_fields if name != "saved"}
    return ledger | content_of(practice.latest_draft()) | {"live": practice.live, "locked": practice.locked}


@pytest.mark.parametrize("name", EXTRA_FIELDS)
def test_a_field_that_the_form_does_not_have_changes_nothing_and_is_told(as_nina, practice, told, name):
    before = state_of(practice)

    as_nina.post(reverse("practices:edit", args=[practice.uid]), sent_from(practice) | {name: EXTRA_FIELDS[name]})

    shown = name if "\n" not in name else "(no name)"
    assert state_of(practice) == before
    assert [f"unknown names {shown};" in line for line in told()] == [True]


def test_a_new_one_begins_like_any_other(as_nina, nina, organisation, told):
    as_nina.post(reverse("practices:new"), filled(organisation=organisation, **EXTRA_FIELDS))

    practice = GoodPractice.objects.get()
    assert (practice.owner, practice.live, practice.first_published_at, practice.slug) == (nina, False, None, None)
    assert (practice.latest_draft().example, practice.latest_draft().title.data["en"]) == (False, "Open-yard day")
    assert [("unknown names live, owner, published," in line, "…" in line) for line in told()] == [(True, True)]


FOREIGN = {
    "organisation": lambda: str(OrganisationFactory().uid),
    "projects": lambda: [str(ProjectFactory().uid)],  # nobody has published it
    "areas": lambda: [str(uuid4())],
    "topics": lambda: ["alchemy"],
    "status": lambda: "perfect",
    "place_1_country": lambda: "XX",
    "entry_type": lambda: "novel",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_not_offered_is_refused_and_told(as_nina, practice, told, name):
    before = state_of(practice)

    answer = as_nina.post(reverse("practices:edit", args=[practice.uid]), sent_from(practice) | {name: FOREIGN[name]()})

    assert (answer.status_code, state_of(practice) == before) == (422, True)
    assert [f"not offered in {name}" in line for line in told()] == [True]


def test_somebody_elses_photo_is_not_there_and_is_told(as_nina, practice, luka, told):
    photo = photos.keep(upload(), by=luka)
    sent = sent_from(practice) | with_picture({"photo_kept": photo.digest, "photo_alt_en": "A yard"})

    assert as_nina.post(reverse("practices:edit", args=[practice.uid]), sent).status_code == 422
    assert ["not offered in images-new1-file" in line for line in told()] == [True]


def linked(draft: GoodPractice) -> None:
    draft.title = {"en": "Theirs"}
    draft.links = [PracticeLink(title={"en": "Read on"}, url="https://example.org")]


def test_a_part_of_somebody_elses_practice_stays_theirs_and_is_told(as_nina, practice, luka, told):
    theirs = begun(luka, edit=linked)
    uid = str(theirs.latest_draft().links.get().uid)
    sent = sent_from(practice) | {"links": ["", uid], f"links-{uid}-url": "https://example.org"}
    before = state_of(theirs)

    as_nina.post(reverse("practices:edit", args=[practice.uid]), sent)

    assert state_of(theirs) == before
    assert ["not offered in links" in line for line in told()] == [True]


def test_what_the_pages_themselves_send_is_not_told(as_nina, practice, organisation, told):
    publish(ProjectFactory())
    address = reverse("practices:edit", args=[practice.uid])
    for more in ({}, {"action": "preview"}, {"shown_language": "sl"}, {"change": "links:add"}):
        as_nina.post(address, sent_from(practice) | more)

    assert told() == []
