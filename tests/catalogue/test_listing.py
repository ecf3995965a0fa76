"""A list as people browse it."""

import pytest

from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    publish,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]


@pytest.fixture
def two_projects():
    for _number in range(2):
        project = ProjectFactory()
        ParticipationFactory(project=project, organisation=publish(OrganisationFactory()))
        publish(project)


@pytest.mark.parametrize(
    ("path", "offered"),
    [("projects/", {"organisation"}), ("partners/", set()), ("search/", {"organisation", "project"})],
)
def test_no_list_offers_to_be_narrowed_to_one_of_its_records(client, two_projects, path, offered):
    listing = client.get(f"/en/{path}").context["listing"]

    assert {facet.name for facet in listing.facets} & {"organisation", "project"} == offered


def test_who_comes_with_such_a_filter_keeps_it_and_can_take_it_away(client, two_projects):
    organisation = publish(OrganisationFactory(name_english="Bistra"))

    listing = client.get(f"/en/partners/?organisation={organisation.uid}").context["listing"]

    assert [(chip.label, chip.url) for chip in listing.chips] == [("Bistra", "?")]
    assert listing.hidden_for_facets == [{"name": "organisation", "value": str(organisation.uid)}]


@pytest.mark.parametrize(("reader", "called"), [("en", "Slovenian"), ("sl", "Slovenščina"), ("de", "Slovenian")])
def test_languages_to_choose_from_are_called_as_the_page_speaks(client, two_projects, reader, called):
    listing = client.get(f"/{reader}/projects/?language=sl").context["listing"]

    labels = [choice.label for facet in listing.facets if facet.name == "language" for choice in facet.choices]

    assert called in labels
    assert [chip.label for chip in listing.chips] == [called]


PTUJ = {"country": "SI", "nuts": "SI032", "nuts_version": 2021, "town": "Ptuj", "lat": 46.42, "lng": 15.87}


@pytest.mark.parametrize(("places", "maps"), [([PTUJ], 1), ([{"country": "SI"}], 0), ([], 0)])
def test_the_large_entry_of_a_list_has_a_map_where_its_place_is_known(client, places, maps):
    for number in range(3):
        publish(GoodPracticeFactory(title=texts(f"Practice {number}", f"Praksa {number}"), places=places))

    html = client.get("/en/practices/").content.decode()

    assert html.count('<div class="plate">') == html.count('class="atlas-map') == maps
    assert ("Map of where Practice 2 is" in html) == bool(maps)
