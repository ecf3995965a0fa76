"""What stands around every record's page: in which language one reads it, and where each fact comes from."""

import pytest
from django.utils.translation import override

from catalogue.reading import page_context
from tests.factories import (
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    ProgrammeFactory,
    ProjectFactory,
    ResultFactory,
    publish,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


# Languages


@pytest.mark.parametrize(("language", "wanted"), [("en", "English"), ("it", "Italian"), ("de", "German")])
def test_who_reads_another_language_is_told_so_in_the_words_of_the_page(client, language, wanted):
    project = publish(ProjectFactory(title={"sl": "Projekt"}, summary={}, original_language="sl"))

    page = " ".join(client.get(f"/{language}/projects/{project.slug}/").content.decode().split())

    assert f"Where a text does not exist in {wanted}, you read it in Slovenian." in page
    assert 'lang="sl" hreflang="sl">Slovenščina</a>' in page


def test_a_page_that_is_translated_in_part_says_so(client):
    half = publish(GoodPracticeFactory(how_it_works={"sl": "Ena pisarna."}, original_language="sl"))

    page = " ".join(client.get(f"/en/practices/{half.slug}/").content.decode().split())

    assert "Not wholly translated yet." in page
    assert "Parts of this page do not exist in English; you read them in Slovenian." in page
    assert '<div lang="sl"><p>Ena pisarna.</p></div>' in page
    assert "translated yet" not in client.get(f"/sl/practices/{half.slug}/").content.decode()


def untranslated(record, language: str) -> dict | None:
    with override(language):
        return page_context(record.entry.record)["untranslated"]


def test_languages_are_called_as_the_reader_calls_them():
    project = publish(ProjectFactory(title={"en": "Project"}, summary={"en": "Short."}))

    assert untranslated(project, "sl") == {"whole": True, "languages": "angleščina"}
    assert untranslated(project, "en") is None


def test_every_text_of_the_page_counts_that_of_parts_too():
    project = ProjectFactory()
    ResultFactory(project=project, text={"it": "Un manuale."})
    publish(project)

    assert untranslated(project, "sl") == {"whole": False, "languages": "italijanščina"}
    assert untranslated(project, "it") == {"whole": False, "languages": "English"}


def test_names_wait_for_no_translation_nor_do_the_titles_of_other_records():
    agency = publish(OrganisationFactory(name_original="Agenzia", name_english="Agency", original_language="it"))
    project = ProjectFactory(title={}, acronym="MER")
    ParticipationFactory(project=project, organisation=agency)

    assert untranslated(agency, "sl") is None
    assert untranslated(publish(project), "sl") is None


# Sources


def table_of(record) -> list[list[str]]:
    """The folded table: what is told of each fact, and where it stands."""
    return [[cell["text"] for cell in row] for row in page_context(record.entry.record)["source_notes"]]


def facts_of(record) -> list[str]:
    return [row[0] for row in table_of(record)]


def sourced(*fields: str) -> list[dict]:
    return [{"field": field, "document": "a.txt", "line": 1, "note": None} for field in fields]


def test_facts_with_a_source_have_the_names_that_people_know():
    project = ProjectFactory(source_notes=sourced("end", "duration_months", "participations", "fax", "work_packages"))
    partner = OrganisationFactory(source_notes=sourced("name_original", "address.country"))

    assert facts_of(publish(project)) == [
        "End",
        "Duration in months, as stated",
        "Participations",
        "Work packages",
        "Fax",
    ]
    assert facts_of(publish(partner)) == ["Name in its own language", "Country"]


@pytest.mark.parametrize("field", ["", "no_such_thing", "capitalised_by", "..", "_revisions"])
def test_a_source_may_name_a_field_that_nobody_knows(field):
    assert len(facts_of(publish(ProjectFactory(source_notes=sourced(field))))) == 1


def at(line: int) -> dict:
    return {"source_document": "a.txt", "source_line": line}


def test_every_part_tells_its_source_in_the_order_of_the_page():
    project = ProjectFactory(source_notes=sourced("title"))
    indicator = IndicatorFactory(project=project, name={"en": "Towns advised"}, **at(9))
    IndicatorValueFactory(indicator=indicator, year=2016, value=15, **at(10))
    again = [{"document": "b.txt", "line": 40}]
    ResultFactory(project=project, text={"en": "A pocketbook " + "for managers " * 9}, other_sources=again, **at(7))
    ResultFactory(project=project)
    organisation = publish(OrganisationFactory(name_english="Agency"))
    ParticipationFactory(project=project, organisation=organisation, **at(3))

    assert table_of(publish(project)) == [
        ["Title", "a.txt, line 1", ""],
        ["Agency", "a.txt, line 3", ""],
        ["A pocketbook for managers for managers for managers for managers…", "a.txt, line 7; b.txt, line 40", ""],
        ["Towns advised", "a.txt, line 9", ""],
        ["Towns advised, 2016: 15", "a.txt, line 10", ""],
    ]


def test_a_note_on_a_part_stands_beside_it():
    note = {"field": "participations", "document": "a.txt", "line": 3, "note": {"en": "Misprinted."}}
    project = ProjectFactory(source_notes=[note, note | {"line": 4, "note": {"en": "A line without a partner."}}])
    ParticipationFactory(project=project, organisation=None, name_as_printed="RA Ptuj", **at(3))

    assert table_of(publish(project)) == [
        ["Participations", "a.txt, line 4", "A line without a partner."],
        ["RA Ptuj", "a.txt, line 3", "Misprinted."],
    ]


def test_a_published_source_leads_to_its_page_and_another_language_is_marked(client):
    project = ProjectFactory()
    published = {"source_publication": "Interreg, page “MER”", "source_url": "https://source.example/mer"}
    ResultFactory(project=project, text={"it": "Un manuale"}, **published)

    page = client.get(f"/en/projects/{publish(project).slug}/").content.decode()

    assert '<span lang="it">Un manuale</span><span class="sub">Result</span>' in page
    assert '<a href="https://source.example/mer">Interreg, page “MER”</a>' in page


def test_a_source_that_is_an_address_alone_is_named_by_it(client):
    project = ProjectFactory()
    ResultFactory(project=project, source_url="https://source.example/mer")

    page = client.get(f"/en/projects/{publish(project).slug}/").content.decode()

    assert '<a href="https://source.example/mer">https://source.example/mer</a>' in page


def test_what_stands_in_another_language_is_marked_wherever_it_stands(client):
    project = ProjectFactory(
        priority={"it": "Priorità"}, funding_statement={"it": "Cofinanziato"}, programme=publish(ProgrammeFactory())
    )
    IndicatorFactory(project=project, name={"it": "Comuni"})
    result = ResultFactory(project=project, text={"it": "Un manuale"})
    practice = GoodPracticeFactory(grew_from=[str(result.uid)])
    practice.projects.add(publish(project))
    PracticeImageFactory(practice=practice, alt={"it": "Una strada"})
    image, page = publish(practice), f"/en/projects/{project.slug}/"

    pages = client.get(page).content.decode() + client.get(f"/en/practices/{image.slug}/").content.decode()

    marked = ["Priorità", "Comuni", "Un manuale", "Cofinanziato"]
    assert [text for text in marked if f'lang="it">{text}<' not in pages] == []
    assert 'alt="Una strada" lang="it"' in pages
