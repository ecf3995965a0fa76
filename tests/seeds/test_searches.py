"""What the portal's own pages invite people to look for is there to be found."""

import re
from html import unescape

import pytest
from django.conf import settings

from catalogue.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.core, pytest.mark.every_row, pytest.mark.usefixtures("seeded")]

LANGUAGES = pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])


def home(client, language: str) -> str:
    return unescape(client.get(f"/{language}/").content.decode())


@LANGUAGES
def test_each_example_in_the_search_field_finds_something(client, language):
    (examples,) = re.findall(r'placeholder="([^"]+)"', home(client, language))
    queries = examples.rstrip(" …").split(", ")

    assert len(queries) == 3
    assert [query for query in queries if not Entry.objects.visible().matching(query).exists()] == []


@LANGUAGES
def test_each_first_step_of_the_home_page_leads_to_records(client, language):
    (steps,) = re.findall(r'<div class="try">.*?</div>', home(client, language), re.DOTALL)
    addresses = re.findall(r'href="([^"]+)"', steps)

    assert addresses
    assert [address for address in addresses if not client.get(address).context["listing"].count] == []


@pytest.mark.parametrize("query", ["smart region", "Sm@rt Region", "sm@rt"])
def test_smart_region_is_the_first_that_its_name_finds(query):
    best = Entry.objects.visible().matching(query).order_by("-relevance").first()

    assert best.slug == "smart-region"


TOPICS = {
    "brownfield renewal": {"cobraman", "mer"},
    "investor attraction": {"sepa", "mer"},
    "privabljanje vlagateljev": {"sepa", "mer"},
    "upravljanje mestnih središč": {"tcm"},
    "ekoindustrijski parki": {"ecole"},
}


@pytest.mark.parametrize(("query", "projects"), TOPICS.items())
def test_projects_are_found_by_the_names_of_their_topics(query, projects):
    found = Entry.objects.visible().of_kind("projects").matching(query)

    assert {entry.slug for entry in found} >= projects


def test_every_form_of_degraded_areas_finds_the_same():
    forms = ["degradirana območja", "degradirano območje", "degradiranih območij", "degradiranega območja"]

    answers = [set(Entry.objects.visible().matching(form).values_list("slug", flat=True)) for form in forms]

    assert answers == [answers[0]] * len(forms)
    assert "cobraman" in answers[0]
