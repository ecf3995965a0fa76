"""Writes catalogue/data/europe.json: the outlines of Europe's countries in the EU's own projection, ready for drawing.

    python -m tools.make_map europe_50m.topojson catalogue/data

The input is Natural Earth's 1:50m countries as TopoJSON (public domain). Borders stay shared: an arc that two countries
have in common is projected, simplified and rounded once, so both draw exactly the same line. Every vertex carries the
coarsest level of detail at which it still stands (Visvalingam's effective area), so one file serves a region's map and
the whole continent's.
"""

import argparse
import heapq
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from catalogue.maps.projection import forward

COUNTRIES = Path(__file__).resolve().parent.parent / "catalogue" / "data" / "countries.json"

UNIT = 500  # metres
# The levels' limits, in kilometres: a vertex stands while the triangle with its neighbours is larger than their square.
LEVELS = (0.8, 1.3, 2, 3.2, 5, 8, 13, 20)
ALWAYS = len(LEVELS)
# What maps may show, in kilometres of EPSG:3035: from the Azores to the Caspian, from the Sahara to Svalbard.
FRAME = (900, 500, 7500, 6300)
# Land outside stays, so that coasts and borders run on to the edge, but as coarsely as this many times the distance.
OUTSIDE_FACTOR = 0.02

# Natural Earth draws these apart; ISO 3166-1 and the EU do not: Åland's NUTS code is Finland's, Cyprus is one state.
PART_OF = {"Åland": "FI", "N. Cyprus": "CY"}
WITHOUT_NUMBER = {"Kosovo": "XK"}

Point = tuple[float, float]
Ring = list[int]  # arcs by number; ~number is the arc backwards


class Vertex(NamedTuple):
    x: int
    y: int
    level: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topojson", type=Path)
    parser.add_argument("target", type=Path, help="the folder to write to")
    arguments = parser.parse_args()
    topology = json.loads(arguments.topojson.read_text(encoding="utf-8"))
    arcs = [[project(point) for point in arc] for arc in decode(topology)]
    countries = in_frame(countries_of(topology), arcs)
    keep_small_countries = largest_rings(countries, arcs)
    drawn, numbers = [], {}
    for number in sorted({abs_arc(arc) for polygons in countries.values() for ring in flat(polygons) for arc in ring}):
        numbers[number] = len(drawn)
        drawn.append(simplify(arcs[number], is_kept=number in keep_small_countries))
    write(arguments.target / "europe.json", drawn, renumber(countries, numbers))


def decode(topology: dict) -> Iterable[list[Point]]:
    """TopoJSON stores whole steps from point to point; `transform` turns them into degrees."""
    (scale_x, scale_y), (origin_x, origin_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + origin_x, y * scale_y + origin_y))
        yield points


def project(point: Point) -> Point:
    longitude, latitude = point
    easting, northing = forward(latitude, longitude)
    return easting / 1000, northing / 1000


def countries_of(topology: dict) -> dict[str, list[list[Ring]]]:
    codes = json.loads(COUNTRIES.read_text(encoding="utf-8"))["iso_3166_1"]
    by_number = {number: code for code, (_alpha_3, number) in codes.items()}
    countries = defaultdict(list)
    merged = set()
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = PART_OF.get(name) or WITHOUT_NUMBER.get(name) or by_number[shape["id"]]
        if name in PART_OF:
            merged.add(code)
        countries[code] += shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for code in merged:
        countries[code] = dissolve(countries[code])
    return dict(sorted(countries.items()))


def dissolve(polygons: list[list[Ring]]) -> list[list[Ring]]:
    """The polygons without the borders between them; only those of single rings can be told to touch."""
    used = {arc for polygon in polygons for arc in polygon[0]}
    touching = [polygon for polygon in polygons if any(~arc in used for arc in polygon[0])]
    apart = [polygon for polygon in polygons if polygon not in touching]
    outer = [arc for polygon in touching for arc in polygon[0] if ~arc not in used]
    # Two neighbours with one border between them: what is left is one ring, in the order in which it was met.
    return [*apart, [outer]] if outer else apart


def in_frame(countries: dict[str, list[list[Ring]]], arcs: list[list[Point]]) -> dict[str, list[list[Ring]]]:
    kept = {
        code: [polygon for polygon in polygons if overlaps(bounds(polygon[0], arcs), FRAME)]
        for code, polygons in countries.items()
    }
    return {code: polygons for code, polygons in kept.items() if polygons}


