"""The list of events and the month calendar, as people browse them."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalogue.cursors import slice_of
from catalogue.models import Entry
from events.listing import MOST_IN_A_MONTH
from events.months import Month
from tests.events.factories import EventFactory
from tests.factories import GoodPracticeFactory, ProjectFactory, bare_entries, publish, texts

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

NOW = datetime(2027, 4, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    """It is 15 April 2027, 14:00 in Ljubljana."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def event(title: str, first: date, last: date | None = None, **fields):
    whole_days = {"starts_at": None, "ends_at": None}
    told = {"title": texts(title, f"{title} po slovensko"), "starts_on": first, "ends_on": last}
    return publish(EventFactory(**told | whole_days | fields))


@pytest.fixture
def events():
    """By what they are on that day."""
    return {
        "long past": event("Long past", date(2025, 5, 1)),
        "yesterday": event("Yesterday", date(2027, 4, 14)),
        "this morning": event(
            "This morning", date(2027, 4, 15), starts_at=time(9), ends_at=time(14), type="webinar", country="IT"
        ),
        "going on": event("Going on", date(2027, 4, 10), date(2027, 4, 20)),
        "tonight": event("Tonight", date(2027, 4, 15), starts_at=time(20), ends_at=time(22)),
        "next month": event("Next month", date(2027, 5, 6), type="workshop"),
        "cancelled": event("Cancelled", date(2027, 6, 1), status="cancelled"),
    }


def shown(client, query: str = "", path: str = "/en/events/") -> list[str]:
    page = client.get(f"{path}{query}")
    assert page.status_code == 200
    return [entry["title"] for entry in page.context["listing"].entries]


COMING = ["Going on", "Tonight", "Next month", "Cancelled"]
PAST = ["This morning", "Yesterday", "Long past"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", COMING),
        ("?when=", COMING),
        ("?when=coming", COMING),
        ("?when=past", PAST),
        ("?when=coming&when=past", [*reversed(COMING), *PAST][:1] + ["Next month", "Tonight", *PAST[:1]]),
        ("?month=2027-04", ["Going on", "Yesterday", "This morning", "Tonight"]),
        ("?month=2027-04&when=past", ["Yesterday", "This morning"]),
        ("?month=2027-05&month=2027-06", ["Next month", "Cancelled"]),
        ("?type=webinar&when=past", ["This morning"]),
        ("?country=IT&when=past", ["This morning"]),
        ("?ordering=-starts", list(reversed(COMING))),
        ("?ordering=title", sorted(COMING)),
        ("?q=tonight", ["Tonight"]),
        ("?status=cancelled", ["Cancelled"]),
    ],
)
def test_who_asks_for_what_finds(client, events, query, titles):
    assert shown(client, query)[: len(titles)] == titles


def test_tabs_count_and_keep_the_filters(client, events):
    listing = client.get("/en/events/?type=study_visit&cursor=&ordering=title").context["listing"]

    assert [(str(tab["label"]), tab["number"], tab["current"]) for tab in listing.tabs] == [
        ("Coming", 3, True),
        ("Past", 2, False),
        ("All", 5, False),
    ]
    assert [tab["url"] for tab in listing.tabs] == [
        "?type=study_visit&when=coming",
        "?type=study_visit&when=past",
        "?type=study_visit&when=coming&when=past",
    ]
    assert listing.calendar_url == "/en/events/calendar/?type=study_visit"


def test_the_tab_is_no_chip_but_other_filters_are(client, events):
    listing = client.get("/en/events/?when=past&month=2027-04&type=webinar").context["listing"]

    assert [(chip.label, chip.url) for chip in listing.chips] == [
        ("April 2027", "?when=past&type=webinar"),
        ("Webinar", "?when=past&month=2027-04"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        *("?when=sometimes", "?month=2027-13", "?month=2027", "?month=27-04", "?month=0000-01", "?month=2027-04-01"),
        *("?ordering=starts,title", "?ordering=relevance", "?cursor=made-up", "?type=party", "?foo=1", "?view=month"),
    ],
)
@pytest.mark.parametrize("path", ["/en/events/", "/en/events/calendar/"])
def test_what_cannot_be_understood_is_a_400(client, path, query):
    page = client.get(f"{path}{query}")

    assert page.status_code == 400
    assert "This list cannot be shown" in page.content.decode()


