"""What is wrong with an event, in words and by field: impossible times, half a place, people who were not asked."""

from collections.abc import Iterator
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.codes import countries, nuts
from events import times

Faults = dict[str, object]  # field → what is wrong with it

ENDS_FIRST = _("It ends before it begins.")
NOT_ONE_LINE = _("One line without breaks, please.")
NOT_ASKED = _("A speaker is named only after she or he agreed: tick it, or take the name out.")


def for_publication(event) -> Faults:
    """All that keeps a draft, its parts included, from being published, beyond what is merely missing."""
    found = of_times(event) | of_place(event)
    items = [fault for item in event.agenda.all() for fault in (of_item(item) | of_item_in(item, event)).values()]
    if items:
        found["agenda"] = items[0]
    speakers = event.speakers.all()
    if any(of_speaker(speaker) for speaker in speakers):
        found["speakers"] = NOT_ONE_LINE
    if any(not speaker.agreed for speaker in speakers):
        found["speakers"] = NOT_ASKED
    return found


def of_times(event) -> Faults:
    return dict(_first(_faults_of_times(event)))


def _first(faults: Iterator[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """Each field's first fault."""
    seen = set()
    for name, fault in faults:
        if name not in seen:
            seen.add(name)
            yield name, fault


def _faults_of_times(event) -> Iterator[tuple[str, object]]:
    is_known_zone = event.time_zone in times.zone_names()
    if not is_known_zone:
        yield "time_zone", _said(times.validate_zone, event.time_zone)
    if event.starts_on is None:
        for name in ("ends_on", "starts_at", "ends_at"):
            if getattr(event, name) is not None:
                yield "starts_on", _("A last day or a time needs the first day.")
        return
    last = event.last_day
    for name, day in (("starts_on", event.starts_on), ("ends_on", last)):
        if day.year not in times.YEARS:
            yield name, _("A year from %(first)s to %(last)s.") % {"first": times.YEARS[0], "last": times.YEARS[-1]}
            return
    if event.starts_at is None and event.ends_at is not None:
        yield "starts_at", _("Say when it begins, or leave both times out for whole days.")
    if event.starts_at is not None and event.ends_at is None:
        yield "ends_at", _("Say when it ends, or leave both times out for whole days.")
    if last < event.starts_on:
        yield "ends_on", ENDS_FIRST
    elif (last - event.starts_on).days >= times.LONGEST:
        yield "ends_on", _("An event lasts a year at most.")
    elif last == event.starts_on and event.starts_at and event.ends_at and event.ends_at <= event.starts_at:
        yield "ends_at", ENDS_FIRST
    if is_known_zone:
        yield from _clock_faults("starts_at", event.starts_on, event.starts_at, event.time_zone)
        yield from _clock_faults("ends_at", last, event.ends_at, event.time_zone)


def _clock_faults(name: str, day: date, wall: time | None, zone: str) -> Iterator[tuple[str, object]]:
    if wall is not None and (wall.second or wall.microsecond):
        yield name, _("Whole minutes, please.")
    elif wall is not None and (fault := _said(times.validate_wall_time, day, wall, zone)):
        yield name, fault


def _said(check, *values) -> ValidationError | None:
    try:
        check(*values)
    except ValidationError as error:
        return error
    return None


def of_place(event) -> Faults:
    found = _faults_of_lines(event, "venue_name", "street", "postal_code", "town")
    if event.country and not countries.is_country(event.country):
        found["country"] = ValidationError(_("%(code)s is not a country."), params={"code": event.country})
    if event.nuts and not nuts.is_nuts(event.nuts, event.nuts_version):
        found["nuts"] = ValidationError(
            _("%(code)s is not a region of NUTS %(version)s."),
            params={"code": event.nuts, "version": event.nuts_version},
        )
    if (event.lat is None) != (event.lng is None):
        missing = "lat" if event.lat is None else "lng"
        found[missing] = _("A latitude needs its longitude, and the other way round.")
    for name, limit in (("lat", 90), ("lng", 180)):
        degrees = getattr(event, name)
        if degrees is not None and not -limit <= degrees <= limit:
            found[name] = _("Between −%(limit)s and %(limit)s degrees.") % {"limit": limit}
    if not event.country and (event.town or event.lat is not None):
        found.setdefault("country", _("A place needs its country."))
    return found


def of_speaker(speaker) -> Faults:
    return _faults_of_lines(speaker, "name")


def _faults_of_lines(told, *names: str) -> Faults:
    """A browser's field of one line takes no breaks; whoever writes without one is told the same."""
    return {name: NOT_ONE_LINE for name in names if len(f"{getattr(told, name)}.".splitlines()) > 1}


def of_item(item) -> Faults:
    """Of an item of the programme by itself."""
    if not item.title:
        return {"title": _("Say what happens.")}
    if item.end is not None and item.start is None:
        return {"start": _("Say when it begins, too.")}
    if item.end is not None and item.end <= item.start:
        return {"end": ENDS_FIRST}
    return {}


def of_item_in(item, event) -> Faults:
    """Of an item in its event, whose days and zone it keeps to."""
    if item.day is None or event.starts_on is None:
        return {}
    if not event.starts_on <= item.day <= event.last_day:
        return {"day": _("The event does not last on this day.")}
    if event.time_zone not in times.zone_names():
        return {}
    return dict(
        [
            *_clock_faults("start", item.day, item.start, event.time_zone),
            *_clock_faults("end", item.day, item.end, event.time_zone),
        ]
    )
