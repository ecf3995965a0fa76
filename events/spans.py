"""When an event is, read from its document: the days on its poster, the instants for everybody else."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events.times import day_begins


def local(moment: str | None, zone: str) -> date | datetime | None:
    """`2027-04-15T07:00:00Z` as the clocks there show it; a plain date stays one."""
    if not moment:
        return None
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)) if "T" in moment else date.fromisoformat(moment)


def day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def first_and_last_day(record: Mapping) -> tuple[date, date]:
    """The days on which it is, where it is."""
    start, end = (local(record[name], record["time_zone"]) for name in ("start", "end"))
    return day_of(start), day_of(end)


def span(record: Mapping) -> tuple[datetime, datetime] | None:
    """From when to when it lasts; whole days from the beginning of the first to the end of the last."""
    if not record["start"] or not record["end"]:
        return None
    if not record["all_day"]:
        return datetime.fromisoformat(record["start"]), datetime.fromisoformat(record["end"])
    first, last = first_and_last_day(record)
    return day_begins(first, record["time_zone"]), day_begins(last + timedelta(days=1), record["time_zone"])


def months(record: Mapping) -> set[str]:
    """Every month in which it is, such as 2027-04."""
    if not record["start"] or not record["end"]:
        return set()
    first, last = first_and_last_day(record)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return {f"{number // 12}-{number % 12 + 1:02}" for number in numbers}