def test_a_calendar_has_one_month(client):
    page = client.get("/en/events/calendar/?month=2027-04&month=2027-05")

    assert page.status_code == 400
    assert "This parameter can be given only once." in page.content.decode()


def test_other_lists_know_no_order_by_time(client):
    publish(GoodPracticeFactory())

    assert client.get("/en/practices/?ordering=starts").status_code == 400
    assert client.get("/api/v1/practices/?ordering=starts").status_code == 400
    assert client.get("/en/practices/?when=coming").context["listing"].count == 0


def test_nothing_to_come_leads_to_the_past(client):
    event("Long past", date(2025, 5, 1))

    page = client.get("/en/events/")

    assert "Nothing is planned at the moment" in page.content.decode()
    assert page.context["listing"].ways_out == [{"label": "Look among the past events", "url": "?when=past"}]


def test_a_record_of_another_kind_has_no_time(client, events):
    publish(GoodPracticeFactory())

    assert Entry.objects.filter(kind="practices", starts=None, ends=None).count() == 1
    assert client.get("/en/search/?when=coming").context["listing"].count == len(COMING)


# Walking through it


def test_pages_by_time_miss_and_double_nothing():
    moments = [NOW + timedelta(hours=index % 5) for index in range(23)]
    entries = bare_entries(23, kind="events", starts=lambda index: moments[index], ends=lambda index: moments[index])
    bare_entries(2, kind="events")  # without a time, which stand in no order by it

    for order in ("starts", "-starts"):
        walked, cursor = [], None
        while True:
            page = slice_of(Entry.objects.visible(), order=order, size=5, scope="x", cursor=cursor)
            walked += [entry.pk for entry in page.rows]
            if page.next is None:
                break
            cursor = type(page.next).decode(page.next.encode(), scope="x", order=order)
        in_order = sorted(entries, key=lambda entry: (entry.starts, entry.pk), reverse=order == "-starts")
        assert walked == [entry.pk for entry in in_order]


def test_the_api_has_the_same_filters_and_orders(client, events):
    page = client.get("/api/v1/events/?when=coming&ordering=starts").json()
    assert [record["title"]["en"] for record in page["results"]] == COMING

    counted = client.get("/api/v1/events/?month=2027-04&count=yes&facets=yes&ordering=-starts").json()
    assert (counted["count"], counted["facets"]["type"]) == (4, {"study_visit": 3, "webinar": 1})


def test_an_answer_about_what_is_to_come_is_not_kept_longer_than_a_minute(client, events, monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOW.timestamp())
    first = client.get("/api/v1/events/?when=coming")
    monkeypatch.setattr("time.time", lambda: NOW.timestamp() + 60)
    later = client.get("/api/v1/events/?when=coming", headers={"If-None-Match": first["ETag"]})
    same = client.get("/api/v1/events/", headers={"If-None-Match": client.get("/api/v1/events/")["ETag"]})

    assert (later.status_code, same.status_code) == (200, 304)


# What is kept


def test_the_list_is_another_one_as_soon_as_the_next_event_is_over(client, events):
    asked = client.get("/en/events/?when=past").wsgi_request

    assert asked.fresh_until == events["tonight"].entry.ends


