"""Whatever was damaged, `check` finds it and `rebuild` mends it; what is whole, neither touches."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from catalogue import kinds, upkeep
from catalogue.models import CatalogueState, Entry, EntryFacet, EntryVersion, EntryWords, Reference
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    bare_entries,
    publish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice():
    return publish(
        GoodPracticeFactory(organisation_in_charge=publish(OrganisationFactory()), projects=[publish(ProjectFactory())])
    )


@pytest.fixture
def neighbours():
    """A project with all that it names, a tombstone and a harvested entry."""
    project = ProjectFactory(programme=publish(ProgrammeFactory()))
    ParticipationFactory(project=project, organisation=publish(OrganisationFactory()))
    publish(project)
    withdraw(publish(GoodPracticeFactory()))
    bare_entries(1, network=NetworkFactory())


def whole_catalogue():
    tables = (Entry, EntryVersion, EntryFacet, EntryWords, Reference, CatalogueState)
    return [sorted(table.objects.values_list(), key=str) for table in tables]


def change(**values):
    return lambda practice: Entry.objects.filter(uid=practice.uid).update(**values)


def change_the_document(practice):
    document = practice.entry.record | {"summary": {"en": "Nobody said this."}}
    change(document=json.dumps(document, ensure_ascii=False, separators=(",", ":")))(practice)


def change_the_card(practice):
    card = practice.entry.short | {"title": {"en": "Nobody said this."}}
    change(card=json.dumps(card, ensure_ascii=False, separators=(",", ":")))(practice)


def rename_past_the_choke_point(practice):
    GoodPractice.objects.filter(pk=practice.pk).update(title={"en": "Written by hand"})


DAMAGES = {
    "a changed document": change_the_document,
    "a document that is no JSON": change(document="damaged"),
    "a changed card": change_the_card,
    "a wrong etag": change(etag="0" * 64),
    "a wrong address": change(slug="elsewhere"),
    "a wrong place in lists by title": change(title_key="zzz"),
    "a wrong example mark": change(example=True),
    "a lost facet": lambda practice: practice.entry.facets.filter(name="topic").delete(),
    "a facet too many": lambda practice: practice.entry.facets.create(name="country", value="FR"),
    "a lost reference": lambda practice: practice.entry.references.filter(relation="project").delete(),
    "a reference too many": lambda practice: practice.entry.references.create(
        relation="project", target_uid="0f0e0d0c-0b0a-4908-8706-050403020100"
    ),
    "lost words": lambda practice: EntryWords.objects.filter(entry=practice.entry).delete(),
    "changed words": lambda practice: EntryWords.objects.filter(entry=practice.entry).update(title="nobody"),
    "a lost entry": lambda practice: practice.entry.delete(),
    "a row that was changed by hand": rename_past_the_choke_point,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found_by_name_and_mended(practice, damage):
    names = (practice.slug, str(practice.uid))
    damage(practice)

    faults = upkeep.check()
    assert faults != []
    assert [fault for fault in faults if not any(name in fault for name in names)] == []

    upkeep.rebuild()

    assert upkeep.check() == []


def test_an_entry_whose_record_is_not_live_is_found_and_withdrawn(practice):
    QuerySet(GoodPractice).filter(pk=practice.pk).update(live=False)
    assert f"practices {practice.uid}: visible, but its record is not live" in upkeep.check()

    upkeep.rebuild()

    assert upkeep.check() == []
    assert (practice.entry.is_visible, practice.entry.document) == (False, "")


def test_an_entry_whose_record_is_gone_is_found_and_withdrawn():
    bare_entries(1)
    [fault] = upkeep.check()
    assert fault.endswith("visible, but its record is not live")

    upkeep.rebuild()

    assert (upkeep.check(), Entry.objects.visible().count()) == ([], 0)


def test_a_live_record_without_an_entry_is_named(practice):
    practice.entry.delete()

    assert upkeep.check() == [f"practices {practice.uid}: live, but not in the catalogue"]


def test_what_is_whole_is_not_touched(practice, neighbours):
    before = whole_catalogue()

    assert (upkeep.check(), upkeep.rebuild()) == ([], 0)

    assert whole_catalogue() == before


def test_a_mended_entry_gets_a_new_position_and_the_others_keep_theirs(practice, neighbours):
    others = {entry.pk: entry.position for entry in Entry.objects.exclude(uid=practice.uid)}
    highest = CatalogueState.objects.current().position
    change_the_document(practice)

    assert upkeep.rebuild() == 1

    assert practice.entry.position == highest + 1
    assert {entry.pk: entry.position for entry in Entry.objects.exclude(uid=practice.uid)} == others


def test_no_entry_is_ever_deleted_by_a_rebuild(practice, neighbours):
    change_the_document(practice)
    before = set(Entry.objects.values_list("pk", "uid"))

    upkeep.rebuild()

    assert set(Entry.objects.values_list("pk", "uid")) == before


def test_harvested_entries_and_tombstones_are_not_rebuilt(practice, neighbours):
    left_alone = Entry.objects.exclude(network=None) | Entry.objects.exclude(withdrawn=None)
    before = list(left_alone.values())
    assert len(before) == 2

    upkeep.rebuild()

    assert list(left_alone.values()) == before


def test_a_rebuild_holds_the_lock_for_a_few_records_at_a_time(monkeypatch):
    for _ in range(5):
        publish(GoodPracticeFactory())
    locked, publishing = [], upkeep.publishing
    monkeypatch.setattr(upkeep, "RECORDS_PER_LOCK", 2)
    monkeypatch.setattr(upkeep, "publishing", lambda: locked.append(1) or publishing())

    upkeep.rebuild()

    batches_of_practices, looks_for_orphans = 3, len(kinds.all_kinds())
    assert len(locked) == batches_of_practices + looks_for_orphans


# The command


def test_the_command_says_that_all_is_well(practice):
    said = StringIO()

    call_command("catalogue", "check", stdout=said)

    assert said.getvalue() == "Every document equals its record.\n"


def test_the_command_names_the_faults_and_fails(practice):
    practice.entry.delete()
    complained = StringIO()

    with pytest.raises(CommandError) as failure:
        call_command("catalogue", "check", stderr=complained)

    assert complained.getvalue() == f"practices {practice.uid}: live, but not in the catalogue\n"
    assert str(failure.value) == "1 faults. `manage.py catalogue rebuild` mends them."


def test_the_command_rebuilds(practice):
    change_the_document(practice)
    said = StringIO()

    call_command("catalogue", "rebuild", stdout=said)
    call_command("catalogue", "check", stdout=said)

    assert said.getvalue() == "1 entries changed, 0 pages told anew.\nEvery document equals its record.\n"
