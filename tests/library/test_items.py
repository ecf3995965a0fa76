"""Things to read: what is published of them, their pages, and the pages of what they come from."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalogue.cards import line
from catalogue.facets import facets_of
from library.isbn import validate_isbn
from library.models import LibraryItem
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    publish,
    republish,
    texts,
    withdraw,
)
from tests.library.factories import ChapterFactory, LibraryItemFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def document(item) -> dict:
    return publish(item).entry.record


def page_of(client, record, language="en") -> BeautifulSoup:
    answer = client.get(record.entry.record["pages"][language])
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def facts_of(page) -> dict[str, str]:
    facts = page.select(".side .facts > div")
    return {fact.dt.get_text(): " · ".join(dd.get_text(" ", strip=True) for dd in fact.select("dd")) for fact in facts}


# What is published


def test_an_item_names_its_publisher_projects_and_practices():
    publisher, project, practice = (
        publish(OrganisationFactory()),
        publish(ProjectFactory()),
        publish(GoodPracticeFactory()),
    )
    draft = ProjectFactory()

    record = document(LibraryItemFactory(publisher=publisher, projects=[project, draft], practices=[practice]))

    assert record["publisher"]["uid"] == str(publisher.uid)
    assert [each["uid"] for each in record["projects"]] == [str(project.uid)]
    assert [each["uid"] for each in record["practices"]] == [str(practice.uid)]


def test_a_text_can_be_read_as_one_wrote_it():
    assert document(LibraryItemFactory())["body"] == texts(
        "Walk.\n\n- Ask one question.", "Hodite.\n\n- Eno samo vprašanje."
    )


@pytest.mark.parametrize(
    ("known", "year", "issued"),
    [
        ({"year": 2024}, 2024, None),
        ({"year": None, "issued": "2024-05-01"}, 2024, "2024-05-01"),
        ({"year": None}, None, None),
    ],
)
def test_the_year_is_told_also_where_the_day_is_known(known, year, issued):
    record = document(LibraryItemFactory(**known))

    assert (record["year"], record["issued"]) == (year, issued)


def test_what_is_not_known_is_null():
    record = document(LibraryItemFactory(body={}, summary={}, year=None, topics=[]))

    unknown = ["body", "summary", "authors", "publisher", "year", "issued", "book", "chapter", "website", "isbn"]
    assert {name: record[name] for name in unknown} == dict.fromkeys(unknown)
    assert (record["projects"], record["practices"], record["places"]) == ([], [], [])


@pytest.mark.parametrize(
    ("made", "missing"),
    [
        (lambda: LibraryItemFactory.build(title={}), ["title"]),
        (lambda: ChapterFactory.build(book={}, chapter=None), ["book", "chapter"]),
        (ChapterFactory.build, []),
    ],
)
def test_what_must_be_there_before_it_is_public(made, missing):
    assert made().missing_for_publication() == missing


def test_an_items_facets():
    publisher, project = publish(OrganisationFactory()), publish(ProjectFactory())

    assert facets_of(document(LibraryItemFactory(publisher=publisher, projects=[project]))) == {
        "country": set(),
        "nuts": set(),
        "topic": {"area-management-and-governance"},
        "language": {"en", "sl"},
        "type": {"guideline"},
        "status": {"issued"},
        "year": {"2024"},
        "organisation": {str(publisher.uid)},
        "project": {str(project.uid)},
    }


def test_items_are_filtered_by_type_year_status_and_where_they_come_from(client):
    publisher, project = publish(OrganisationFactory()), publish(ProjectFactory())
    wanted = publish(LibraryItemFactory(type="report", year=2017, publisher=publisher, projects=[project]))
    publish(LibraryItemFactory(year=None, status="announced"))

    for query in (
        "type=report",
        "year=2017",
        "status=issued",
        f"organisation={publisher.uid}",
        f"project={project.uid}",
    ):
        found = client.get(f"/api/v1/library/?{query}").json()["results"]
        assert [item["uid"] for item in found] == [str(wanted.uid)], query
    assert client.get("/api/v1/library/?type=novel").status_code == 400


# Lists


@pytest.mark.parametrize(
    ("made", "kicker", "meta"),
    [
        (lambda: LibraryItemFactory(), "Guideline, 2024", []),
        (lambda: LibraryItemFactory(type="report", year=None), "Report", []),
        (lambda: LibraryItemFactory(status="announced", year=None), "Guideline, announced", []),
        (lambda: LibraryItemFactory(authors="Novak, Horvat"), "Guideline, 2024", ["Novak, Horvat"]),
        (
            lambda: LibraryItemFactory(publisher=publish(OrganisationFactory(name_english="Zone Office"))),
            "Guideline, 2024",
            ["Zone Office"],
        ),
        (
            lambda: ChapterFactory(chapter=3),
            "E-book chapter, 2024",
            ["Chapter 3 of “Zones That Close the Loop”"],
        ),
    ],
)
def test_a_list_says_what_it_is_by_whom_and_in_which_book(made, kicker, meta):
    shown = line(publish(made()).entry.short)

    assert (shown["kicker"], shown["meta"], shown["kind"]) == (kicker, meta, "library")


# Its page


def test_the_page_is_an_article_with_facts(client):
    practice, project = publish(GoodPracticeFactory(title={"en": "Offcuts"})), publish(ProjectFactory(acronym="ECOLE"))
    item = LibraryItemFactory(
        authors="Novak",
        isbn="978-3-16-148410-0",
        website="https://library.example/",
        year=None,
        issued="2026-03-16",
        practices=[practice],
        projects=[project],
    )

    page = page_of(client, publish(item))

    assert [part.get_text() for part in page.select(".prose .text :is(p, li)")] == ["Walk.", "Ask one question."]
    assert facts_of(page) == {
        "Authors": "Novak",
        "Issued": "16 March 2026",
        "ISBN": "978-3-16-148410-0",
        "From project": "ECOLE",
        "Draws on": "Offcuts",
        "Topics": "Area management and governance",
        "Read it at": "library.example",
    }


def test_what_stands_elsewhere_is_linked(client):
    page = page_of(client, publish(LibraryItemFactory(body={}, website="https://library.example/a.pdf")))

    assert page.select_one(".prose a")["href"] == "https://library.example/a.pdf"


def test_an_old_version_still_tells_what_it_drew_on(client):
    practice = publish(GoodPracticeFactory(title={"en": "Offcuts"}))
    item = publish(LibraryItemFactory(practices=[practice]))
    republish(item, practices=[])
    withdraw(practice)

    page = BeautifulSoup(client.get(f"/en/library/{item.slug}/v/1/").content, "html.parser")

    assert facts_of(page)["Draws on"] == "Offcuts"


@pytest.mark.parametrize(("status", "is_said"), [("announced", True), ("issued", False)])
def test_what_is_only_announced_says_so_at_the_top(client, status, is_said):
    page = page_of(client, publish(LibraryItemFactory(status=status, year=None)))

    assert ("This is a promise that the sources tell of" in page.get_text()) == is_said
    assert (facts_of(page).get("Status") == "Announced") == is_said


def test_pages_of_projects_practices_and_organisations_lead_to_it(client):
    publisher, project, practice = (
        publish(OrganisationFactory()),
        publish(ProjectFactory()),
        publish(GoodPracticeFactory()),
    )
    item = publish(LibraryItemFactory(publisher=publisher, projects=[project], practices=[practice]))

    for record, heading in ((publisher, "Library"), (project, "Library"), (practice, "Read more in the library")):
        section = page_of(client, record).select_one(f"section[aria-label='{heading}']")
        assert section.select_one("h3 a")["href"] == f"/en/library/{item.slug}/"


def test_a_draft_is_previewed_like_the_page(admin_client):
    from tests.admin import address, drawn_fields

    item = ChapterFactory()
    fields = drawn_fields(admin_client.get(address(item, "edit")).content.decode())
    url = address(item, "preview_on_edit")
    assert admin_client.post(url, fields).json() == {"is_valid": True, "is_available": True}

    page = admin_client.get(url, {"mode": ""}).content.decode()

    assert f"Chapter {item.chapter} of “Zones That Close the Loop”" in " ".join(page.split())


# ISBN


@pytest.mark.parametrize("number", ["978-3-16-148410-0", "9783161484100", "3-16-148410-X", "0306406152"])
def test_a_book_number_that_proves_itself_is_taken(number):
    validate_isbn(number)


@pytest.mark.parametrize(
    "number", ["978-3-16-148410-1", "316148410X0", "X316148410", "3-16-148410-0", "٩٧٨٣١٦١٤٨٤١٠٠", "12", "-", "ISBN"]
)
def test_another_number_is_not(number):
    with pytest.raises(ValidationError, match=re.escape(f"{number} is not an ISBN.")):
        validate_isbn(number)


# What it costs


def test_pages_and_lists_cost_the_same_for_one_and_for_three(client):
    publisher = publish(OrganisationFactory())

    def more():
        practices = [publish(GoodPracticeFactory())]
        return publish(
            LibraryItemFactory(publisher=publisher, practices=practices, projects=[publish(ProjectFactory())])
        )

    def costs(*urls) -> list[int]:
        numbers = []
        for url in urls:
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            numbers.append(len(queries))
        return numbers

    item = more()
    own = item.entry.record["pages"]["en"]
    urls = ["/en/library/", publisher.entry.record["pages"]["en"], own]
    costs(*urls)
    one = costs(*urls)
    more()
    item.practices.add(more().practices.first())
    publish(item)

    assert costs(*urls) == one
    assert max(one[1:]) <= 5
    with override("sl"):
        assert costs(own.replace("/en/", "/sl/")) == one[2:]


def test_a_publisher_who_is_gone_leaves_the_item_there():
    item = LibraryItemFactory(publisher=OrganisationFactory())

    item.publisher.delete()

    assert LibraryItem.objects.get().publisher is None
