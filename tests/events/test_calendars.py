"""Calendar files as two readers understand them, and as nobody can misuse them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from catalogue.publication import render_draft
from events import calendars
from tests.events.factories import EventFactory

pytestmark = pytest.mark.core

ZONES = ["Europe/Ljubljana", "Europe/Athens", "Atlantic/Azores", "UTC"]
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
DESPITE_THEM = "12345678-1234-5678-1234-567812345678"


def document(**changes) -> dict:
    """What the catalogue keeps of an event, without one being published."""
    told = {
        "uid": DESPITE_THEM,
        "version": 1,
        "published": "2026-11-22T10:00:00Z",
        "modified": "2026-11-22T10:30:00Z",
        "original_language": "en",
        "example": False,
        "pages": {"en": "/en/events/visit/", "sl": "/sl/events/visit/"},
        "title": {"en": "Visit", "sl": "Obisk"},
        "summary": {"en": "See it.", "sl": "Oglejte si."},
        "topics": ["circular-economy"],
        "places": [{"country": "SI", "nuts": None, "nuts_version": None, "town": "Ptuj", "lat": 46.42, "lng": 15.87}],
        "type": "study_visit",
        "status": "scheduled",
        "start": "2027-04-15T07:00:00Z",
        "end": "2027-04-16T14:30:00Z",
        "all_day": False,
        "time_zone": "Europe/Ljubljana",
        "mode": "on_site",
        "venue": {"name": "Grad", "street": None, "postal_code": "2250", "town": "Ptuj", "country": "SI"},
        "online_url": None,
        "how_to_take_part": None,
        "registration_url": None,
    }
    return told | changes


def read(file: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(file).walk("VEVENT")


def by_icalendar(file: bytes) -> list[tuple[datetime, datetime]]:
    return [(entry.start.astimezone(UTC), entry.end.astimezone(UTC)) for entry in read(file)]


def by_vobject(file: bytes) -> list[tuple[datetime, datetime]]:
    """It knows a zone by what the file says of it: made to forget what the file before said, it knows nothing else."""
    for zone in ZONES[:-1]:
        vars(vobject.icalendar)["__tzidMap"].pop(zone, None)
    calendar = vobject.readOne(file.decode())
    return [(entry.dtstart.value.astimezone(UTC), entry.dtend.value.astimezone(UTC)) for entry in calendar.vevent_list]


def zulu(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def lasting(start: datetime, end: datetime, zone: str, **more) -> dict:
    return document(start=zulu(start), end=zulu(end), time_zone=zone, **more)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", CHANGES)
def test_two_readers_find_the_same_instants_all_around_a_change_of_clocks(zone, change):
    """One event of half an hour for each hour of three days; no instant is read as another."""
    begin = datetime.combine(change - timedelta(days=1), time(), UTC)
    hours = [begin + timedelta(hours=number) for number in range(72)]
    wanted = [(start, start + timedelta(minutes=30)) for start in hours if not _is_told_twice(start, zone)]
    file = calendars.feed([lasting(*each, zone, uid=str(number)) for number, each in enumerate(wanted)], "en")

    assert by_icalendar(file) == wanted
    assert by_vobject(file) == wanted


def _is_told_twice(moment: datetime, zone: str) -> bool:
    """A local time that clocks show twice: no event is published at it."""
    here = ZoneInfo(zone)
    return any(
        (moment + ahead).astimezone(here).utcoffset() != (moment + ahead + shift).astimezone(here).utcoffset()
        for ahead in (timedelta(), timedelta(minutes=30))
        for shift in (timedelta(hours=1), timedelta(hours=-1))
        if (moment + ahead).astimezone(here).replace(tzinfo=None)
        == (moment + ahead + shift).astimezone(here).replace(tzinfo=None)
    )


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 60 * 24 * 300),
    st.sampled_from(ZONES),
)
def test_two_readers_find_the_same_instants_at_any_time(start, minutes, zone):
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    if _is_told_twice(start, zone) or _is_told_twice(end, zone):
        return
    file = calendars.of_event(lasting(start, end, zone), "en")

    assert by_icalendar(file) == by_vobject(file) == [(start, end)]


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 60))
def test_whole_days_end_on_the_day_after(first, length):
    last = first + timedelta(days=length)
    file = calendars.of_event(document(start=first.isoformat(), end=last.isoformat(), all_day=True), "en")

    [entry] = read(file)
    again = vobject.readOne(file.decode()).vevent
    assert (entry.start, entry.end) == (first, last + timedelta(days=1))
    assert (again.dtstart.value, again.dtend.value) == (first, last + timedelta(days=1))
    assert b"DTSTART;VALUE=DATE:" in file
    assert b"VTIMEZONE" not in file


def test_an_event_tells_what_calendars_show():
    [entry] = read(calendars.of_event(document(registration_url="https://example.org/r"), "en"))

    told = {name: str(entry[name]) for name in ("UID", "SUMMARY", "STATUS", "URL", "LOCATION", "DESCRIPTION")}
    assert told == {
        "UID": DESPITE_THEM,
        "SUMMARY": "Visit",
        "STATUS": "CONFIRMED",
        "URL": "http://127.0.0.1:8000/en/events/visit/",
        "LOCATION": "Grad, 2250 Ptuj, Slovenia",
        "DESCRIPTION": "See it.\n\nhttps://example.org/r\n\nhttp://127.0.0.1:8000/en/events/visit/",
    }
    assert entry.categories == ["Study visit", "Circular economy"]
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (46.42, 15.87)
    assert (datetime(2026, 11, 22, 10, 30, tzinfo=UTC),) * 2 == (entry.DTSTAMP, entry.LAST_MODIFIED)


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"


@pytest.mark.parametrize(("language", "title"), [("en", "Visit"), ("sl", "Obisk"), ("it", "Visit")])
def test_it_speaks_the_language_that_was_asked_for(language, title):
    [entry] = read(calendars.of_event(document(), language))

    assert str(entry["SUMMARY"]) == title
    assert str(entry["URL"]).endswith(f"/{language}/events/visit/")


def test_a_cancelled_event_says_so():
    [entry] = read(calendars.of_event(document(status="cancelled"), "en"))

    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CANCELLED", "Cancelled: Visit")


def test_an_event_that_is_also_online_says_where():
    [entry] = read(calendars.of_event(document(mode="hybrid", online_url="https://example.org/meet"), "en"))

    assert (str(entry["LOCATION"]), str(entry["CONFERENCE"])) == (
        "Grad, 2250 Ptuj, Slovenia / Online",
        "https://example.org/meet",
    )


def test_a_withdrawal_takes_it_out_and_says_nothing_more():
    file = calendars.withdrawn(DESPITE_THEM, 3, datetime(2026, 11, 22, 10, tzinfo=UTC))

    calendar = icalendar.Calendar.from_ical(file)
    [entry] = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == "CANCEL"
    assert sorted(entry) == ["DTSTAMP", "SEQUENCE", "STATUS", "UID"]
    assert (int(entry["SEQUENCE"]), str(entry["STATUS"])) == (7, "CANCELLED")


# Hostile words

PARTS = ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT")
HOSTILE = [
    "Visit\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil",
    "Visit\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "a\rb",
    "commas, semicolons; back\\slashes\\n and \\",
    "BEGIN:VEVENT",
    '"quoted": ^n',
    "x\u2028y\x85z\x0bw\x0c",
    "ž" * 200,
    "\U0001f3ed" * 60,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_out_of_their_line(words):
    venue = {"name": words, "street": words, "postal_code": words, "town": words, "country": "SI"}
    file = calendars.feed([document(title={"en": words}, summary={"en": words}, venue=venue)], "en")

    [entry] = read(file)
    assert len(vobject.readOne(file.decode()).vevent_list) == 1
    assert str(entry["UID"]) == DESPITE_THEM
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    marks = [line.decode() for line in lines if re.match(rb"(BEGIN|END|METHOD)[:;]", line)]
    assert marks.count("BEGIN:VEVENT") == marks.count("END:VEVENT") == marks.count("BEGIN:VCALENDAR") == 1
    assert set(marks) == {f"{edge}:{part}" for edge in ("BEGIN", "END") for part in PARTS}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_any_words_are_read_back(words):
    file = calendars.of_event(document(title={"en": words}), "en")

    [entry] = read(file)
    assert str(entry["SUMMARY"]) == words


# The feed


def test_a_feed_has_a_name_and_no_method():
    calendar = icalendar.Calendar.from_ical(calendars.feed([], "sl"))

    assert "METHOD" not in calendar
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"])
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)


def test_each_zone_stands_once_with_the_rules_of_all_its_years():
    file = calendars.feed(
        [
            lasting(datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Athens"),
            lasting(datetime(2028, 1, 1, 8, tzinfo=UTC), datetime(2028, 1, 1, 9, tzinfo=UTC), "Europe/Athens"),
            lasting(datetime(2027, 7, 1, 8, tzinfo=UTC), datetime(2027, 7, 1, 9, tzinfo=UTC), "UTC"),
        ],
        "en",
    )

    assert file.count(b"BEGIN:VTIMEZONE") == file.count(b"TZID:Europe/Athens\r\n") == 1
    assert file.count(b"TZOFFSETTO:+0300") == 3
    assert b"DTSTART:20270701T080000Z" in file


@pytest.mark.django_db
def test_the_document_of_these_tests_is_like_those_of_the_catalogue():
    assert set(document()) <= set(render_draft(EventFactory(slug="visit")))
