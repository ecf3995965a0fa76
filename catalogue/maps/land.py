"""The land of a view: outlines of the countries as SVG paths, with the detail that its scale can show.

Source: `catalogue/data/europe.json` (Natural Earth, public domain), written by `tools/make_map.py`. Borders are shared
arcs, thinned vertex by vertex in the same way for both neighbours, so they meet at every scale.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from catalogue.maps.view import Box, Point, View

_DATA = Path(__file__).resolve().parent.parent / "data" / "europe.json"

# Strokes up to 16 pixels wide run along the clipped edges; they must stay outside the window.
CLIP_MARGIN = 12
# Islands smaller than this many square pixels are dust.
_DUST = 2.5
# A map stands inline in its page: outlines longer than this are drawn once more, one level coarser.
_LONGEST = 18_000
# Triangles smaller than the square of this many pixels are not worth their bytes.
_DETAIL = 1.6

Ring = list[Point]


@dataclass(frozen=True)
class Country:
    """A country's land within a view: the SVG path, and the outlines it was made of, in pixels."""

    code: str
    path: str
    rings: tuple[tuple[Point, ...], ...]

    @property
    def largest(self) -> tuple[Point, ...]:
        return max(self.rings, key=lambda ring: abs(area(ring)))


@cache
def _europe() -> dict:
    europe = json.loads(_DATA.read_text(encoding="utf-8"))
    europe["vertices"] = [_decode(steps, levels, europe["unit"] / 1000) for steps, levels in europe["arcs"]]
    return europe


def _decode(steps: list[int], levels: str, unit: float) -> list[tuple[float, float, int]]:
    x = y = 0
    vertices = []
    for index, level in enumerate(levels):
        x, y = x + steps[2 * index], y + steps[2 * index + 1]
        vertices.append((x * unit, y * unit, int(level)))
    return vertices


def codes() -> tuple[str, ...]:
    """The countries that have an outline."""
    return tuple(_europe()["countries"])


def level_for(km_per_pixel: float) -> int:
    """The finest level that the scale can show."""
    limits = _europe()["levels"]
    return max((level for level, limit in enumerate(limits) if limit <= km_per_pixel * _DETAIL), default=0)


@cache
def _arcs(level: int) -> list[Ring]:
    return [[(x, y) for x, y, own in arc if own >= level] for arc in _europe()["vertices"]]


@cache
def outlines(level: int) -> dict[str, list[tuple[Box, list[Ring]]]]:
    """Country → polygons at a level of detail: the outer ring's box, and the rings in kilometres, closed."""
    arcs = _arcs(level)
    found = {}
    for code, polygons in _europe()["countries"].items():
        joined = [[_join(ring, arcs) for ring in polygon] for polygon in polygons]
        found[code] = [(_bounds(rings[0]), rings) for rings in joined if len(rings[0]) > 3]
    return found


def _join(ring: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for arc in ring:
        following = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += following[1:] if points else following
    return points


def _bounds(ring: Ring) -> Box:
    xs, ys = [point[0] for point in ring], [point[1] for point in ring]
    return min(xs), min(ys), max(xs), max(ys)


def area(ring: Sequence[Point]) -> float:
    """Positive where the ring runs against the clock (on the grid, where up is up)."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


@cache
def mainland(code: str) -> Box | None:
    """The box of the country's largest polygon, in kilometres."""
    polygons = outlines(level_for(6)).get(code)
    if not polygons:
        return None
    box, _rings = max(polygons, key=lambda polygon: abs(area(polygon[1][0])))
    return box


@lru_cache(maxsize=256)
def land(view: View) -> tuple[Country, ...]:
    """Every country with land in the view, in the order of the codes."""
    coarsest = len(_europe()["levels"]) - 1
    level = level_for(view.km_per_pixel)
    countries = _land(view, level)
    while level < coarsest and sum(len(country.path) for country in countries) > _LONGEST:
        level += 1
        countries = _land(view, level)
    return countries


def _land(view: View, level: int) -> tuple[Country, ...]:
    window = view.box(CLIP_MARGIN)
    countries = []
    for code, polygons in outlines(level).items():
        rings = [ring for box, polygon in polygons if _meet(box, window) for ring in _drawn(box, polygon, window, view)]
        if rings:
            countries.append(Country(code, "".join(_path(ring) for ring in rings), tuple(rings)))
    return tuple(countries)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _drawn(box: Box, polygon: list[Ring], window: Box, view: View) -> list[tuple[Point, ...]]:
    """The polygon's rings cut to the window, in whole pixels; none if nothing of it would be seen."""
    rings = []
    for ring in polygon:
        pixels = _whole_pixels(clip(ring, box, window), view)
        if len(pixels) > 2 and abs(area(pixels)) >= _DUST:
            rings.append(pixels)
        elif ring is polygon[0]:
            break
    return rings


def clip(ring: Ring, box: Box, window: Box) -> Ring:
    """Sutherland and Hodgman: one side of the window after the other, only those that the ring crosses."""
    left, bottom, right, top = window
    if box[0] < left:
        ring = _cut(ring, 0, left, 1)
    if box[2] > right:
        ring = _cut(ring, 0, right, -1)
    if box[1] < bottom:
        ring = _cut(ring, 1, bottom, 1)
    if box[3] > top:
        ring = _cut(ring, 1, top, -1)
    return ring


def _cut(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """What of the ring lies on the inner side of a line; `sign` is 1 where larger values are inside."""
    if not ring:
        return ring
    kept: Ring = []
    previous = ring[-1]
    was_inside = (previous[axis] - limit) * sign >= 0
    for point in ring:
        is_inside = (point[axis] - limit) * sign >= 0
        if is_inside != was_inside:
            share = (limit - previous[axis]) / (point[axis] - previous[axis])
            across = previous[1 - axis] + share * (point[1 - axis] - previous[1 - axis])
            kept.append((limit, across) if axis == 0 else (across, limit))
        if is_inside:
            kept.append(point)
        previous, was_inside = point, is_inside
    return kept


def _whole_pixels(ring: Ring, view: View) -> tuple[Point, ...]:
    left, top, scale = view.left, view.top, view.km_per_pixel
    pixels: list[Point] = []
    for x, y in ring:
        pixel = (round((x - left) / scale), round((top - y) / scale))
        if not pixels or pixel != pixels[-1]:
            pixels.append(pixel)
    if len(pixels) > 1 and pixels[0] == pixels[-1]:
        pixels.pop()
    return tuple(pixels)


def _path(ring: tuple[Point, ...]) -> str:
    """SVG's shortest way to write it: a start, then steps, a minus sign serving as separator."""
    x, y = ring[0]
    parts = [f"M{x} {y}l"]
    for next_x, next_y in ring[1:]:
        parts.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return parts[0] + " ".join(parts[1:]).replace(" -", "-") + "z"
