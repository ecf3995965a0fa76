"""A record becomes an entry when it is published, and stops being one when it is withdrawn."""

import hashlib
import json
from datetime import UTC, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalogue import publication
from catalogue.models import (
    CatalogueState,
    Entry,
)
from catalogue.serializers import Stamp
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

UID = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")


def visible_uids():
    return set(Entry.objects.visible().values_list("uid", flat=True))


def test_a_saved_draft_is_not_in_the_catalogue():
    practice = GoodPracticeFactory()
    practice.save_revision()

    assert Entry.objects.count() == 0
    assert CatalogueState.objects.current().position == 0


def test_what_is_published_is_in_the_catalogue_as_its_serializer_says():
    practice = publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    stamp = Stamp(version=1, published=entry.modified, modified=entry.modified)
    assert practice.live
    assert (entry.uid, entry.kind, entry.slug, entry.version) == (practice.uid, "practices", practice.slug, 1)
    assert entry.document == publication.render(practice, stamp).text


def test_the_envelope_is_the_contracts():
    publish(GoodPracticeFactory(uid=UID, title=texts("Clean courtyards", "Čista dvorišča"), original_language="sl"))

    entry = Entry.objects.get()
    moment = entry.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    envelope = dict(list(json.loads(entry.document).items())[:16])
    assert envelope == {
        "uid": str(UID),
        "kind": "practices",
        "url": f"/id/{UID}/",
        "pages": {"en": "/en/practices/cista-dvorisca/", "sl": "/sl/practices/cista-dvorisca/"},
        "version": 1,
        "published": moment,
        "modified": moment,
        "original_language": "sl",
        "translations": {"en": {"state": "human", "stale": []}, "sl": {"state": "original"}},
        "licence": "CC-BY-4.0",
        "origin": {"network": None, "url": None, "retrieved": None},
        "example": False,
        "title": {"en": "Clean courtyards", "sl": "Čista dvorišča"},
        "summary": {"en": "What the area did.", "sl": "Kaj je območje naredilo."},
        "topics": ["area-management-and-governance"],
        "places": [{"country": "SI", "nuts": None, "nuts_version": None, "town": "Ptuj", "lat": None, "lng": None}],
    }


def test_the_document_is_kept_in_the_bytes_that_the_etag_is_made_of():
    publish(GoodPracticeFactory(title=texts("Market", "Tržnica")))

    entry = Entry.objects.get()
    assert "Tržnica" in entry.document
    assert entry.document == json.dumps(entry.record, ensure_ascii=False, separators=(",", ":"))
    assert entry.etag == hashlib.sha256(entry.document.encode()).hexdigest()


def test_absent_values_are_null_and_never_empty_strings():
    publish(OrganisationFactory(description={}, town="", country=""))

    record = Entry.objects.get().record
    assert '""' not in Entry.objects.get().document
    assert (record["description"], record["address"]["town"], record["places"]) == (None, None, [])


def test_the_card_is_the_envelope_and_the_key_facts():
    publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    assert list(entry.short)[:16] == list(entry.record)[:16]
    assert {name: entry.short[name] for name in list(entry.short)[16:]} == {
        name: entry.record[name]
        for name in ("status", "confirmed_on", "organisation_in_charge", "projects", "areas", "images")
    }


def test_a_draft_of_a_published_record_leaves_what_is_public():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    practice.title = texts("Not yet", "Še ne")
    practice.save_revision()

    assert Entry.objects.values().get() == before
    assert GoodPractice.objects.get().has_unpublished_changes


def test_publishing_a_change_gives_the_next_version_at_the_next_position():
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get()

    republish(practice, title=texts("Better", "Boljše"))

    entry = Entry.objects.get()
    assert (entry.position, entry.version) == (first.position + 1, first.version + 1)
    assert entry.record["title"] == {"en": "Better", "sl": "Boljše"}
    assert entry.published == first.published


def test_publishing_without_a_change_keeps_position_version_and_bytes():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    publish(practice)

    assert Entry.objects.values().get() == before
    assert CatalogueState.objects.current().position == before["position"]


