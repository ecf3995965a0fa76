"""Wall times and the instants that they mean.

Events keep the times that stand on their posters, and the zone: rules about clocks change, the poster does not. What others
read (documents, the catalogue's columns, calendar files) are the instants that follow by the rules as they are now.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 366  # days; calendars have a line for each
YEARS = range(1950, 2100)
_NO_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


@cache
def zone_names() -> frozenset[str]:
    return available_timezones() - {"localtime", "posixrules", "Factory"}


def zone_choices() -> list[tuple[str, str]]:
    """What a form offers: the zones that are called by a place, and UTC."""
    named = sorted(name for name in zone_names() if "/" in name and not name.startswith(_NO_PLACES))
    return [(name, name.replace("_", " ")) for name in ("UTC", *named)]


def validate_zone(name: str) -> None:
    if name not in zone_names():
        raise ValidationError(
            _("%(zone)s is not a time zone that we know, such as Europe/Ljubljana."), params={"zone": name}
        )


def instant(day: date, wall: time, zone: str) -> datetime:
    """The instant at which clocks there show this time; the first, should they show it twice.

    A time that they skip has one, too: the rules may have changed since it was found to be right.
    """
    return datetime.combine(day, wall.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def validate_wall_time(day: date, wall: time, zone: str) -> None:
    """Raises ValidationError for a time that clocks there skip on that day, and for one that they show twice."""
    here = ZoneInfo(zone)
    first = instant(day, wall, zone)
    second = datetime.combine(day, wall.replace(fold=1), here).astimezone(UTC)
    if first.astimezone(here).replace(tzinfo=None) != datetime.combine(day, wall):
        raise ValidationError(
            _("On this day clocks there go from before this time to after it: it does not exist."), code="skipped"
        )
    if first != second:
        raise ValidationError(
            _("On this day clocks there go back and show this time twice: nobody knows which is meant."), code="twice"
        )


def day_begins(day: date, zone: str) -> datetime:
    """The first instant of a day; it is not always midnight that clocks show then."""
    return instant(day, time(), zone)


def days(first: date, last: date) -> Iterable[date]:
    """Every day from one to another."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
