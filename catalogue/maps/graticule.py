"""Meridians and parallels of a view, and the degrees at its edges."""

from collections.abc import Callable
from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from catalogue.maps.view import Point, View, kilometres

_STEPS = (1, 2, 5, 10, 20)
_KM_PER_DEGREE = 111.2
_MARGIN = 12
_PIECES = 24
_STRAIGHT = 0.5


class Degree(NamedTuple):
    """A number at the edge of the map."""

    x: int
    y: int
    degrees: int
    is_meridian: bool


AtEdge = Callable[[Point, Point, View, int], Degree | None]


@lru_cache(maxsize=256)
def graticule(view: View, apart: int) -> tuple[str, tuple[Degree, ...]]:
    """The lines as one SVG path, at least `apart` pixels from each other, and the degrees where they meet the edges."""
    latitudes, longitudes = _degrees(view, apart)
    path, numbers = [], []
    for longitude in longitudes:
        line = [(latitude, longitude) for latitude in _along(latitudes)]
        numbers += _draw(line, view, path, _at_bottom, longitude)
    for latitude in latitudes:
        line = [(latitude, longitude) for longitude in _along(longitudes)]
        numbers += _draw(line, view, path, _at_left, latitude)
    return "".join(path), tuple(numbers)


def _degrees(view: View, apart: int) -> tuple[list[int], list[int]]:
    """Round degrees that the view may meet, one more on each side. Longitudes get their own, wider steps."""
    corners = [_rough_degrees(view, x, y) for x in (0, view.width / 2, view.width) for y in (0, view.height)]
    south, north = min(latitude for latitude, _ in corners), max(latitude for latitude, _ in corners)
    west, east = min(longitude for _, longitude in corners), max(longitude for _, longitude in corners)
    smallest = apart * view.km_per_pixel / _KM_PER_DEGREE
    narrowing = cos(radians(min(85, (south + north) / 2)))
    return _steps(south, north, smallest, 85), _steps(west, east, smallest / narrowing, 180)


def _rough_degrees(view: View, x: float, y: float) -> tuple[float, float]:
    """Near enough: Newton's steps on the forward projection, with a sphere's slopes."""
    easting, northing = view.left + x * view.km_per_pixel, view.top - y * view.km_per_pixel
    latitude, longitude = 52.0, 10.0
    for _ in range(6):
        now = kilometres(latitude, longitude)
        latitude = max(-80.0, min(89.0, latitude + (northing - now[1]) / _KM_PER_DEGREE))
        longitude += (easting - now[0]) / (_KM_PER_DEGREE * max(0.2, cos(radians(latitude))))
    return latitude, longitude


def _steps(low: float, high: float, smallest: float, limit: int) -> list[int]:
    step = next((step for step in _STEPS if step >= smallest), _STEPS[-1])
    first, last = int(low // step) - 1, int(-(-high // step)) + 1
    return [number * step for number in range(first, last + 1) if -limit <= number * step <= limit]


def _along(degrees: list[int]) -> list[float]:
    return [degrees[0] + (degrees[-1] - degrees[0]) * piece / _PIECES for piece in range(_PIECES + 1)]


def _without_straight_points(points: list[Point]) -> list[Point]:
    """The curve with as few points as show it: those that a straight line would miss by more than half a pixel."""
    kept = [points[0]]
    for point, following in zip(points[1:], points[2:], strict=False):
        (ax, ay), (bx, by) = kept[-1], following
        length = hypot(bx - ax, by - ay)
        if abs((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)) > _STRAIGHT * length:
            kept.append(point)
    return [*kept, points[-1]]


def _draw(line: list[Point], view: View, path: list[str], at_edge: AtEdge, degrees: int) -> list[Degree]:
    points = _without_straight_points([view.pixel(kilometres(*point)) for point in line])
    run: list[str] = []
    degree = None
    for start, end in zip(points, points[1:], strict=False):
        if _passes_by(start, end, view):
            continue
        if not run or run[-1] != _written(start):
            run += ["M", _written(start), "L"]
        else:
            run.append(" ")
        run.append(_written(end))
        degree = degree or at_edge(start, end, view, degrees)
    path += run
    return [degree] if degree else []


def _written(point: Point) -> str:
    x, y = round(point[0]), round(point[1])
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _passes_by(start: Point, end: Point, view: View) -> bool:
    """Whether the piece lies wholly beyond one edge."""
    return (
        max(start[0], end[0]) < -_MARGIN
        or min(start[0], end[0]) > view.width + _MARGIN
        or max(start[1], end[1]) < -_MARGIN
        or min(start[1], end[1]) > view.height + _MARGIN
    )


def _at_bottom(start: Point, end: Point, view: View, degrees: int) -> Degree | None:
    edge = view.height - 12
    if (start[1] - edge) * (end[1] - edge) > 0:
        return None
    x = start[0] + (edge - start[1]) / (end[1] - start[1]) * (end[0] - start[0])
    return Degree(round(x), edge, degrees, True) if 90 < x < view.width - 40 else None


def _at_left(start: Point, end: Point, view: View, degrees: int) -> Degree | None:
    edge = 10
    if (start[0] - edge) * (end[0] - edge) > 0:
        return None
    y = start[1] + (edge - start[0]) / (end[0] - start[0]) * (end[1] - start[1])
    return Degree(edge, round(y), degrees, False) if 20 < y < view.height - 40 else None