def test_positions_follow_the_order_of_publication():
    drafts = [GoodPracticeFactory(), OrganisationFactory(), ProjectFactory()]
    for draft in reversed(drafts):
        publish(draft)

    in_order = list(Entry.objects.order_by("position").values_list("uid", "position"))
    assert in_order == [(draft.uid, number) for number, draft in enumerate(reversed(drafts), start=1)]


def test_modified_never_goes_back_even_if_the_clock_does(monkeypatch):
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get().modified
    monkeypatch.setattr("catalogue.models.state.timezone.now", lambda: first - timedelta(hours=1))

    republish(practice, title=texts("Later", "Pozneje"))

    assert Entry.objects.get().modified == first


def test_times_are_whole_seconds():
    publish(GoodPracticeFactory())

    entry = Entry.objects.get()
    assert (entry.modified.microsecond, entry.published.microsecond) == (0, 0)


def test_the_instance_that_publishes_knows_what_became_of_it():
    practice = GoodPracticeFactory()

    practice.publish(practice.save_revision())

    assert (practice.live, practice.slug, practice.has_unpublished_changes) == (True, Entry.objects.get().slug, False)


def test_publication_reads_the_rows_anew_and_never_writes_back_an_old_instance():
    old_instance = GoodPracticeFactory()
    revision = old_instance.save_revision()
    owner = UserFactory()
    GoodPractice.objects.update_ledger(owner=owner)

    old_instance.publish(revision)

    assert GoodPractice.objects.get().owner == owner


@pytest.mark.parametrize(
    "nameless",
    [
        lambda: GoodPracticeFactory(title={}),
        lambda: GoodPracticeFactory(title={"en": "  "}),
        lambda: OrganisationFactory(name_original="", name_english=""),
        lambda: ProjectFactory(title={}, acronym=""),
    ],
)
def test_a_record_without_a_name_is_not_published(nameless):
    record = nameless()

    with pytest.raises(ValidationError):
        publish(record)

    assert not type(record).objects.get().live
    assert Entry.objects.count() == 0


def test_a_text_longer_than_its_field_allows_is_not_published_by_any_way():
    practice = GoodPracticeFactory(title=texts("x" * 101, "x"))

    with pytest.raises(ValidationError) as refusal:
        publish(practice)

    assert list(refusal.value.message_dict) == ["title"]
    assert Entry.objects.count() == 0


def test_what_is_scheduled_stays_unseen_until_its_time():
    practice = GoodPracticeFactory()
    practice.go_live_at = timezone.now() + timedelta(days=1)
    publish(practice)

    assert not practice.live
    assert Entry.objects.count() == 0


def test_a_scheduled_change_leaves_what_is_public_until_its_time():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()

    republish(practice, title=texts("Tomorrow", "Jutri"), go_live_at=timezone.now() + timedelta(days=1))

    assert practice.live
    assert Entry.objects.values().get() == before


def test_a_withdrawn_record_is_no_longer_visible_and_keeps_its_row():
    practice = publish(GoodPracticeFactory())

    withdraw(practice)

    assert visible_uids() == set()
    assert list(GoodPractice.objects.values_list("live", flat=True)) == [False]


def test_a_withdrawn_record_that_is_published_again_goes_on_counting():
    practice = publish(GoodPracticeFactory())
    first = Entry.objects.get()
    withdraw(practice)

    publish(practice)

    entry = Entry.objects.get()
    assert entry.is_visible
    assert (entry.version, entry.published, entry.position) == (2, first.published, 3)
    assert entry.record["version"] == 2


def test_withdrawing_a_draft_changes_nothing():
    practice = GoodPracticeFactory()

    withdraw(practice)

    assert Entry.objects.count() == 0
    assert CatalogueState.objects.current().position == 0


def test_a_preview_shows_what_publication_would_and_writes_nothing():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()
    practice.title = texts("Draft", "Osnutek")

    previewed = publication.render_draft(practice)

    assert (previewed["title"], previewed["version"]) == ({"en": "Draft", "sl": "Osnutek"}, 2)
    assert Entry.objects.values().get() == before