def test_the_calendar_is_another_one_at_midnight(client, events):
    asked = client.get("/en/events/calendar/?month=2027-06").wsgi_request

    assert asked.fresh_until == datetime(2027, 4, 15, 22, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/en/events/", "/en/events/calendar/?month=2027-04", "/en/events/?when=past&q=visit"])
def test_as_many_queries_for_three_events_as_for_one(client, django_assert_max_num_queries, path):
    def more():
        publish(EventFactory(project=publish(ProjectFactory())))

    more()
    client.get(path)  # what a process remembers
    for _size in (1, 3):
        caches["pages"].clear()
        with django_assert_max_num_queries(5):
            client.get(path)
        more()
        more()


# The month


def days(client, query: str) -> dict[str, list[str]]:
    weeks = client.get(f"/en/events/calendar/{query}").context["listing"].weeks
    told = [day for week in weeks for day in week["days"] if day["is_here"]]
    return {day["date"]: [each["title"] for each in day["events"]] for day in told if day["events"]}


def test_events_stand_on_each_of_their_days(client, events):
    found = days(client, "?month=2027-04")

    assert list(found) == [f"2027-04-{day}" for day in range(10, 21)]
    assert found["2027-04-15"] == ["Going on", "This morning", "Tonight"]
    assert found["2027-04-14"] == ["Going on", "Yesterday"]


def test_an_event_over_the_turn_of_a_month_stands_in_both(client):
    event("Over", date(2027, 4, 30), date(2027, 5, 2))

    assert list(days(client, "?month=2027-04")) == ["2027-04-30"]
    assert list(days(client, "?month=2027-05")) == ["2027-05-01", "2027-05-02"]


def test_a_day_is_that_of_the_events_own_place(client):
    event("Far away", date(2027, 4, 30), starts_at=time(23), ends_at=time(23, 30), time_zone="America/New_York")

    assert days(client, "?month=2027-04") == {"2027-04-30": ["Far away"]}
    assert days(client, "?month=2027-05") == {}


def test_without_a_month_it_is_this_one_with_today_marked(client, events):
    page = client.get("/en/events/calendar/")

    assert str(page.context["listing"].month) == "2027-04"
    marked = re.findall(
        r'<td role="cell"[^>]*aria-current="date"[^>]*>.*?<time datetime="([^"]+)"', page.content.decode(), re.S
    )
    assert marked == ["2027-04-15"]


def test_filters_stay_in_force_from_month_to_month(client, events):
    listing = client.get("/en/events/calendar/?month=2027-05&type=workshop").context["listing"]

    assert [entry["title"] for entry in listing.entries] == ["Next month"]
    assert listing.months == {
        "previous": {"label": "April 2027", "url": "?month=2027-04&type=workshop"},
        "next": {"label": "June 2027", "url": "?month=2027-06&type=workshop"},
        "now": {"label": "April 2027", "url": "?month=2027-04&type=workshop"},
    }
    assert [chip.label for chip in listing.chips] == ["Workshop"]
    assert listing.list_url == "/en/events/?month=2027-05&type=workshop"


def test_every_month_offers_what_any_event_can_be_found_by(client, events):
    def offered(query: str) -> dict[str, list[tuple[str, int | None]]]:
        facets = client.get(f"/en/events/calendar/?month={query}").context["listing"].facets
        return {facet.name: [(choice.value, choice.count) for choice in facet.choices] for facet in facets}

    april = offered("2027-04")
    some, none = [("study_visit", 3), ("webinar", 1)], [("study_visit", None), ("webinar", None)]

    assert (april["type"], april["country"]) == ([*some, ("workshop", None)], [("SI", 3), ("IT", 1)])
    assert offered("2027-04&type=workshop")["type"] == [*some, ("workshop", None)]
    assert offered("2031-01&country=IT")["type"] == [*none, ("workshop", None)]


def test_the_table_is_one_for_those_who_listen(client, events):
    page = client.get("/sl/events/calendar/?month=2027-04").content.decode()

    assert re.findall(r'<caption class="vh">([^<]+)</caption>', page) == ["April 2027"]
    assert re.findall(r'<th scope="col" role="columnheader"><abbr title="([^"]+)">', page)[:2] == [
        "Ponedeljek",
        "Torek",
    ]
    assert 'hreflang="' not in page.split("<table")[1]  # everything there is in Slovenian


@pytest.mark.parametrize(("month", "there"), [("1900-01", {"next", "now"}), ("2099-12", {"previous", "now"})])
def test_there_is_a_first_and_a_last_month(client, month, there):
    months = client.get(f"/en/events/calendar/?month={month}").context["listing"].months

    assert {name for name, way in months.items() if way} == there


def test_a_month_without_end_is_cut(client, monkeypatch):
    monkeypatch.setattr("events.listing.MOST_IN_A_MONTH", 2)
    for _number in range(3):
        event("One", date(2027, 4, 1))

    page = client.get("/en/events/calendar/?month=2027-04")

    assert len(page.context["listing"].entries) == 2
    assert "These are not all of them" in page.content.decode()
    assert MOST_IN_A_MONTH == 400


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_month_has_all_its_days_in_whole_weeks(day):
    month = Month.of(day)
    told = [each for week in month.weeks() for each in week]

    assert Month.read(str(month)) == month
    assert len(told) % 7 == 0
    assert told[0].weekday() == 0
    assert [each for each in told if month.has(each)] == list(month.days_from(month.first, month.last))


def test_no_event_is_called_calendar(client):
    called_so = event("Calendar", date(2027, 5, 1))

    assert called_so.slug == "calendar-2"
    assert client.get("/en/events/calendar/").context["listing"].month
