"""Addresses of records: made once at the first publication, kept, never given to another."""

from uuid import UUID

import pytest

from catalogue.models import Entry, OldSlug
from catalogue.slugs import LONGEST, RESERVED, free_slug, slug_from
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ProjectFactory,
    bare_entries,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

UID = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sm@rt Region", "smart-region"),
        ("Čista dvorišča v Žalcu", "cista-dvorisca-v-zalcu"),
        ("Gewerbegebiet Straße 12", "gewerbegebiet-strasse-12"),
        ("Đakovo đak", "dakovo-dak"),
        ("L’area è nostra", "l-area-e-nostra"),
        ("  --- ", ""),
        ("Βιομηχανία", ""),
        ("<script>", "script"),
        ("a/b?c=d#e", "a-b-c-d-e"),
        ("x" * 200, "x" * LONGEST),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_a_slug_is_what_of_a_text_can_stand_in_an_address(text, slug):
    assert slug_from(text) == slug


def test_the_acronym_comes_before_the_title_in_the_original_language():
    assert publish(ProjectFactory(acronym="Sm@rt Region")).slug == "smart-region"
    assert publish(ProjectFactory(acronym="", original_language="sl", title=texts("One", "Ena"))).slug == "ena"


def test_without_a_usable_text_the_uid_helps():
    assert publish(GoodPracticeFactory(uid=UID, title={"en": "Βιομηχανία"})).slug == "0f0e0d0c"


def test_a_draft_has_no_address_yet():
    practice = GoodPracticeFactory()
    practice.save_revision()

    assert practice.slug is None


def test_an_address_stays_when_the_title_changes():
    practice = publish(GoodPracticeFactory(title=texts("First", "Prva")))

    republish(practice, title=texts("Second", "Druga"))

    assert (practice.slug, practice.entry.slug) == ("first", "first")


def test_the_second_of_a_name_gets_a_number():
    same = texts("Green zone", "Zelena cona")

    assert [publish(GoodPracticeFactory(title=same)).slug for _ in range(3)] == [
        "green-zone",
        "green-zone-2",
        "green-zone-3",
    ]


def test_kinds_do_not_take_each_others_addresses():
    assert publish(ProjectFactory(acronym="TCM")).slug == "tcm"
    assert publish(GoodPracticeFactory(title={"en": "TCM"})).slug == "tcm"


def test_other_networks_do_not_take_our_addresses():
    bare_entries(1, network=NetworkFactory(), slug="green-zone")

    assert publish(GoodPracticeFactory(title={"en": "Green zone"})).slug == "green-zone"


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_words_that_mean_something_in_addresses_are_never_given(word):
    assert publish(GoodPracticeFactory(title={"en": word})).slug == f"{word}-2"


def test_a_changed_address_leads_on_from_the_old_one():
    practice = publish(GoodPracticeFactory(title={"en": "Old"}))
    GoodPractice.objects.update_ledger(slug="new-address")

    republish(practice, summary={"en": "Changed"})

    assert practice.entry.slug == "new-address"
    assert list(OldSlug.objects.values_list("kind", "slug", "uid")) == [("practices", "old", practice.uid)]


def test_an_old_address_is_not_given_to_another_record():
    practice = publish(GoodPracticeFactory(title={"en": "Old"}))
    GoodPractice.objects.update_ledger(slug="new-address")
    publish(practice)

    assert publish(GoodPracticeFactory(title={"en": "Old"})).slug == "old-2"


def test_a_record_may_come_back_to_its_old_address():
    practice = publish(GoodPracticeFactory(title={"en": "Old"}))
    GoodPractice.objects.update_ledger(slug="new-address")
    publish(practice)
    GoodPractice.objects.update_ledger(slug="old")
    publish(practice)

    assert practice.entry.slug == "old"
    assert list(OldSlug.objects.values_list("slug", flat=True)) == ["new-address"]


def test_an_entry_is_found_by_kind_and_slug():
    practice, project = publish(GoodPracticeFactory()), publish(ProjectFactory())

    assert Entry.objects.at_slug("practices", practice.slug).uid == practice.uid
    assert Entry.objects.at_slug("projects", project.slug).uid == project.uid
    assert Entry.objects.at_slug("projects", practice.slug) is None


def test_what_was_never_published_is_not_found():
    GoodPracticeFactory(slug="draft")

    assert Entry.objects.at_slug("practices", "draft") is None


def test_another_networks_entry_is_not_found_at_our_address():
    bare_entries(1, network=NetworkFactory(), slug="theirs")

    assert Entry.objects.at_slug("practices", "theirs") is None


def test_a_visible_entry_comes_before_a_withdrawn_one_of_the_same_address():
    first = publish(GoodPracticeFactory(title={"en": "Same"}))
    withdraw(first)
    GoodPractice.objects.filter(pk=first.pk).update_ledger(slug=None)
    second = publish(GoodPracticeFactory(title={"en": "Same"}))

    assert Entry.objects.at_slug("practices", "same").uid == second.uid


def test_a_free_slug_may_be_the_records_own():
    organisation = publish(OrganisationFactory(name_original="Bistra"))

    assert free_slug("partners", "bistra", model=type(organisation), uid=organisation.uid) == "bistra"
