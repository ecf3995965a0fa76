"""A list as people browse it."""

import pytest

from tests.factories import OrganisationFactory, ParticipationFactory, ProjectFactory, publish

pytestmark = [pytest.mark.core, pytest.mark.django_db]


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
