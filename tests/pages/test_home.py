"""The home page: where the network comes from, what the catalogue has, what is new."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import GoodPracticeFactory, ProjectFactory, publish

pytestmark = pytest.mark.django_db


def titles(entries: list[dict]) -> list[str]:
    return [entry["title"] for entry in entries]


def test_the_network_grew_from_what_it_builds_on_and_from_what_was_there_before(client):
    meid, sepa = (
        publish(ProjectFactory(acronym="MEID")),
        publish(ProjectFactory(acronym="SEPA", start=date(2009, 1, 1))),
    )
    publish(ProjectFactory(acronym="SMART", start=date(2006, 10, 1), end=date(2008, 3, 31)))
    publish(ProjectFactory(acronym="LATER", start=date(2012, 1, 1), end=date(2016, 1, 1)))
    mer = ProjectFactory(acronym="MER", start=date(2013, 5, 1), end=date(2014, 10, 31))
    mer.capitalises.add(meid, sepa)
    publish(mer)

    assert titles(client.get("/en/").context["roots"]) == ["SMART", "SEPA", "MEID"]


def test_until_a_project_builds_on_another_the_latest_stand_there(client):
    publish(ProjectFactory(acronym="FIRST"))
    publish(ProjectFactory(acronym="SECOND"))

    assert titles(client.get("/en/").context["roots"]) == ["SECOND", "FIRST"]


def test_what_is_new_is_not_what_the_page_has_shown_already(client):
    practices = [publish(GoodPracticeFactory()) for _number in range(6)]
    publish(ProjectFactory())

    context = client.get("/en/").context

    assert titles(context["news"]) == [practices[0].title.data["en"]]


def test_the_home_page_asks_the_same_of_one_project_as_of_three(client):
    older, mer = publish(ProjectFactory()), ProjectFactory()
    mer.capitalises.add(older)
    mer = publish(mer)
    one = queries_of(client)

    mer.capitalises.add(publish(ProjectFactory()), publish(ProjectFactory()))
    publish(mer)

    assert queries_of(client) == one


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/")
    return len(captured)
