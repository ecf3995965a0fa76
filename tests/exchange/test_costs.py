"""How many statements an answer costs: few, and as many for a long list as for a short one."""

import pytest

from exchange import memory
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    publish,
    republish,
    texts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]


STATEMENTS = {
    "": 0,
    "schema/": 0,
    "practices/": 2,  # how far the catalogue is, and the page
    "practices/?view=summary": 2,
    "practices/?ordering=title": 2,
    "practices/?country=SI&topic=circular-economy": 2,
    "practices/?q=changed": 2,
    "practices/?q=changed&count=yes": 3,
    "practices/?q=changed&facets=yes": 3,
    "practices/?country=SI&count=yes&facets=yes": 4,
    "practices/{practice}/": 2,
    "practices/{practice}/versions/": 2,
    "practices/{practice}/versions/1/": 2,
    "partners/{organisation}/related/": 3,
    "changes/": 2,
    "changes/?kind=practices": 2,
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

    with django_assert_num_queries(3):
        api("practices/")
    with django_assert_num_queries(2):
        api("practices/?page_size=1")
