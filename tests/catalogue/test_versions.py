"""Every human publication that changes something leaves a version, which nothing but a withdrawal touches again."""

import pytest

from catalogue import upkeep
from catalogue.models import Entry, EntryVersion
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def versions_of(record):
    return list(EntryVersion.objects.filter(entry__uid=record.uid).order_by("number").values())


def test_a_version_holds_the_document_as_it_was_published():
    practice = publish(GoodPracticeFactory())

    entry, version = Entry.objects.get(), EntryVersion.objects.get()

    assert (version.entry, version.number, version.published) == (entry, 1, entry.modified)
    assert (version.document, version.etag) == (entry.document, entry.etag)
    assert versions_of(practice) == [EntryVersion.objects.values().get()]


def test_versions_are_only_ever_added():
    practice = publish(GoodPracticeFactory())
    first = versions_of(practice)

    republish(practice, title=texts("Second", "Drugo"))
    second = versions_of(practice)
    republish(practice, title=texts("Third", "Tretje"))
    third = versions_of(practice)

    assert [version["number"] for version in third] == [1, 2, 3]
    assert second[:1] == first
    assert third[:2] == second


def test_publishing_without_a_change_makes_no_version():
    practice = publish(GoodPracticeFactory())

    publish(practice)

    assert [version["number"] for version in versions_of(practice)] == [1]


def test_a_refresh_makes_no_version_and_leaves_the_old_ones():
    organisation = publish(OrganisationFactory())
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    before = versions_of(practice)

    republish(organisation, name_original="Preimenovana agencija")

    entry = practice.entry
    assert versions_of(practice) == before
    assert entry.version == 1
    assert entry.record["organisation_in_charge"]["title"]["sl"] == "Preimenovana agencija"


def test_a_rebuild_makes_no_version():
    practice = publish(GoodPracticeFactory())
    before = versions_of(practice)
    Entry.objects.update(document="{}")

    upkeep.rebuild()

    assert versions_of(practice) == before


def test_the_first_version_of_a_record_that_was_never_seen_is_made_even_by_a_rebuild():
    practice = publish(GoodPracticeFactory())
    Entry.objects.all().delete()

    upkeep.rebuild()

    assert [version["number"] for version in versions_of(practice)] == [1]


def test_versions_go_on_counting_after_a_withdrawal():
    practice = publish(GoodPracticeFactory())
    withdraw(practice)

    publish(practice)

    assert [(version["number"], version["document"] != "") for version in versions_of(practice)] == [
        (1, False),
        (2, True),
    ]
