"""What the maps of projects show, and what is said below them instead."""

import pytest

from catalogue.maps import europe
from catalogue.places import place
from catalogue.shelves import Shelves
from catalogue.surroundings import Surroundings
from projects.models import Participation, StatedCount
from projects.plates import network_plate, project_plate
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    publish,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def plate_of(record):
    return project_plate(record, Surroundings(record).named)


def partner(project, role=Participation.Role.PARTNER, **where):
    organisation = publish(OrganisationFactory(**{"town": "", "country": "SI"} | where))
    ParticipationFactory(project=project, organisation=organisation, role=role, country=organisation.country)


def test_countries_that_are_only_named_are_shown_and_said_to_be():
    project = ProjectFactory()
    partner(project)
    project.stated_counts.add(
        StatedCount(text=texts("Countries", "Države"), value=3, countries=["SI", "IT", "FR"]),
    )

    plate = plate_of(publish(project).entry.record)

    assert plate["caption"] == (
        "1 partner in 1 country. Named with a partner: Slovenia. Named without one: Italy, France."
        " 1 partner whose place no source names is counted with its country."
    )
    drawn = europe(plate["places"], variant="wide")
    assert drawn.description == "Slovenia 1, Italy, France"
    assert sum(shape.is_highlighted for shape in drawn.land) == 3
    named = {label.text: label.count for label in drawn.layers[0].labels if label.text}
    assert (named["Italy"], named["France"]) == (None, None)


def test_a_project_that_only_names_countries_has_a_map_too():
    project = ProjectFactory()
    project.stated_counts.add(StatedCount(text=texts("Countries", "Države"), value=1, countries=["IT"]))

    assert plate_of(publish(project).entry.record)["caption"] == "Named without a partner: Italy."


def test_a_region_without_coordinates_is_told_in_words():
    project = ProjectFactory()
    partner(project, country="AT", nuts="AT22", nuts_version=2021)

    assert plate_of(publish(project).entry.record)["caption"] == (
        "1 partner in 1 country."
        " Counted with its country, for its coordinates are not known: Steiermark (AT22), Austria."
    )


@pytest.mark.parametrize("kind", ["practices", "partners"])
def test_so_is_a_town_on_the_page_of_whoever_is_there(client, kind):
    if kind == "practices":
        record = GoodPracticeFactory(places=[place("SI", town="Ptuj", nuts="SI032", nuts_version=2021)])
    else:
        record = OrganisationFactory(town="Ptuj", nuts="SI032", nuts_version=2021)
    record = publish(record)

    page = client.get(f"/en/{kind}/{record.slug}/").content.decode()

    assert "its coordinates are not known: Ptuj, Podravska (SI032), Slovenia." in page


def test_the_map_of_the_network_draws_what_it_can_and_counts_nothing():
    project = ProjectFactory(acronym="SMART")
    partner(project, role=Participation.Role.LEAD_PARTNER, lat=46.42, lng=15.87, town="Ptuj")
    partner(project, lat=49.0, lng=21.24, town="Prešov", country="SK")
    partner(project, lat=49.0, lng=21.24, town="Prešov", country="SK")
    partner(project, country="AT")
    publish(project)
    publish(GoodPracticeFactory(places=[place("SI", town="Ptuj")]))
    publish(GoodPracticeFactory(places=[place("SI", town="Koper", lat=45.55, lng=13.73)]))

    shelves = Shelves([{"place": "hero"}])
    plate = network_plate(shelves.map_practices, shelves.map_projects, shelves.named)

    drawn = europe(plate["places"], routes=plate["routes"], variant="bleed", numbers=False)
    assert sorted(spot["label"] for spot in plate["places"]) == ["Koper", "Prešov", "Ptuj"]
    assert [label for layer in drawn.layers for label in layer.labels if label.count] == []
    assert [item["label"] for item in plate["key"]] == ["SMART, 3 of 4 partners", "Partners", "Good practices"]