def bounds(ring: Ring, arcs: list[list[Point]]) -> tuple[float, float, float, float]:
    points = [point for arc in ring for point in arcs[abs_arc(arc)]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def overlaps(one: tuple, other: tuple) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def largest_rings(countries: dict[str, list[list[Ring]]], arcs: list[list[Point]]) -> set[int]:
    """Arcs of each country's largest ring: it stays a shape, however small, when its islands have gone."""

    def extent(ring: Ring) -> float:
        left, bottom, right, top = bounds(ring, arcs)
        return (right - left) * (top - bottom)

    rings = (max((polygon[0] for polygon in polygons), key=extent) for polygons in countries.values())
    return {abs_arc(arc) for ring in rings for arc in ring}


def abs_arc(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def flat(polygons: list[list[Ring]]) -> Iterable[Ring]:
    return (ring for polygon in polygons for ring in polygon)


def simplify(points: list[Point], *, is_kept: bool) -> list[Vertex]:
    """The arc in whole units, each vertex with its level; the ends, where other arcs begin, always stay."""
    areas = effective_areas(points)
    inner = range(1, len(points) - 1)
    is_closed = points[0] == points[-1]
    always = {0, len(points) - 1}
    if is_kept:
        always.update(heapq.nlargest(3 if is_closed else 1, inner, key=lambda index: areas[index]))
    vertices: list[Vertex] = []
    for index, (x, y) in enumerate(points):
        level = ALWAYS if index in always else level_of(areas[index] * nearness(x, y))
        if level < 0:
            continue
        vertex = Vertex(round(x * 1000 / UNIT), round(y * 1000 / UNIT), level)
        if vertices and vertices[-1][:2] == vertex[:2] and index != len(points) - 1:
            vertices[-1] = vertices[-1]._replace(level=max(level, vertices[-1].level))
        else:
            vertices.append(vertex)
    return vertices


def effective_areas(points: list[Point]) -> list[float]:
    """Visvalingam: take away the vertex with the smallest triangle first; none counts less than one before it."""
    areas = [float("inf")] * len(points)
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))

    def triangle(index: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[index]], points[index], points[after[index]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(triangle(index), index) for index in range(1, len(points) - 1)]
    heapq.heapify(heap)
    current = {index: area for area, index in heap}
    largest = 0.0
    while heap:
        area, index = heapq.heappop(heap)
        if current.get(index) != area:
            continue
        del current[index]
        largest = areas[index] = max(largest, area)
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if neighbour in current:
                current[neighbour] = triangle(neighbour)
                heapq.heappush(heap, (current[neighbour], neighbour))
    return areas


def level_of(area: float) -> int:
    return sum(area >= limit * limit for limit in LEVELS) - 1


def nearness(x: float, y: float) -> float:
    left, bottom, right, top = FRAME
    away = max(left - x, x - right, bottom - y, y - top, 0)
    return 1 / (1 + (away * OUTSIDE_FACTOR) ** 2)


def renumber(countries: dict[str, list[list[Ring]]], numbers: dict[int, int]) -> dict[str, list[list[Ring]]]:
    def renamed(arc: int) -> int:
        return numbers[arc] if arc >= 0 else ~numbers[~arc]

    return {
        code: [[[renamed(arc) for arc in ring] for ring in polygon] for polygon in polygons]
        for code, polygons in countries.items()
    }


def write(target: Path, arcs: list[list[Vertex]], countries: dict[str, list[list[Ring]]]) -> None:
    """An arc is a row of numbers, its first point and the steps to the next ones, and a digit of level for each."""
    rows = []
    for arc in arcs:
        steps = [*arc[0][:2]]
        for previous, vertex in zip(arc, arc[1:], strict=False):
            steps += [vertex.x - previous.x, vertex.y - previous.y]
        rows.append(json.dumps([steps, "".join(str(vertex.level) for vertex in arc)], separators=(",", ":")))
    shapes = [
        f"{json.dumps(code)}:{json.dumps(polygons, separators=(',', ':'))}" for code, polygons in countries.items()
    ]
    head = {
        "source": "Natural Earth 1:50m, public domain",
        "crs": "EPSG:3035",
        "unit": UNIT,
        "levels": LEVELS,
        "frame": FRAME,
    }
    target.write_text(
        json.dumps(head)[:-1]
        + ',\n"arcs": [\n'
        + ",\n".join(rows)
        + '\n],\n"countries": {\n'
        + ",\n".join(shapes)
        + "\n}}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
