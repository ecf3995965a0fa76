"""The timeline of a plan's measures: where its bars and marks stand, for a template to draw.

Everything that it shows stands in a table beside it, too.
"""

import textwrap
from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import get_language

from actionplans.models import Measure
from catalogue.texts import in_language

WIDTH, LEFT, RIGHT = 978, 310, 968  # in units of the drawing, a pixel on a wide screen
HEAD, ROW, BAR = 44, 44, 16
LABEL = 42  # characters a line
MOST_YEARS_WITH_QUARTERS, MOST_YEARS = 4, 12  # that fit beside each other

# Which colour a bar takes, and the state that `components/status.html` draws.
KINDS = {"not_started": "plan", "started": "project", "half_way": "project", "finished": "practice", "stopped": "adopt"}
STATES = {
    "not_started": "planned",
    "started": "running",
    "half_way": "running",
    "finished": "done",
    "stopped": "stopped",
}

Scale = Callable[[int], float]  # from the number of a day


def timeline(record: dict, today: date | None = None) -> dict | None:
    """{width, height, years, quarters, rows, today}; None where no measure has a date.

    A measure whose beginning or end nobody has said reaches to that of the plan, and its bar is open there.
    """
    drawn = [measure for measure in record["measures"] if _dates(measure)]
    if not drawn:
        return None
    known = [day for measure in drawn for day in _dates(measure)]
    known += [date.fromisoformat(record[name]) for name in ("start", "end") if record[name]]
    years = range(min(known).year, max(known).year + 1)
    first, last = date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal() + 1

    def place(day: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first) / (last - first), 1)

    return {
        "width": WIDTH,
        "left": LEFT,
        "right": RIGHT,
        "head": HEAD,
        "height": HEAD + ROW * len(drawn) + 12,
        "years": [{"x": place(_day(year)), "label": year} for year in years[:: -(-len(years) // MOST_YEARS)]],
        "quarters": list(_quarters(years, place)) if len(years) <= MOST_YEARS_WITH_QUARTERS else [],
        "rows": [_row(measure, number, record, place, (first, last)) for number, measure in enumerate(drawn)],
        "today": place(today.toordinal()) if today and first <= today.toordinal() < last else None,
    }


def _dates(measure: dict) -> list[date]:
    told = [measure["start"], measure["end"], *(milestone["date"] for milestone in measure["milestones"])]
    return [date.fromisoformat(day) for day in told if day]


def _day(year: int, month: int = 1) -> int:
    return date(year, month, 1).toordinal()


def _quarters(years: range, place: Scale) -> Iterator[dict]:
    for year in years:
        for quarter in range(4):
            yield {"x": place(_day(year, 1 + 3 * quarter)), "label": quarter + 1, "is_first": quarter == 0}


def _number(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _row(measure: dict, position: int, record: dict, place: Scale, axis: tuple[int, int]) -> dict:
    top = HEAD + ROW * position
    title = in_language(measure["title"], get_language(), record["original_language"])
    words = textwrap.wrap(f"{measure['number']} {title.text}", LABEL, max_lines=2, placeholder=" …")
    middle = top + ROW / 2
    return {
        "top": top,
        "middle": middle,
        "lines": [{"text": line, "y": middle + 5 - 9 * (len(words) - 1) + 18 * n} for n, line in enumerate(words)],
        "lang": "" if title.language == get_language() else title.language,
        "kind": KINDS.get(measure["status"], "plan"),
        "is_planned": measure["status"] == Measure.Status.NOT_STARTED,
        "bar": _bar(measure, record, place, axis, middle),
        "milestones": [
            {"x": place(_number(each["date"])), "y": middle, "done": each["done"]} for each in measure["milestones"]
        ],
    }


def _bar(measure: dict, record: dict, place: Scale, axis: tuple[int, int], middle: float) -> dict | None:
    start, end = measure["start"], measure["end"]
    if not start and not end:  # milestones alone
        return None
    opens = _number(start or record["start"]) or axis[0]
    closes = _number(end or record["end"]) or axis[1] - 1
    left, right = sorted((place(opens), place(closes + 1)))
    width = max(right - left, 2)
    return {
        "x": left,
        "y": middle - BAR / 2,
        "width": round(width, 1),
        "height": BAR,
        "done": round(width * progress_of(measure) / 100, 1),
        "is_open": not (start and end),
    }


def progress_of(measure: dict) -> int:
    """In per cent, as reported; what is finished is done, whatever nobody has counted."""
    if measure["progress"] is not None:
        return measure["progress"]
    return 100 if measure["status"] == Measure.Status.FINISHED else 0
