"""The lists: filters, pages, orders, counts."""

import json

import pytest

from catalogue.cursors import Cursor
from catalogue.models import Entry
from exchange.lists import orderings
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ProjectFactory,
    bare_entries,
    harvested_entry,
    publish,
    texts,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core, pytest.mark.every_row]


def practice(title: str = "A practice", **fields):
    return publish(GoodPracticeFactory(title=texts(title, f"{title} (sl)"), **fields))


def titles(page: dict) -> list[str]:
    return [record["title"]["en"] for record in page["results"]]


def uids(results: list[dict]) -> list[str]:
    return [record["uid"] for record in results]


def test_a_list_has_the_keys_of_the_contract_in_its_order(read):
    practice()

    page = read("practices/")

    assert list(page) == ["base", "count", "next", "previous", "results"]
    assert page["base"] == "https://portal.example"
    assert (page["count"], page["next"], page["previous"]) == (1, None, None)


def test_results_are_the_stored_documents_byte_for_byte(api):
    first, second = practice("First"), practice("Second")

    body = api("practices/").content.decode()

    assert f"[{first.entry.document},{second.entry.document}]" in body


def test_the_short_form_is_the_stored_card(api):
    one = practice()

    body = api("practices/?view=summary").content.decode()

    assert body.endswith(f'"results":[{one.entry.card}]}}')


def test_an_empty_list_is_a_list(read):
    assert read("projects/")["results"] == []
    assert read("projects/?view=summary&q=nothing")["results"] == []


def test_drafts_withdrawn_and_harvested_records_are_not_in_the_list(read):
    GoodPracticeFactory()
    withdraw(practice())
    harvested_entry(NetworkFactory())
    visible = practice("Visible")

    page = read("practices/")

    assert uids(page["results"]) == [str(visible.uid)]
    assert page["count"] == 1


def test_harvested_records_come_where_they_are_asked_for(read):
    own, harvested = practice(), harvested_entry(NetworkFactory(slug="green"))
    harvested_entry(NetworkFactory(slug="other"))

    assert uids(read("practices/?network=green")["results"]) == [str(harvested.uid)]
    assert len(read("practices/?network=all")["results"]) == 3
    assert uids(read("practices/")["results"]) == [str(own.uid)]


def test_repeated_filters_mean_or_and_different_ones_mean_and(read):
    practice("Slovenian", places=[{"country": "SI"}], topics=["circular-economy"])
    practice("Italian", places=[{"country": "IT"}], topics=["circular-economy"])
    practice("Austrian", places=[{"country": "AT"}], topics=["circular-economy"])
    practice("Other", places=[{"country": "SI"}], topics=["green-marketing"])

    page = read("practices/?country=SI&country=IT&topic=circular-economy")

    assert titles(page) == ["Slovenian", "Italian"]


def test_every_filter_is_known_to_the_list_and_to_the_schema(api):
    from catalogue.filters import EntryFilter
    from exchange.parameters import FILTERS

    assert list(EntryFilter.base_filters) == list(FILTERS)


def test_filters_by_the_record_that_is_named(read):
    organisation, project = publish(OrganisationFactory()), publish(ProjectFactory())
    wanted = publish(GoodPracticeFactory(organisation_in_charge=organisation))
    wanted.projects.set([project])
    publish(wanted)
    practice("Another")

    assert uids(read(f"practices/?organisation={organisation.uid}")["results"]) == [str(wanted.uid)]
    assert uids(read(f"practices/?project={project.uid}")["results"]) == [str(wanted.uid)]
    assert uids(read(f"practices/?project={str(project.uid).upper()}")["results"]) == [str(wanted.uid)]


def test_modified_since_takes_what_changed_at_that_time_too(read):
    one = practice()
    moment = one.entry.record["modified"]

    assert len(read(f"practices/?modified_since={moment}")["results"]) == 1
    assert read("practices/?modified_since=2100-01-01T00:00:00%2B02:00")["results"] == []


# Pages


def test_pages_lead_forwards_and_backwards_over_the_same_records(read):
    bare_entries(7, document=lambda index: json.dumps({"number": index}), card="{}")

    first = read("practices/?page_size=3")
    second = read(first["next"].removeprefix("https://portal.example/api/v1/"))
    third = read(second["next"].removeprefix("https://portal.example/api/v1/"))
    back = read(third["previous"].removeprefix("https://portal.example/api/v1/"))

    numbers = [[record["number"] for record in page["results"]] for page in (first, second, third, back)]
    assert numbers == [[0, 1, 2], [3, 4, 5], [6], [3, 4, 5]]
    assert (first["previous"], third["next"]) == (None, None)


def test_an_address_of_a_page_keeps_the_question(read):
    for number in range(3):
        practice(f"Practice {number}")

    following = read("practices/?country=SI&country=IT&view=summary&page_size=1&count=yes")["next"]

    start = "https://portal.example/api/v1/practices/?country=SI&country=IT&view=summary&page_size=1&count=yes&cursor="
    assert following.startswith(start)


