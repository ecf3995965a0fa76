"""The capitalisation trail, as far as its links exist."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.trails import trail
from tests.factories import GoodPracticeFactory, ProjectFactory, ResultFactory, publish, texts, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def grown(title: str, *, result=None):
    result = result or ResultFactory(project=ProjectFactory(acronym="ECOMARK"), text=texts("A handbook.", "Priročnik."))
    project = publish(result.project)
    practice = GoodPracticeFactory(title=texts(title, title), grew_from=[str(result.uid)])
    practice.projects.add(project)
    practice.save()
    return publish(practice)


def test_while_nothing_is_linked_there_is_no_trail():
    publish(GoodPracticeFactory())

    assert trail() == []


def test_a_trail_leads_from_the_project_over_its_result_to_the_practice():
    practice = grown("A quiet yard")

    steps = trail()

    assert [(step["kind"], step["title"]) for step in steps] == [
        ("project", "ECOMARK"),
        ("result", "A handbook."),
        ("practice", "A quiet yard"),
    ]
    assert steps[1]["url"].endswith(f"#{practice.grew_from[0]}")


def test_the_trail_of_one_practice_can_be_asked_for():
    grown("First")
    second = grown("Second")

    assert trail(second.uid)[-1]["title"] == "Second"


def test_what_is_withdrawn_leaves_the_trail():
    withdraw(grown("A quiet yard"))

    assert trail() == []


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_however_many_practices_there_are(number):
    for index in range(number):
        grown(f"Practice {index}")

    with CaptureQueriesContext(connection) as asked:
        trail()

    assert len(asked) == 1
