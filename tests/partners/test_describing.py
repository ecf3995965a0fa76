"""On her organisation's page of her own the coordinator finds what she can write for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ParticipationFactory, ProjectFactory, publish
from tests.partners.factories import IndustrialAreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def people(organisation):
    return reverse("partners:people", args=[organisation.uid])


def took_part(organisation, acronym):
    project = ProjectFactory(acronym=acronym)
    ParticipationFactory(project=project, organisation=organisation)
    return publish(project)


def test_the_coordinator_finds_page_areas_and_projects(as_ida, bistra):
    area, project = IndustrialAreaFactory(manager=bistra), took_part(bistra, "ECOLE")

    page = as_ida.get(people(bistra)).content.decode()

    for address in (
        reverse("pages_of_partners:organisation_edit", args=[bistra.uid]),
        reverse("pages_of_partners:area_edit", args=[area.uid]),
        f"{reverse('pages_of_partners:area_new')}?organisation={bistra.uid}",
        reverse("parts:edit", args=[bistra.uid, project.uid]),
    ):
        assert f'href="{address}"' in page


def test_members_do_not(client, bistra, nina):
    client.force_login(nina)

    assert "writing-heading" not in client.get(people(bistra)).content.decode()


def test_it_costs_the_same_with_one_of_each_and_three(as_ida, bistra):
    def more(number):
        IndustrialAreaFactory(manager=bistra).save_revision()
        took_part(bistra, f"P{number}")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            as_ida.get(people(bistra))
        return len(queries)

    more(1)
    cost()
    before = cost()
    more(2), more(3)

    assert cost() == before