@pytest.mark.parametrize(
    "question", ["", "?country=SI", *(f"?ordering={name}&q=practice" for name in orderings("practices"))]
)
def test_a_walk_in_any_order_finds_everything_once(walk, question):
    wanted = {str(practice(f"Practice {number}").uid) for number in range(5)}

    found = uids(walk(f"practices/{question}{'&' if question else '?'}page_size=2"))

    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("question", ["practices/?page_size=2", "practices/?page_size=2&country=SI"])
def test_a_walk_during_publications_misses_and_doubles_nothing(walk, question):
    there = [practice(f"Practice {number}") for number in range(6)]
    busy = iter(range(100))

    def publish_around():
        publish(there[next(busy) % 6])
        practice("A new one")

    found = uids(walk(question, between=lambda: next(busy) < 8 and publish_around()))

    assert len(found) == len(set(found))
    assert {str(one.uid) for one in there} <= set(found)


@pytest.mark.parametrize(
    ("view", "size", "status"),
    [("full", 100, 200), ("full", 101, 400), ("summary", 500, 200), ("summary", 501, 400)],
)
def test_the_size_of_a_page_is_limited_by_the_view(api, view, size, status):
    api(f"practices/?view={view}&page_size={size}", status=status)


def test_a_page_holds_fifty_records_unless_asked(read):
    bare_entries(51)

    assert len(read("practices/")["results"]) == 50


# Orders


def test_by_title_and_by_date_for_people(read):
    b, a = practice("Beta"), practice("alpha")
    c = practice("Črna")
    publish(b)
    Entry.objects.filter(uid=a.uid).update(modified="2026-01-01T00:00:00Z")
    Entry.objects.filter(uid=b.uid).update(modified="2026-01-03T00:00:00Z")
    Entry.objects.filter(uid=c.uid).update(modified="2026-01-02T00:00:00Z")

    assert titles(read("practices/?ordering=title")) == ["alpha", "Beta", "Črna"]
    assert titles(read("practices/?ordering=-modified")) == ["Beta", "Črna", "alpha"]


def test_words_order_by_relevance(read):
    practice("Something else", summary=texts("About brownfields, in passing.", "Mimogrede."))
    practice("Brownfields")

    assert titles(read("practices/?q=brownfields")) == ["Brownfields", "Something else"]
    assert titles(read("practices/?q=brownfields&ordering=relevance")) == ["Brownfields", "Something else"]


@pytest.mark.parametrize("words", ["!!!", "%20", "%F0%9F%8F%AD", "-", "%22", "NOT%20OR%20*"])
def test_words_that_are_none_find_nothing_and_break_nothing(read, words):
    practice()

    page = read(f"practices/?q={words}")

    assert page["results"] == [] or words == "%20"


# Counts


def test_a_filtered_list_is_counted_only_when_asked(read):
    for country in ("SI", "SI", "IT"):
        practice(places=[{"country": country}])

    assert read("practices/")["count"] == 3
    assert read("practices/?country=SI")["count"] is None
    assert read("practices/?country=SI&count=yes&page_size=1")["count"] == 2
    assert read("practices/?country=SI&count=no")["count"] is None
    assert read("practices/?country=")["count"] == 3


def test_the_count_follows_what_is_published(read):
    one = practice()
    assert read("practices/")["count"] == 1
    practice()
    assert read("practices/")["count"] == 2
    withdraw(one)
    assert read("practices/")["count"] == 1


def test_facets_are_counted_with_all_other_filters(read):
    practice(places=[{"country": "SI"}], topics=["circular-economy"])
    practice(places=[{"country": "IT"}], topics=["circular-economy"])
    practice(places=[{"country": "IT"}], topics=["green-marketing"])

    page = read("practices/?country=SI&facets=yes")

    assert list(page)[-1] == "facets"
    assert page["facets"]["country"] == {"IT": 2, "SI": 1}
    assert page["facets"]["topic"] == {"circular-economy": 1}
    assert read("practices/?facets=yes")["facets"]["topic"] == {"circular-economy": 2, "green-marketing": 1}
    assert "facets" not in read("practices/?facets=no")


# Cursors


def test_a_cursor_serves_the_list_that_gave_it_and_no_other(read, problem):
    for _number in range(2):
        practice()
        publish(ProjectFactory())
    cursor = read("practices/?page_size=1")["next"].partition("cursor=")[2]

    assert len(read(f"practices/?page_size=5&cursor={cursor}")["results"]) == 1
    for stranger in (
        f"projects/?cursor={cursor}",
        f"practices/?country=SI&cursor={cursor}",
        f"practices/?ordering=title&cursor={cursor}",
    ):
        assert [error["parameter"] for error in problem(stranger, 400)["errors"]] == ["cursor"]


def test_a_cursor_is_signed(problem):
    forged = Cursor("0" * 12, "", (1,)).encode()

    for cursor in ("", "x", "%00", forged, forged[:-2], "WyIiXQ:1:2", "%ED%A0%80", "x" * 5000):
        assert [error["parameter"] for error in problem(f"practices/?cursor={cursor}", 400)["errors"]] == ["cursor"]
