"""How many statements an answer costs: few, and as many for a long list as for a short one."""

import pytest
from django.db import connection

from exchange import memory
from exchange.walk import walk
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    bare_entries,
    publish,
    republish,
    texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]


STATEMENTS = {
    "": 0,
    "schema/": 0,
    "practices/": 1,  # how far the catalogue is, and the page
    "practices/?view=summary": 1,
    "practices/?ordering=title": 1,
    "practices/?country=SI&topic=area-management-and-governance": 1,
    "practices/?q=changed": 1,
    "practices/?q=changed&count=yes": 1,
    "practices/?q=changed&facets=yes": 2,
    "practices/?country=SI&count=yes&facets=yes": 2,
    "practices/{practice}/": 2,
    "practices/{practice}/versions/": 2,
    "practices/{practice}/versions/1/": 2,
    "partners/{organisation}/related/": 3,
    "changes/": 1,  # both at once
    "changes/?kind=practices": 1,
    "state/": 2,
}


def more_of_everything(organisation):
    practice = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    republish(practice, title=texts("Changed", "Spremenjeno"))
    project = ProjectFactory()
    ParticipationFactory(project=project, organisation=organisation)
    publish(project)
    return practice


def test_statements_do_not_grow_with_the_catalogue(api, django_assert_num_queries):
    organisation = publish(OrganisationFactory())
    practice = more_of_everything(organisation)

    for _size in (1, 3):
        api("practices/?page_size=1")  # counts what is there, once for this version of the catalogue
        for path, statements in STATEMENTS.items():
            with django_assert_num_queries(statements):
                api(path.format(practice=practice.uid, organisation=organisation.uid))
        more_of_everything(organisation)
        more_of_everything(organisation)


def test_an_unfiltered_list_is_counted_once_for_each_version(api, django_assert_num_queries):
    more_of_everything(publish(OrganisationFactory()))
    memory.forget()

    with django_assert_num_queries(2):
        api("practices/")
    with django_assert_num_queries(1):
        api("practices/?page_size=1")


def test_an_empty_list_costs_one_statement_more_and_knows_how_far_the_catalogue_is(api, django_assert_num_queries):
    more_of_everything(publish(OrganisationFactory()))
    api("events/")

    with django_assert_num_queries(2):
        answer = api("events/")

    assert answer.json()["results"] == []
    api("events/", **{"If-None-Match": answer["ETag"]}, status=304)
    publish(OrganisationFactory())
    api("events/", **{"If-None-Match": answer["ETag"]})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's plans are told otherwise.")
def test_a_list_does_not_walk_past_what_was_published_of_other_kinds():
    bare_entries(3000, kind="partners")
    bare_entries(300)
    with connection.cursor() as database:
        database.execute("ANALYZE catalogue_entry")
        text, ask = walk("practices", "document", size=50, cursor=None, tells=True)
        database.execute(f"EXPLAIN {text}", ask)
        plan = "\n".join(line for (line,) in database.fetchall())

    assert "entry_kind_walk" in plan
    assert "Sort" not in plan
