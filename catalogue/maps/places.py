"""What a map is told, made ready for drawing: spots at coordinates, counts by country, routes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from catalogue.codes.countries import is_gone, successors
from catalogue.maps.symbols import kind_of
from catalogue.maps.view import Point, in_frame, kilometres

_ONE_PLACE = 2.0  # kilometres

Place = Mapping[str, Any]
Route = Mapping[str, Any]


@dataclass(frozen=True)
class Spot:
    """A mark to be: one place, or several at the same coordinates."""

    point: Point  # kilometres
    country: str
    label: str
    kind: str
    colour: str
    url: str
    count: int
    numbers: tuple[int, ...]
    is_main: bool

    def is_at(self, other: "Spot") -> bool:
        """Whether both lie in one place, such as two kinds of record in one town."""
        return hypot(self.point[0] - other.point[0], self.point[1] - other.point[1]) < _ONE_PLACE


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point
    start_kind: str
    colour: str
    is_dashed: bool


@dataclass
class Count:
    """How many records a country has, how many of them name only the country, and the colour of the first."""

    colour: str
    total: int = 0
    without_place: int = 0


def point_of(place: Place) -> Point | None:
    """Kilometres on the grid; None where the source names only a country, or the place is on another continent."""
    if place.get("lat") is None or place.get("lng") is None:
        return None
    point = kilometres(float(place["lat"]), float(place["lng"]))
    return point if in_frame(point) else None


def is_outside(place: Place) -> bool:
    return place.get("lat") is not None and place.get("lng") is not None and point_of(place) is None


def spots_of(places: Sequence[Place], lines: Sequence[Line]) -> list[Spot]:
    """Places with coordinates, numbered as in the list; those at one point and of one kind become one spot."""
    starts = {(line.start, line.start_kind) for line in lines}
    spots: dict[tuple, Spot] = {}
    for number, place in enumerate(places, 1):
        point = point_of(place)
        if point is None:
            continue
        kind = kind_of(place.get("kind"))
        label = str(place.get("label") or place.get("town") or "")
        spot = Spot(
            point=point,
            country=str(place.get("country") or ""),
            label=label,
            kind=kind,
            colour=_colour_of(place),
            url=safe_url(place.get("url")) if label else "",  # a link needs a name
            count=int(place.get("count") or 1),
            numbers=(number,),
            is_main=bool(place.get("main")) or (point, kind) in starts,
        )
        key = (round(point[0]), round(point[1]), kind)
        spots[key] = _together(spots[key], spot) if key in spots else spot
    if len(spots) == 1:
        return [replace(spot, is_main=True) for spot in spots.values()]
    return list(spots.values())


def _colour_of(place: Place) -> str:
    return kind_of(place.get("colour") or place.get("kind"))


def _together(one: Spot, other: Spot) -> Spot:
    return replace(
        one,
        label=one.label or other.label,
        count=one.count + other.count,
        numbers=one.numbers + other.numbers,
        url=one.url if one.url == other.url else "",
        is_main=one.is_main or other.is_main,
    )


def counts_of(places: Iterable[Place]) -> dict[str, Count]:
    """Country → count, in the order in which the countries first appear."""
    counts: dict[str, Count] = {}
    for place in places:
        country = place.get("country")
        if not country:
            continue
        count = counts.setdefault(str(country), Count(_colour_of(place)))
        records = _records(place)
        count.total += records
        if place.get("lat") is None or place.get("lng") is None:
            count.without_place += records
    return counts


def _records(place: Place) -> int:
    """One, unless the place says otherwise; none where a country is only named."""
    return 1 if place.get("count") in (None, "") else int(place["count"])


def lines_of(routes: Iterable[Route | Sequence[Place]]) -> list[Line]:
    """Routes between places that have coordinates; the others are not drawn, for no place is invented."""
    lines = []
    for route in routes:
        if not isinstance(route, Mapping):
            start, end = route
            route = {"from": start, "to": end}
        start, end = point_of(route["from"]), point_of(route["to"])
        if start is None or end is None or start == end:
            continue
        colour = kind_of(route["kind"]) if route.get("kind") else _colour_of(route["from"])
        line = Line(start, end, kind_of(route["from"].get("kind")), colour, bool(route.get("dashed")))
        if line not in lines:
            lines.append(line)
    return lines


def routes_from(lead: Place, places: Iterable[Place], *, kind: str | None = None, dashed: bool = False) -> list[Route]:
    """Routes from a lead to each of the other places, for the `routes` of a map."""
    return [
        {"from": lead, "to": place, "kind": kind, "dashed": dashed} for place in places if point_of(place) is not None
    ]


def land_of(country: str) -> tuple[str, ...]:
    """The outlines that stand for a country: of a state that is gone, its successors'."""
    return successors(country) if is_gone(country) else (country,)


def safe_url(url: object) -> str:
    """The address if a reader may be sent there: one of this site, or one of the web."""
    url = str(url or "")
    is_local = url.startswith("/") and not url.startswith("//")
    return url if is_local or url.startswith(("https://", "http://")) else ""
