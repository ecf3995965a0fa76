"""Times that cannot be, in words and beside their field: in the model, at publication and in the admin."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Entry
from events import faults, times
from events.models import AgendaItem, Event
from events.spans import months, span
from tests.events.factories import AgendaItemFactory, EventFactory, SpeakerFactory
from tests.factories import publish, reread, texts

pytestmark = pytest.mark.core

SKIPPED = [
    (date(2026, 3, 29), time(2, 30), "Europe/Ljubljana"),
    (date(2027, 3, 28), time(2), "Europe/Ljubljana"),
    (date(2027, 3, 28), time(3, 15), "Europe/Athens"),
    (date(2027, 3, 28), time(0, 30), "Atlantic/Azores"),
]
TWICE = [
    (date(2026, 10, 25), time(2, 30), "Europe/Ljubljana"),
    (date(2027, 10, 31), time(2), "Europe/Ljubljana"),
    (date(2027, 10, 31), time(3, 15), "Europe/Athens"),
    (date(2027, 10, 31), time(0, 30), "Atlantic/Azores"),
]
ON_CHANGING_DAYS = [
    (date(2026, 3, 29), time(1, 59), "Europe/Ljubljana"),
    (date(2026, 3, 29), time(3), "Europe/Ljubljana"),
    (date(2026, 10, 25), time(1, 59), "Europe/Ljubljana"),
    (date(2026, 10, 25), time(3), "Europe/Ljubljana"),
    (date(2026, 3, 29), time(2, 30), "UTC"),
    (date(2026, 3, 29), time(2, 30), "Atlantic/Azores"),
]


def code_of(*when) -> str | None:
    try:
        times.validate_wall_time(*when)
    except ValidationError as error:
        return error.code
    return None


def test_a_time_that_clocks_skip_and_one_that_they_show_twice_are_refused():
    assert {code_of(*when) for when in SKIPPED} == {"skipped"}
    assert {code_of(*when) for when in TWICE} == {"twice"}
    assert {code_of(*when) for when in ON_CHANGING_DAYS} == {None}


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(lambda when: when.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Ljubljana", "Europe/Athens", "Atlantic/Azores", "UTC", "Europe/Dublin", "Asia/Kathmandu"]),
)
def test_whatever_is_not_refused_is_read_back_as_it_was_written(when, zone):
    if code_of(when.date(), when.time(), zone) is None:
        instant = times.instant(when.date(), when.time(), zone)
        assert instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == when


def test_a_zone_is_called_by_its_name():
    times.validate_zone("Europe/Ljubljana")
    for name in ("CEST", "", "Europe/ljubljana", "Factory", "../../etc/passwd", "Mars/Olympus"):
        with pytest.raises(ValidationError):
            times.validate_zone(name)


def test_every_zone_that_is_offered_is_known():
    assert {name for name, _label in times.zone_choices()} <= times.zone_names()


# Of an event


def event(**fields) -> Event:
    told = {"title": texts("Visit", "Obisk"), "starts_on": date(2027, 4, 15)} | fields
    return Event(**told)


FAULTY = {
    "ends_on": [
        {"ends_on": date(2027, 4, 14)},
        {"ends_on": date(2028, 4, 15)},
        {"ends_on": date(2100, 1, 1)},
    ],
    "starts_on": [
        {"starts_on": date(1, 1, 1)},
        {"starts_on": date(9999, 12, 31)},
        {"starts_on": None, "starts_at": time(9)},
        {"starts_on": None, "ends_on": date(2027, 4, 15)},
    ],
    "starts_at": [
        {"ends_at": time(9)},
        {"starts_on": date(2027, 3, 28), "starts_at": time(2, 30), "ends_at": time(9)},
        {"starts_at": time(9, 0, 30), "ends_at": time(10)},
    ],
    "ends_at": [
        {"starts_at": time(9)},
        {"starts_at": time(9), "ends_at": time(9)},
        {"starts_at": time(9), "ends_at": time(8), "ends_on": date(2027, 4, 15)},
        {"starts_on": date(2027, 10, 31), "starts_at": time(1), "ends_at": time(2, 30)},
    ],
    "time_zone": [{"time_zone": "Mars/Olympus"}, {"time_zone": ""}],
    "lat": [{"country": "SI", "lng": 15.87}, {"country": "SI", "lat": 91.0, "lng": 15.87}],
    "lng": [{"country": "SI", "lat": 46.42}, {"country": "SI", "lat": 46.42, "lng": -181.0}],
    "country": [{"country": "XX1"}, {"town": "Ptuj"}],
    "nuts": [{"country": "SI", "nuts": "SI099", "nuts_version": 2021}],
    "venue_name": [{"venue_name": "The canteen\nBehind the hall"}, {"venue_name": "The canteen\n"}],
    "street": [{"street": "Slomškova\r\n33"}],
    "postal_code": [{"postal_code": "2250\u2028"}],
    "town": [{"country": "SI", "town": "\nPtuj"}],
}


@pytest.mark.parametrize(("name", "fields"), [(name, fields) for name in FAULTY for fields in FAULTY[name]])
def test_what_cannot_be_is_said_beside_its_field(name, fields):
    with pytest.raises(ValidationError) as refusal:
        event(**fields).clean()

    assert list(refusal.value.message_dict) == [name]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"starts_on": None},
        {"starts_at": time(9), "ends_at": time(9, 1)},
        {"starts_at": time(22), "ends_on": date(2027, 4, 16), "ends_at": time(2)},
        {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)},
        {"country": "SI", "lat": 0.0, "lng": 0.0},
    ],
)
def test_what_can_be_is_taken(fields):
    event(**fields).clean()


def test_an_item_of_the_programme_keeps_to_the_events_days_and_zone():
    of = event(starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 28))
    item = {"title": texts("Talk", "Pogovor")}

    found = [
        faults.of_item_in(AgendaItem(day=date(2027, 3, 26), **item), of),
        faults.of_item_in(AgendaItem(day=date(2027, 3, 28), start=time(2, 30), **item), of),
        faults.of_item_in(AgendaItem(day=date(2027, 3, 28), start=time(1), end=time(2), **item), of),
        faults.of_item_in(AgendaItem(day=date(2027, 3, 28), start=time(3), **item), of),
        faults.of_item(AgendaItem(day=date(2027, 3, 28), start=time(3), end=time(3), **item)),
        faults.of_item(AgendaItem(day=date(2027, 3, 28), end=time(3), **item)),
        faults.of_item(AgendaItem(day=date(2027, 3, 28))),
    ]

    assert [list(fault) for fault in found] == [["day"], ["start"], ["end"], [], ["end"], ["start"], ["title"]]


# At publication


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"starts_on": date(2027, 3, 28), "ends_on": None, "starts_at": time(2, 30)}, "starts_at"),
        ({"starts_on": date(2027, 10, 31), "ends_on": None, "starts_at": time(2, 30)}, "starts_at"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"ends_at": None}, "ends_at"),
        ({"venue_name": "The canteen\nBehind the hall"}, "venue_name"),
    ],
)
def test_no_draft_with_what_cannot_be_is_published(fields, name):
    draft = EventFactory(**fields)

    with pytest.raises(ValidationError) as refusal:
        publish(draft)

    assert list(refusal.value.message_dict) == [name]
    assert (Entry.objects.count(), reread(draft).live) == (0, False)


@pytest.mark.django_db
def test_an_event_without_a_day_is_not_published():
    with pytest.raises(ValidationError) as refusal:
        publish(EventFactory(starts_on=None, starts_at=None, ends_on=None, ends_at=None))

    assert list(refusal.value.message_dict) == ["starts_on"]


@pytest.mark.django_db
def test_a_programme_outside_its_days_is_not_published():
    item = AgendaItemFactory(day=date(2027, 4, 17))

    with pytest.raises(ValidationError, match="does not last on this day"):
        publish(item.event)


@pytest.mark.django_db
def test_nobody_is_named_who_did_not_agree():
    speaker = SpeakerFactory(agreed=False)

    with pytest.raises(ValidationError) as refusal:
        publish(speaker.event)

    assert list(refusal.value.message_dict) == ["speakers"]
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_speakers_name_is_one_line():
    event = EventFactory()
    speaker = SpeakerFactory(event=event, name="Maja\nNovak")

    with pytest.raises(ValidationError, match="One line"):
        speaker.clean()
    with pytest.raises(ValidationError) as refusal:
        publish(event)
    assert list(refusal.value.message_dict) == ["speakers"]


@pytest.mark.django_db
def test_an_agreement_is_asked_of_the_draft_that_is_published_not_of_the_row():
    speaker = SpeakerFactory()
    published = publish(speaker.event)
    published.speakers = [SpeakerFactory.build(event=published, name="Somebody else", agreed=False)]
    revision = published.save_revision()

    with pytest.raises(ValidationError):
        revision.publish()

    assert [person["name"] for person in published.entry.record["speakers"]] == ["Maja Novak"]


# Spans and months


ZONES = ["Europe/Ljubljana", "Europe/Athens", "Atlantic/Azores", "UTC", "America/New_York", "Pacific/Auckland"]


@given(
    st.dates(date(1960, 1, 1), date(2090, 1, 1)),
    st.integers(0, 40),
    st.sampled_from(ZONES),
)
def test_whole_days_begin_and_end_when_they_do_there(first, length, zone):
    last = date.fromordinal(first.toordinal() + length)
    told = {"start": first.isoformat(), "end": last.isoformat(), "all_day": True, "time_zone": zone}

    begins, ends = span(told)

    here = ZoneInfo(zone)
    assert begins.astimezone(here).date() == first
    assert datetime.fromtimestamp(ends.timestamp() - 1, here).date() == last
    assert datetime.fromtimestamp(begins.timestamp() - 1, here).date() < first
    assert {f"{first:%Y-%m}", f"{last:%Y-%m}"} <= months(told)
