"""Marks in pixels: their size, their number, and enough room between them."""

from dataclasses import dataclass
from math import cos, hypot, sin, sqrt

from catalogue.maps.labels import Rect
from catalogue.maps.places import Spot
from catalogue.maps.symbols import outline
from catalogue.maps.variants import LayerSpec
from catalogue.maps.view import Point, tenth

_NUMBERED_RADIUS = 9  # CSS pixels
_LARGEST_DOT = 9
# Of marks that stand side by side, how much of their width is seen.
_OVERLAP = 0.85
_ROUNDS = 16
# Beyond this number, numbered marks may overlap: moving them any further would say a wrong place.
_CROWD = 150
_GOLDEN_ANGLE = 2.39996


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    radius: float
    path: str  # "" for a circle
    colour: str
    url: str
    label: str
    number: str
    number_size: float
    number_y: float
    origin: Point | None  # the true place of a mark that had to give way

    @property
    def rect(self) -> Rect:
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


def marks_of(
    spots: list[Spot], pixels: list[Point], spec: LayerSpec, unit: float, *, is_numbered: bool, has_dots: bool
) -> list[Mark]:
    """One mark a spot, in the same order. `unit`: the map's pixels to one CSS pixel of the layer's reference width."""
    if is_numbered:
        places = _apart(pixels, _NUMBERED_RADIUS * unit)
        return [
            _mark(spot, at, _NUMBERED_RADIUS * unit, pixel)
            for spot, at, pixel in zip(spots, places, pixels, strict=True)
        ]
    radii = [_radius(spot, spec, has_dots=has_dots) * unit for spot in spots]
    places = _side_by_side(spots, pixels, radii)
    return [_mark(spot, at, radius, None) for spot, at, radius in zip(spots, places, radii, strict=True)]


def _side_by_side(spots: list[Spot], pixels: list[Point], radii: list[float]) -> list[Point]:
    """Marks of several kinds in one place stand in a row, so that none hides another."""
    rows: list[list[int]] = []
    for index, spot in enumerate(spots):
        row = next((row for row in rows if spots[row[0]].is_at(spot)), None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    at = list(pixels)
    for row in rows:
        if len(row) == 1:
            continue
        x, y = pixels[row[0]]
        left = x - sum(radii[index] for index in row) * _OVERLAP
        for index in row:
            at[index] = (left + radii[index] * _OVERLAP, y)
            left += 2 * radii[index] * _OVERLAP
    return at


def _radius(spot: Spot, spec: LayerSpec, *, has_dots: bool) -> float:
    if has_dots:
        return min(_LARGEST_DOT, spec.mark * sqrt(spot.count))
    return spec.main_mark if spot.is_main else spec.mark


def _mark(spot: Spot, at: Point, radius: float, origin: Point | None) -> Mark:
    """A mark with its number inside when `origin`, the spot's true place, is given."""
    number = ""
    if origin:
        number = str(spot.numbers[0]) + ("+" if len(spot.numbers) > 1 else "")
    size = radius * (1.2 if len(number) < 3 else 0.95)
    drop = radius * 0.3 if spot.kind in ("event", "visit") else 0
    has_moved = bool(origin) and hypot(at[0] - origin[0], at[1] - origin[1]) > radius * 0.6
    return Mark(
        x=tenth(at[0]),
        y=tenth(at[1]),
        radius=tenth(radius),
        path=outline(spot.kind, at[0], at[1], radius, is_solid=bool(origin)),
        colour=spot.colour,
        url=spot.url,
        label=spot.label,
        number=number,
        number_size=tenth(size),
        number_y=tenth(at[1] + size * 0.36 + drop),
        origin=(tenth(origin[0]), tenth(origin[1])) if has_moved else None,
    )


def _apart(pixels: list[Point], radius: float) -> list[Point]:
    """The points, pushed from each other until circles of that radius no longer overlap, or nearly so."""
    # Points that coincide part in different directions, the same ones each time.
    at = [
        (x + 0.01 * cos(index * _GOLDEN_ANGLE), y + 0.01 * sin(index * _GOLDEN_ANGLE))
        for index, (x, y) in enumerate(pixels)
    ]
    for _ in range(_ROUNDS if len(at) <= _CROWD else 0):
        if not _push(at, radius * 2.05):
            break
    return at


def _push(at: list[Point], apart: float) -> bool:
    has_moved = False
    for index, (x, y) in enumerate(at):
        for other in range(index + 1, len(at)):
            across, down = at[other][0] - x, at[other][1] - y
            if abs(across) >= apart or abs(down) >= apart:
                continue
            distance = hypot(across, down)
            if distance >= apart - 0.05:
                continue
            push = (apart - distance) / 2 / distance
            x, y = x - across * push, y - down * push
            at[index] = (x, y)
            at[other] = (at[other][0] + across * push, at[other][1] + down * push)
            has_moved = True
    return has_moved
