"""What stands around a record on its page: who points to it, how many, and what it names; with two queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalogue.surroundings import SHOWN, Surroundings
from catalogue.templatetags.catalogue_lists import related_records
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def around(record) -> Surroundings:
    return Surroundings(record.entry.record)


def kept_by(organisation, number: int = 1) -> list:
    return [
        publish(
            GoodPracticeFactory(title=texts(f"Practice {n:02}", f"Praksa {n:02}"), organisation_in_charge=organisation)
        )
        for n in range(number)
    ]


@pytest.fixture
def organisation():
    return publish(OrganisationFactory())


def test_what_points_to_a_record_is_grouped_and_counted(organisation):
    kept_by(organisation, 2)
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)

    groups = around(organisation).groups()

    assert [(group.label, group.number, len(group.entries)) for group in groups] == [
        ("Good practices", 2, 2),
        ("Projects", 1, 1),
    ]


def test_drafts_and_withdrawn_records_are_neither_shown_nor_counted(organisation):
    GoodPracticeFactory(organisation_in_charge=organisation)
    withdraw(kept_by(organisation)[0])

    assert around(organisation).groups() == []


def test_of_many_the_first_by_title_are_shown_and_the_rest_is_one_link_away(organisation):
    kept_by(organisation, SHOWN + 2)

    [group] = related_records(around(organisation))["groups"]

    assert [entry["title"] for entry in group["entries"]] == [f"Practice {n:02}" for n in range(SHOWN)]
    assert (group["number"], group["more"]) == (SHOWN + 2, 2)
    assert group["url"] == f"/en/practices/?organisation={organisation.uid}"


def test_the_rest_is_really_there(client, organisation):
    kept_by(organisation, SHOWN + 2)
    page = client.get(f"/en/partners/{organisation.slug}/").content.decode()

    assert f'href="/en/practices/?organisation={organisation.uid}"' in page
    listed = client.get(f"/en/practices/?organisation={organisation.uid}").content.decode()
    assert all(f"Practice {n:02}" in listed for n in range(SHOWN + 2))


def test_what_points_to_a_part_is_found_with_the_record(organisation):
    result = ResultFactory()
    project = publish(result.project)
    practice = GoodPracticeFactory(grew_from=[str(result.uid)])
    practice.projects.add(project)
    practice.save()
    publish(practice)

    [entry] = around(project).pointing_to_part(str(result.uid), "grew_from")

    assert entry.uid == practice.uid


def test_records_are_named_by_their_acronyms_and_read_whole_where_the_page_needs_it():
    project = publish(ProjectFactory(acronym="ECOMARK"))
    practice = GoodPracticeFactory()
    practice.projects.add(project)
    practice.save()

    [entry] = around(publish(practice)).entries_of([{"uid": str(project.uid)}])

    assert entry.record["acronym"] == "ECOMARK"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_twice_however_much_there_is(organisation, number):
    for practice in kept_by(organisation, number):
        practice.projects.add(publish(ProjectFactory()))
        practice.save()
        publish(practice)
    surroundings = around(organisation)

    with CaptureQueriesContext(connection) as asked, override("en"):
        related_records(surroundings)
        surroundings.groups()
        assert len(surroundings.named) >= number

    assert len(asked) == 2
