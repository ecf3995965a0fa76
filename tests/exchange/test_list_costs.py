"""How many statements a list costs: one or two, whatever is asked of it and however long it is, and of which moment it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Entry
from exchange import clock, memory
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, NetworkFactory, harvested_entry, publish, texts, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.core, pytest.mark.every_row]

PLAIN = {
    "": 1,
    "?view=summary": 1,
    "?ordering=title": 1,
    "?ordering=-modified&q=zone": 1,
    "?country=SI&topic=area-management-and-governance": 1,
    "?q=zone": 1,
    "?network=green&network=other": 2,  # whether there are such networks, and the page
    "?country=IT": 2,  # an empty page, and how far the catalogue is
    "?q=nothing": 2,
    "?q=!!!": 1,
}
# With the count, with facets, and with both.
COUNTED = {question: statements for question, statements in PLAIN.items() if question}
FACETED = {"": 2, "?country=SI": 2, "?ordering=title": 2, "?q=zone": 2, "?country=IT": 2, "?q=!!!": 1}


def zones(number: int) -> None:
    for _each in range(number):
        publish(GoodPracticeFactory(title=texts("A zone", "Cona")))


def cost(api, question: str, **headers) -> int:
    with CaptureQueriesContext(connection) as asked:
        api(f"practices/{question}", **headers)
    return len(asked)


def with_more(question: str, more: str) -> str:
    return f"{question}{'&' if question else '?'}{more}"


@pytest.fixture
def networks():
    for slug in ("green", "other"):
        harvested_entry(NetworkFactory(slug=slug))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("more", "costs"), [("", PLAIN), ("count=yes", COUNTED), ("facets=yes", FACETED), ("count=yes&facets=yes", FACETED)]
)
def test_a_list_costs_so_many_statements_at_any_size(api, networks, more, costs, packed):
    """Packed, one more tells first whether the answer is known; an empty page tells no more then."""
    headers = {"accept_encoding": "gzip"} if packed else {}
    found = []
    for size in (2, 5):
        zones(size)
        api("practices/")  # counts what is there, once for this version of the catalogue
        found.append(
            {question: cost(api, with_more(question, more) if more else question, **headers) for question in costs}
        )

    assert found[0] == found[1]
    assert max(found[0].values()) <= 2 + packed
    if not packed:
        assert found[0] == costs


@pytest.mark.parametrize("more", ["", "&count=yes", "&facets=yes", "&count=yes&facets=yes"])
@pytest.mark.parametrize(
    "question", ["?page_size=2", "?page_size=2&country=SI", "?page_size=2&q=zone", "?page_size=2&ordering=title"]
)
def test_behind_a_cursor_too_there_and_back(api, question, more):
    zones(5)
    memory.forget()
    first = api(f"practices/{question}{more}").json()
    second = api(first["next"].partition("/v1/")[2]).json()

    for address in (first["next"], second["previous"], second["next"]):
        assert cost(api, address.partition("/practices/")[2]) <= 2
        memory.forget()
        assert cost(api, address.partition("/practices/")[2]) <= 2
        assert cost(api, address.partition("/practices/")[2], accept_encoding="gzip") <= 3


@pytest.mark.parametrize("more", ["", "&count=yes", "&facets=yes", "&count=yes&facets=yes"])
@pytest.mark.parametrize("filters", ["", "&q=zone", "&country=SI"])
@pytest.mark.parametrize("headers", [{}, {"accept_encoding": "gzip"}])
def test_a_page_that_became_empty_still_tells_the_count(api, filters, more, headers):
    zones(3)
    following = api(f"practices/?page_size=2{filters}{more}").json()["next"].partition("/practices/")[2]
    last = Entry.objects.order_by("pk").last()
    withdraw(GoodPractice.objects.get(uid=last.uid))
    memory.forget()

    with CaptureQueriesContext(connection) as asked:
        page = api(f"practices/{following}", **headers)

    if not headers:
        assert page.json()["results"] == []
        assert page.json()["count"] == (2 if not filters or "count" in more else None)
    assert len(asked) <= 2 + bool(headers)


# Of which moment it is


@pytest.fixture
def published_before(monkeypatch):
    """`published_before(2)`: a practice, before the second look at the rows of a list."""

    def at(look: int) -> None:
        looks = []

        def fetched(*statement):
            looks.append(statement)
            if len(looks) == look:
                publish(GoodPracticeFactory(title=texts("A zone", "Cona"), places=ITALIAN))
            return really_fetched(*statement)

        monkeypatch.setattr(clock, "fetched", fetched)

    really_fetched = clock.fetched
    return at


ITALIAN = [{"country": "IT"}]


@pytest.mark.parametrize(
    "question", ["", "?ordering=title", "?country=SI&count=yes", "?q=zone&count=yes", "?country=IT&count=yes"]
)
def test_records_count_and_etag_are_of_one_moment(api, published_before, question):
    zones(2)
    before = api(f"practices/{question}")
    memory.forget()

    published_before(2)
    told = api(f"practices/{question}")

    page = told.json()
    assert page["count"] == len(page["results"])
    after = api(f"practices/{question}")
    assert (told["ETag"], told.content) in [(each["ETag"], each.content) for each in (before, after)]


@pytest.mark.parametrize("question", ["?facets=yes", "?country=SI&facets=yes", "?country=IT&facets=yes&count=yes"])
def test_beside_facets_no_etag_claims_more_than_was_told(api, published_before, question):
    zones(2)

    published_before(1)
    told = api(f"practices/{question}")

    api(f"practices/{question}", if_none_match=told["ETag"])  # sent again
