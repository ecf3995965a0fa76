"""The edges of the graph: who points to whom and by which relation, be the target visible or not."""

import pytest

from catalogue import upkeep
from catalogue.models import Entry, Reference
from practices.models import GoodPractice
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    republish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def references_of(record):
    rows = Reference.objects.filter(source__uid=record.uid)
    return set(rows.values_list("relation", "target_uid"))


def test_a_practice_points_to_its_organisation_and_projects_even_while_they_are_drafts():
    organisation, project = OrganisationFactory(), ProjectFactory()

    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation, projects=[project]))

    assert references_of(practice) == {("organisation_in_charge", organisation.uid), ("project", project.uid)}


def test_a_project_points_to_its_programme_partners_and_forerunners():
    programme, organisation, earlier = ProgrammeFactory(), OrganisationFactory(), ProjectFactory()
    project = ProjectFactory(programme=programme, capitalises=[earlier])
    ParticipationFactory(project=project, organisation=organisation)

    publish(project)

    assert references_of(project) == {
        ("programme", programme.uid),
        ("participation", organisation.uid),
        ("capitalises", earlier.uid),
    }


def test_one_that_takes_part_twice_is_pointed_to_once():
    project, organisation = ProjectFactory(), OrganisationFactory()
    ParticipationFactory.create_batch(2, project=project, organisation=organisation)

    publish(project)

    assert references_of(project) == {("participation", organisation.uid)}


def test_a_change_keeps_adds_and_removes_just_what_changed():
    kept, gone, new = ProjectFactory(), ProjectFactory(), ProjectFactory()
    practice = publish(GoodPracticeFactory(projects=[kept, gone]))
    row = Reference.objects.get(target_uid=kept.uid)

    republish(practice, projects=[kept, new])

    assert references_of(practice) == {("project", kept.uid), ("project", new.uid)}
    assert Reference.objects.get(target_uid=kept.uid) == row


def test_a_reference_to_a_draft_is_kept_though_the_document_does_not_change():
    practice = publish(GoodPracticeFactory())
    before = practice.entry
    organisation = OrganisationFactory()
    GoodPractice.objects.update_ledger(organisation_in_charge=organisation)

    publish(practice)

    assert (practice.entry.position, practice.entry.document) == (before.position, before.document)
    assert references_of(practice) == {("organisation_in_charge", organisation.uid)}


def test_drafts_make_no_references():
    GoodPracticeFactory(organisation_in_charge=OrganisationFactory()).save_revision()

    assert Reference.objects.count() == 0


def test_a_withdrawn_record_points_to_nothing_but_is_still_pointed_to():
    organisation = publish(OrganisationFactory())
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)

    withdraw(organisation)
    assert references_of(project) == {("participation", organisation.uid)}

    withdraw(project)
    assert references_of(project) == set()


def test_who_names_a_record_is_found_by_its_uid():
    organisation = OrganisationFactory()
    naming = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    publish(GoodPracticeFactory())

    assert list(Entry.objects.naming({organisation.uid})) == [naming.entry]


def test_a_practice_points_to_the_results_that_it_grew_from():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    publish(project)

    practice = publish(GoodPracticeFactory(grew_from=[str(result.uid)]))

    assert practice.entry.record["grew_from"] == [str(result.uid)]
    assert references_of(practice) == {("grew_from", result.uid)}


def test_a_result_of_a_draft_project_is_not_shown_and_appears_when_the_project_is_published():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    practice = publish(GoodPracticeFactory(grew_from=[str(result.uid)]))
    assert practice.entry.record["grew_from"] == []

    publish(project)

    assert practice.entry.record["grew_from"] == [str(result.uid)]
    assert upkeep.check() == []


def test_a_result_goes_with_its_project():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    publish(project)
    practice = publish(GoodPracticeFactory(grew_from=[str(result.uid)]))

    withdraw(project)

    assert practice.entry.record["grew_from"] == []
    assert upkeep.check() == []


def test_a_result_that_its_project_no_longer_lists_goes():
    project = ProjectFactory()
    result = ResultFactory(project=project)
    publish(project)
    practice = publish(GoodPracticeFactory(grew_from=[str(result.uid)], projects=[project]))

    republish(project, results=[])

    assert practice.entry.record["grew_from"] == []
    assert upkeep.check() == []
