"""Events as calendar files (RFC 5545, with names and refreshing of RFC 7986).

A file is made of the stored documents alone. The `UID` is the record's for ever, the `SEQUENCE` grows with each publication
and each withdrawal, so that calendars follow the change and never go back. Local times stand with their zone, and the
zone's rules stand in the file.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vUri
from icalendar import Event as Entry

from catalogue.cards import country
from catalogue.codes import Topic
from catalogue.texts import in_language
from events.models import Event
from events.spans import local

CONTENT_TYPE = "text/calendar; charset=utf-8"
MADE_BY = "-//MER portal//Events//EN"
REFRESHED = timedelta(hours=6)


def feed(documents: Iterable[Mapping], language: str) -> bytes:
    """All of the events, to subscribe to."""
    with override(language):
        calendar = _calendar(_("Events of the MER portal"))
        calendar.add("REFRESH-INTERVAL", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(REFRESHED))
        return _filled(calendar, documents, language)


def of_event(document: Mapping, language: str) -> bytes:
    """One event, to be put into a calendar."""
    with override(language):
        return _filled(_calendar(), [document], language)


def withdrawn(uid: object, version: int, modified: datetime) -> bytes:
    """What takes an event out of a calendar again, and says nothing more of it."""
    calendar = _calendar()
    calendar.add("METHOD", "CANCEL")
    entry = Entry()
    entry.add("UID", str(uid))
    entry.add("DTSTAMP", modified)
    entry.add("SEQUENCE", 2 * version + 1)
    entry.add("STATUS", "CANCELLED")
    calendar.add_component(entry)
    return calendar.to_ical()


def _calendar(name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", MADE_BY)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if name:
        calendar.add("NAME", name)
        calendar.add("X-WR-CALNAME", name)
    return calendar


def _filled(calendar: Calendar, documents: Iterable[Mapping], language: str) -> bytes:
    entries, years = [], {}
    for document in documents:
        entries.append(_entry(document, language))
        if not document["all_day"]:
            in_years = years.setdefault(document["time_zone"], set())
            in_years.update(local(document[end], document["time_zone"]).year for end in ("start", "end"))
    for zone in sorted(years.keys() - {"UTC"}):
        calendar.add_component(zone_of_years(zone, min(years[zone]), max(years[zone])))
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()


# An event


def _entry(document: Mapping, language: str) -> Entry:
    entry = Entry()
    modified = datetime.fromisoformat(document["modified"])
    is_cancelled = document["status"] == Event.Status.CANCELLED
    entry.add("UID", document["uid"])
    entry.add("DTSTAMP", modified)
    entry.add("LAST-MODIFIED", modified)
    entry.add("CREATED", datetime.fromisoformat(document["published"]))
    entry.add("SEQUENCE", 2 * document["version"])
    entry.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    _add_times(entry, document)
    title = _text(document, "title", language)
    entry.add("SUMMARY", _("Cancelled: %(title)s") % {"title": title} if is_cancelled else title)
    page = f"{settings.PUBLIC_URL}{_page(document, language)}"
    entry.add("DESCRIPTION", _description(document, language, page))
    entry.add("URL", vUri(page))
    entry.add("CATEGORIES", _categories(document))
    if where := _where(document):
        entry.add("LOCATION", where)
    for place in document["places"][:1]:
        if place["lat"] is not None:
            entry.add("GEO", (place["lat"], place["lng"]))
    if document["online_url"]:
        entry.add("CONFERENCE", vUri(document["online_url"]), parameters={"VALUE": "URI"})
    return entry


def _add_times(entry: Entry, document: Mapping) -> None:
    if document["all_day"]:  # the end of whole days is the day after
        entry.add("DTSTART", date.fromisoformat(document["start"]))
        entry.add("DTEND", date.fromisoformat(document["end"]) + timedelta(days=1))
        entry.add("TRANSP", "TRANSPARENT")
        return
    for name, moment in (("DTSTART", document["start"]), ("DTEND", document["end"])):
        entry.add(name, local(moment, document["time_zone"]))


def _text(document: Mapping, name: str, language: str) -> str:
    return in_language(document[name], language, document["original_language"]).text


def _page(document: Mapping, language: str) -> str:
    some = next(iter(document["pages"].values()))
    return f"/{language}/{some.split('/', 2)[2]}"


def _description(document: Mapping, language: str, page: str) -> str:
    told = [
        _("An invented example.") if document["example"] else "",
        _text(document, "summary", language),
        _text(document, "how_to_take_part", language),
        document["registration_url"] or "",
        page,
    ]
    return "\n\n".join(text for text in told if text)


def _categories(document: Mapping) -> list[str]:
    topics = [str(Topic(code).label) for code in document["topics"] if code in Topic.values]
    return [capfirst(Event.Type(document["type"]).label), *topics]


def _where(document: Mapping) -> str:
    venue = document["venue"]
    town = " ".join(part for part in (venue["postal_code"], venue["town"]) if part)
    land = country(venue["country"]) if venue["country"] else ""
    on_site = ", ".join(part for part in (venue["name"], venue["street"], town, land) if part)
    online = _("Online") if document["mode"] != Event.Mode.ON_SITE else ""
    if document["mode"] == Event.Mode.ONLINE:
        return online
    return " / ".join(part for part in (on_site, online) if part)


# A zone


@lru_cache(maxsize=64)
def zone_of_years(zone: str, first: int, last: int) -> Timezone:
    """The rules of a zone in these years: its offset when they begin, and each change until they end.

    Each change stands by itself, at the time that clocks showed just before it, as RFC 5545 (3.6.5) has it.
    """
    here = ZoneInfo(zone)
    component = Timezone()
    component.add("TZID", zone)
    beginning = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=1)
    component.add_component(_rule(here, beginning, here.utcoffset(_wall(beginning, here))))
    day_by_day = [beginning + timedelta(days=number) for number in range((last - first + 1) * 366 + 3)]
    for before, after in pairwise(day_by_day):
        if _offset(before, here) != _offset(after, here):
            change = _change_between(before, after, here)
            component.add_component(_rule(here, change, _offset(change - timedelta(seconds=1), here)))
    return component


def _wall(moment: datetime, here: ZoneInfo) -> datetime:
    return moment.astimezone(here)


def _offset(moment: datetime, here: ZoneInfo) -> timedelta:
    return moment.astimezone(here).utcoffset()


def _change_between(before: datetime, after: datetime, here: ZoneInfo) -> datetime:
    """The first second at which the offset is the later one."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        before, after = (middle, after) if _offset(middle, here) == _offset(before, here) else (before, middle)
    return after


def _rule(here: ZoneInfo, change: datetime, offset_before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    there = change.astimezone(here)
    rule = TimezoneDaylight() if there.dst() else TimezoneStandard()
    rule.add("DTSTART", (change + offset_before).replace(tzinfo=None))
    rule.add("TZOFFSETFROM", offset_before)
    rule.add("TZOFFSETTO", there.utcoffset())
    rule.add("TZNAME", there.tzname())
    return rule
