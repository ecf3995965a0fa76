"""What is left of a withdrawn record: kind, uid, a digest of its address, time and reason; nothing that it said."""

import pytest

from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    OldSlug,
    Reference,
    WithdrawalReason,
)
from catalogue.models.entry import slug_digest
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]

WORD = "nezamenljivobesedilo"


@pytest.fixture
def practice():
    organisation = publish(OrganisationFactory())
    practice = GoodPracticeFactory(title=texts(WORD, WORD), organisation_in_charge=organisation)
    return republish(publish(practice), summary=texts(f"{WORD} again", f"{WORD} znova"))


def test_a_tombstone_is_empty_but_for_kind_uid_digest_time_and_reason(practice):
    published = practice.entry

    withdraw(practice)

    tombstone = Entry.objects.values().get(uid=practice.uid)
    state = CatalogueState.objects.current()
    assert tombstone == {
        "id": published.pk,
        "uid": practice.uid,
        "kind": "practices",
        "network_id": None,
        "slug": "",
        "slug_digest": slug_digest("practices", published.slug),
        "position": state.position,
        "version": 2,
        "published": published.published,
        "modified": state.modified,
        "withdrawn": state.modified,
        "reason": "withdrawn",
        "merged_into": None,
        "stale_since": None,
        "example": False,
        "starts": None,
        "ends": None,
        "title_key": "",
        "etag": "",
        "card": "",
        "document": "",
    }


def test_facets_words_and_references_go(practice):
    entry = practice.entry
    assert [model.objects.filter(**{owner: entry}).exists() for model, owner in PARTS] == [True, True, True]

    withdraw(practice)

    assert [model.objects.filter(**{owner: entry}).exists() for model, owner in PARTS] == [False, False, False]
    assert list(Entry.objects.matching(WORD)) == []


PARTS = [(EntryFacet, "entry"), (EntryWords, "entry"), (Reference, "source")]


def test_versions_stay_as_numbers_and_are_emptied(practice):
    withdraw(practice)

    versions = EntryVersion.objects.filter(entry__uid=practice.uid).order_by("number")
    assert list(versions.values_list("number", "document", "etag")) == [(1, "", ""), (2, "", "")]


def test_no_table_of_the_catalogue_remembers_a_word(practice):
    GoodPractice.objects.update_ledger(slug=f"{WORD}-two")
    republish(practice, summary=texts(f"{WORD} once more", f"{WORD} še enkrat"))

    withdraw(practice)

    for model in (Entry, EntryVersion, EntryFacet, EntryWords, Reference, OldSlug):
        assert [row for row in model.objects.values_list() if WORD in str(row)] == [], model.__name__


def test_the_address_is_still_known_as_withdrawn(practice):
    slug = practice.slug

    withdraw(practice)

    found = Entry.objects.at_slug("practices", slug)
    assert (found.uid, found.is_visible) == (practice.uid, False)


@pytest.mark.parametrize("reason", ["withdrawn", "personal_data", "legal", "error"])
def test_the_reason_is_kept(practice, reason):
    withdraw(practice, reason=reason)

    assert practice.entry.reason == reason


def test_a_merged_record_names_its_successor(practice):
    successor = publish(GoodPracticeFactory())

    withdraw(practice, reason=WithdrawalReason.MERGED, merged_into=successor.uid)

    assert (practice.entry.reason, practice.entry.merged_into) == ("merged", successor.uid)


def test_nothing_goes_on_in_itself(practice):
    other = publish(GoodPracticeFactory())
    withdraw(other, reason=WithdrawalReason.MERGED, merged_into=practice.uid)

    for successor in (practice, other):
        with pytest.raises(ValueError, match="in itself"):
            withdraw(practice, reason=WithdrawalReason.MERGED, merged_into=successor.uid)
    assert practice.entry.is_visible


def test_withdrawing_twice_leaves_one_tombstone_at_its_position(practice):
    withdraw(practice)
    before = Entry.objects.values().get(uid=practice.uid)

    withdraw(practice, reason="legal")

    assert Entry.objects.values().get(uid=practice.uid) == before


def test_a_tombstone_that_is_published_again_is_whole_again(practice):
    slug = practice.slug
    withdraw(practice, reason="error")

    publish(practice)

    entry = practice.entry
    assert (entry.slug, entry.reason, entry.withdrawn) == (slug, "", None)
    assert list(Entry.objects.visible().matching(WORD)) == [entry]
