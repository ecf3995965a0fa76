"""What a change of one record does to the entries that name it: few at once, many later, never a cascade."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue import publication, upkeep
from catalogue.models import CatalogueState, Entry
from catalogue.publication import REFRESHED_AT_ONCE, refresh_stale
from partners.models import Organisation
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    bare_entries,
    publish,
    republish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def publish_practices_of(organisation, number):
    return [publish(GoodPracticeFactory(organisation_in_charge=organisation)) for _ in range(number)]


def names_shown():
    entries = Entry.objects.visible().of_kind("practices").order_by("pk")
    return [entry.record["organisation_in_charge"]["title"]["sl"] for entry in entries]


def test_fifty_entries_are_refreshed_at_once_and_more_are_left_for_later():
    organisation = publish(OrganisationFactory(name_original="Prej"))
    publish_practices_of(organisation, 50)
    assert REFRESHED_AT_ONCE == 50

    republish(organisation, name_original="Vmes")
    assert names_shown() == ["Vmes"] * 50
    assert Entry.objects.filter(stale_since__isnull=False).count() == 0

    publish_practices_of(organisation, 1)
    before = CatalogueState.objects.current().position
    republish(organisation, name_original="Potem")
    assert names_shown() == ["Vmes"] * 51
    assert Entry.objects.filter(stale_since__isnull=False).count() == 51
    assert CatalogueState.objects.current().position == before + 1

    assert refresh_stale(batch=20) == 51
    assert names_shown() == ["Potem"] * 51
    assert Entry.objects.filter(stale_since__isnull=False).count() == 0
    assert upkeep.check() == []


def test_each_batch_of_stale_entries_takes_the_lock_anew(monkeypatch):
    publish_practices_of(publish(OrganisationFactory()), 5)
    Entry.objects.of_kind("practices").update(stale_since=timezone.now())
    locked, publishing = [], publication.publishing
    monkeypatch.setattr(publication, "publishing", lambda: locked.append(1) or publishing())

    assert refresh_stale(batch=2) == 5

    assert len(locked) == 3


def test_an_entry_that_waits_keeps_the_time_since_when_it_waits(monkeypatch):
    monkeypatch.setattr(publication, "REFRESHED_AT_ONCE", 1)
    organisation = publish(OrganisationFactory())
    publish_practices_of(organisation, 2)
    earlier = timezone.now() - timedelta(hours=1)
    waiting = Entry.objects.of_kind("practices").first()
    Entry.objects.filter(pk=waiting.pk).update(stale_since=earlier)

    republish(organisation, name_original="Potem")

    waiting.refresh_from_db()
    assert waiting.stale_since == earlier


def test_a_stale_entry_whose_bytes_are_right_already_keeps_its_position():
    practice = publish(GoodPracticeFactory())
    before = Entry.objects.values().get()
    Entry.objects.update(stale_since=timezone.now())

    refresh_stale()

    assert Entry.objects.values().get() == before
    assert practice.entry.stale_since is None


def test_a_stale_entry_without_a_live_record_does_not_come_up_for_ever():
    publish(GoodPracticeFactory())
    Entry.objects.update(stale_since=timezone.now(), uid="0f0e0d0c-0b0a-4908-8706-050403020100")

    assert (refresh_stale(), refresh_stale()) == (1, 0)


def test_a_publication_makes_a_stale_entry_fresh():
    practice = publish(GoodPracticeFactory())
    Entry.objects.update(stale_since=timezone.now())

    republish(practice, title=texts("New", "Novo"))

    assert practice.entry.stale_since is None


def test_a_change_that_others_do_not_show_refreshes_nobody():
    organisation = publish(OrganisationFactory())
    [practice] = publish_practices_of(organisation, 1)
    before = practice.entry.position

    republish(organisation, description=texts("Another description", "Drug opis"))

    assert practice.entry.position == before


def test_what_others_repeat_of_it_reaches_them():
    programme = publish(ProgrammeFactory(period="2000-2006"))
    project = publish(ProjectFactory(programme=programme))
    assert project.entry.record["period"] == "2000-2006"

    republish(programme, period="2007-2013")
    assert project.entry.record["period"] == "2007-2013"
    assert list(Entry.objects.of_kind("projects").with_facet("period", ["2007-2013"])) == [project.entry]

    withdraw(programme)
    assert project.entry.record["period"] is None
    assert upkeep.check() == []


def test_a_refresh_does_not_cascade():
    """programme ← project ← practice: what the practice shows of the project has no programme in it."""
    programme = publish(ProgrammeFactory())
    project = publish(ProjectFactory(programme=programme))
    practice = publish(GoodPracticeFactory(projects=[project]))
    before = practice.entry.position

    republish(programme, name=texts("Renamed", "Preimenovan"))

    state = CatalogueState.objects.current()
    assert (programme.entry.position, project.entry.position) == (state.position - 1, state.position)
    assert practice.entry.position == before
    assert upkeep.check() == []


def test_a_refreshed_entry_gets_a_new_position_so_that_mirrors_hear_of_it():
    organisation = publish(OrganisationFactory())
    practices = publish_practices_of(organisation, 2)

    republish(organisation, name_original="Potem")

    position = organisation.entry.position
    assert [practice.entry.position for practice in practices] == [position + 1, position + 2]


def test_a_refresh_shows_what_is_published_and_not_the_draft():
    organisation = publish(OrganisationFactory())
    [practice] = publish_practices_of(organisation, 1)
    practice.title = texts("Draft", "Osnutek")
    practice.save_revision()

    republish(organisation, name_original="Potem")

    assert "Draft" not in practice.entry.document
    assert upkeep.check() == []


@pytest.mark.parametrize("at_once", [0, 50])
def test_harvested_entries_are_not_ours_to_refresh(monkeypatch, at_once):
    monkeypatch.setattr(publication, "REFRESHED_AT_ONCE", at_once)
    organisation = publish(OrganisationFactory())
    [theirs] = bare_entries(1, network=NetworkFactory())
    theirs.references.create(target_uid=organisation.uid, relation="organisation_in_charge")
    before = Entry.objects.values().get(pk=theirs.pk)

    republish(organisation, name_original="Potem")

    assert Entry.objects.values().get(pk=theirs.pk) == before


SEEDS = [1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 60))]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_every_document_equals_its_serializer(seed):
    """Records that name each other are published, changed, renamed and withdrawn in any order."""
    chance = random.Random(seed)
    organisations = OrganisationFactory.create_batch(3)
    programmes = ProgrammeFactory.create_batch(2)
    projects = [ProjectFactory(programme=chance.choice(programmes)) for _ in range(3)]
    for project in projects:
        ParticipationFactory(project=project, organisation=chance.choice(organisations))
    projects[0].capitalises = projects[1:]
    projects[0].save()
    results = [ResultFactory(project=project) for project in projects]
    practices = [
        GoodPracticeFactory(
            organisation_in_charge=chance.choice(organisations),
            projects=chance.sample(projects, 1),
            grew_from=[str(chance.choice(results).uid)],
        )
        for _ in range(4)
    ]
    records = [*organisations, *programmes, *projects, *practices]

    for step in range(30):
        record = chance.choice(records)
        if record.live and chance.random() < 0.3:
            withdraw(record)
        elif isinstance(record, Organisation):
            republish(record, name_original=f"Ime {step}")
        else:
            republish(record, acronym=f"A {step}", title=texts(f"Title {step}", f"Naslov {step}"))

    assert upkeep.check() == []
    live = {record.uid for record in records if record.live}
    assert set(Entry.objects.visible().values_list("uid", flat=True)) == live
