"""What a list says of an event, and how its days and times are written."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.cards import place_line
from events.models import Event
from events.spans import day_of, first_and_last_day, local
from events.times import day_begins
from operations.dates import long_date, written
from operations.languages import interface_language, locale_of


def event_kicker(card: Mapping) -> str:
    """`Study visit`; `Study visit, cancelled`"""
    name = capfirst(Event.Type(card["type"]).label)
    is_cancelled = card["status"] == Event.Status.CANCELLED
    return _("%(event)s, cancelled") % {"event": name} if is_cancelled else name


def event_meta(card: Mapping) -> list[str]:
    return [days_in_words(card), where_in_words(card)]


def where_in_words(card: Mapping) -> str:
    """`Ptuj, Slovenia`; `Online`; both for what is in both."""
    town = place_line(card["places"]) if card["mode"] != Event.Mode.ONLINE else ""
    online = _("Online") if card["mode"] != Event.Mode.ON_SITE else ""
    return _("%(place)s and online") % {"place": town} if town and online else town or online


# Babel knows intervals with shortened months only. A day alone, and a day with its month, by locale.
_SHORTENED = {"sl": ("d.", "d. MMMM")}
_AS_IN_ENGLISH = ("d", "d MMMM")


def days_in_words(card: Mapping) -> str:
    """`15–16 April 2027`, as they are called where it is; empty for a draft without a day."""
    if not card["start"] or not card["end"]:
        return ""
    first, last = first_and_last_day(card)
    if first == last:
        return long_date(first)
    if first.year != last.year:
        return f"{long_date(first)} – {long_date(last)}"
    day, day_and_month = _patterns()
    if first.month != last.month:
        return f"{written(first, day_and_month)} – {long_date(last)}"
    return f"{written(first, day)}–{long_date(last)}"


def weekday_and_day(day: date) -> str:
    """`Thursday, 15 April`"""
    return written(day, f"EEEE, {_patterns()[1]}")


def weekday_and_date(day: date) -> str:
    """`Thursday 15 April 2027`"""
    return f"{written(day, 'EEEE')}{',' if interface_language() == 'sl' else ''} {long_date(day)}"


def _patterns() -> tuple[str, str]:
    return _SHORTENED.get(interface_language(), _AS_IN_ENGLISH)


def clock(moment: str | None, zone: str) -> str:
    """`09:00`, as clocks there show it; empty where no time is known."""
    here = local(moment, zone)
    return here.strftime("%H:%M") if isinstance(here, datetime) else ""


def day_in(moment: str, zone: str) -> date:
    return day_of(local(moment, zone))


def times_in_words(record: Mapping) -> str:
    """`09:00 to 17:00`; of several days the first and the last time; empty for whole days."""
    if record["all_day"] or not record["start"]:
        return ""
    zone = record["time_zone"]
    between = {"start": clock(record["start"], zone), "end": clock(record["end"], zone)}
    first, last = first_and_last_day(record)
    return (_("%(start)s to %(end)s") if first == last else _("begins at %(start)s, ends at %(end)s")) % between


def zone_in_words(record: Mapping) -> str:
    """`Time in Ljubljana (UTC+2)`; `(UTC+1, later UTC+2)` where clocks change meanwhile."""
    if not record["start"]:
        return ""
    start, end = (_moment(record[name] or record["start"], record["time_zone"]) for name in ("start", "end"))
    first, second = _offset(start), _offset(end)
    offset = first if first == second else _("%(first)s, later %(second)s") % {"first": first, "second": second}
    if record["time_zone"] == "UTC":
        return offset
    place = get_timezone_location(start, locale=locale_of(interface_language()), return_city=True)
    return _("Time in %(place)s (%(offset)s)") % {"place": place, "offset": offset}


def _moment(value: str, zone: str) -> datetime:
    found = local(value, zone)
    return found if isinstance(found, datetime) else day_begins(found, zone).astimezone(ZoneInfo(zone))


def _offset(moment: datetime) -> str:
    minutes = int(moment.utcoffset().total_seconds() // 60)
    hours = f"{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else "")
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" if minutes else "UTC"
