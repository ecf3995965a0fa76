"""Chapters of one book lead to each other."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import upkeep
from catalogue.models import Entry
from library import books
from tests.factories import publish, republish, texts, withdraw
from tests.library.factories import ChapterFactory, LibraryItemFactory

pytestmark = pytest.mark.django_db


def page_of(client, item, language="en") -> BeautifulSoup:
    return BeautifulSoup(client.get(item.entry.record["pages"][language]).content, "html.parser")


def chapters_on(page) -> list[tuple[str, str]]:
    return [(each["value"], each.get_text(strip=True)) for each in page.select("section[aria-labelledby=book] li")]


def way(page, direction: str) -> str | None:
    link = page.select_one(f"a[rel={direction}]")
    return link and link["href"]


@pytest.fixture
def chapters():
    """Chapters 1, 2 and 5, published in another order."""
    made = {number: publish(ChapterFactory(chapter=number, title={"en": f"Part {number}"})) for number in (5, 1, 2)}
    return [made[number] for number in sorted(made)]


def test_a_chapter_lists_all_of_its_book_by_number(client, chapters):
    publish(ChapterFactory(book=texts("Another Book", "Druga knjiga")))
    publish(LibraryItemFactory())
    ChapterFactory().save_revision()

    page = page_of(client, chapters[1])

    assert chapters_on(page) == [("1", "Part 1"), ("2", "Part 2"), ("5", "Part 5")]
    assert page.select_one("[aria-current=page]").get_text() == "Part 2"
    assert page.select_one("#book").get_text() == "Zones That Close the Loop"


def test_one_goes_from_chapter_to_chapter(client, chapters):
    urls = [chapter.entry.record["pages"]["en"] for chapter in chapters]

    ways = [(way(page, "prev"), way(page, "next")) for page in (page_of(client, chapter) for chapter in chapters)]

    assert ways == [(None, urls[1]), (urls[0], urls[2]), (urls[1], None)]


def test_in_the_readers_language_one_stays_in_it(client):
    first, _second = publish(ChapterFactory(chapter=1)), publish(ChapterFactory(chapter=2))

    page = page_of(client, first, "sl")

    assert way(page, "next").startswith("/sl/library/")
    assert page.select_one("#book").get_text() == "Cone, ki sklenejo krog"


def test_a_withdrawn_chapter_is_not_there_any_more(client, chapters):
    withdraw(chapters[1])

    page = page_of(client, chapters[0])

    assert chapters_on(page) == [("1", "Part 1"), ("5", "Part 5")]
    assert way(page, "next") == chapters[2].entry.record["pages"]["en"]


def test_a_chapter_that_goes_to_another_book_leaves_this_one(client, chapters):
    republish(chapters[2], book={"en": "Another Book"})

    assert chapters_on(page_of(client, chapters[0])) == [("1", "Part 1"), ("2", "Part 2")]
    assert chapters_on(page_of(client, chapters[2])) == [("5", "Part 5")]
    assert upkeep.check() == []


def test_one_language_in_common_is_enough_and_capitals_do_not_count():
    ours = {"en": "Zones That Close the Loop", "sl": "Cone, ki sklenejo krog"}

    shared = [
        set(books.identities(ours)) & set(books.identities(other))
        for other in ({"sl": "CONE,  ki sklenejo Krog"}, {"en": "Zones"}, {"it": "Zones That Close the Loop"}, None)
    ]

    assert [len(each) for each in shared] == [1, 0, 0, 0]


def test_the_book_of_another_network_is_another_book(client, chapters):
    from tests.factories import NetworkFactory

    Entry.objects.filter(uid=chapters[1].uid).update(network=NetworkFactory())

    assert chapters_on(page_of(client, chapters[0])) == [("1", "Part 1"), ("5", "Part 5")]


def test_who_follows_the_feed_reads_book_and_number(client, chapters):
    record = client.get(f"/api/v1/library/{chapters[0].uid}/").json()

    assert (record["book"], record["chapter"]) == (texts("Zones That Close the Loop", "Cone, ki sklenejo krog"), 1)


def test_a_chapters_page_costs_the_same_for_one_and_for_three(client):
    first = publish(ChapterFactory())
    url = first.entry.record["pages"]["en"]

    def cost() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    cost()
    one = cost()
    publish(ChapterFactory())
    publish(ChapterFactory())

    assert cost() == one <= 5
