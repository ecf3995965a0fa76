"""What stands around every record's page: in which language one reads it, and where each fact comes from."""

import pytest
from django.utils.translation import override

from catalogue.reading import page_context
from tests.factories import OrganisationFactory, ProjectFactory, publish

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.mark.parametrize(("language", "wanted"), [("en", "English"), ("it", "Italian"), ("de", "German")])
def test_who_reads_another_language_is_told_so_in_the_words_of_the_page(client, language, wanted):
    project = publish(ProjectFactory(title={"sl": "Projekt"}, original_language="sl"))

    page = client.get(f"/{language}/projects/{project.slug}/").content.decode()

    assert f"Where a text does not exist in {wanted}, you read it in Slovenian." in " ".join(page.split())
    assert 'lang="sl" hreflang="sl">Slovenščina</a>' in page


def test_languages_are_called_as_the_reader_calls_them():
    document = publish(ProjectFactory(title={"en": "Project"})).entry.record

    with override("sl"):
        context = page_context(document)

    assert (context["reading_language_name"], context["title_language_name"]) == ("slovenščina", "angleščina")


def facts_of(record) -> list[str]:
    return [row[0]["text"] for row in page_context(record.entry.record)["source_notes"]]


def sourced(*fields: str) -> list[dict]:
    return [{"field": field, "document": "a.txt", "line": 1, "note": None} for field in fields]


def test_facts_with_a_source_have_the_names_that_people_know():
    project = ProjectFactory(
        source_notes=sourced("end", "duration_months", "participations", "work_packages", "contacts")
    )
    partner = OrganisationFactory(source_notes=sourced("name_original", "address.country"))

    assert facts_of(publish(project)) == [
        "End",
        "Duration in months, as stated",
        "Participations",
        "Work packages",
        "Contacts",
    ]
    assert facts_of(publish(partner)) == ["Name in its own language", "Country"]


@pytest.mark.parametrize("field", ["", "no_such_thing", "capitalised_by", "..", "_revisions"])
def test_a_source_may_name_a_field_that_nobody_knows(field):
    assert len(facts_of(publish(ProjectFactory(source_notes=sourced(field))))) == 1
