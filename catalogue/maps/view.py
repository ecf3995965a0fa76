"""Which part of Europe a map shows: a rectangle of the grid, chosen from the places that are to be seen."""

from dataclasses import dataclass
from math import ceil, floor, log

from catalogue.maps.projection import forward

# Kilometres of EPSG:3035.
FRAME = (900.0, 500.0, 7500.0, 6300.0)
EUROPE = (2550.0, 1400.0, 6550.0, 5300.0)

# Widths come in steps of this ratio and centres on a grid, so that maps of one region share their land.
_WIDTH_RATIO = 1.06
_CENTRES_PER_WIDTH = 24

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """A window of `width` × `height` pixels on the grid; kilometres run up, pixels run down."""

    left: float
    top: float
    km_per_pixel: float
    width: int
    height: int

    def pixel(self, point: Point) -> Point:
        return (point[0] - self.left) / self.km_per_pixel, (self.top - point[1]) / self.km_per_pixel

    def box(self, margin: float = 0) -> Box:
        """The window in kilometres, with `margin` pixels around."""
        more = margin * self.km_per_pixel
        return (
            self.left - more,
            self.top - self.height * self.km_per_pixel - more,
            self.left + self.width * self.km_per_pixel + more,
            self.top + more,
        )

    def holds(self, point: Point, margin: float = 0) -> bool:
        left, bottom, right, top = self.box(margin)
        return left <= point[0] <= right and bottom <= point[1] <= top


def tenth(value: float) -> float:
    """Rounded to a tenth of a pixel; whole numbers as such, so that they are written without a point."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def kilometres(latitude: float, longitude: float) -> Point:
    easting, northing = forward(latitude, longitude)
    return easting / 1000, northing / 1000


def in_frame(point: Point) -> bool:
    left, bottom, right, top = FRAME
    return left <= point[0] <= right and bottom <= point[1] <= top


def around(points: list[Point]) -> Box:
    """The smallest box with all the points; the whole of Europe when there are none."""
    if not points:
        return EUROPE
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def view_of(box: Box, *, size: tuple[int, int], narrowest: float, padding: float = 0.12) -> View:
    """The view of `box` with `padding` (a share of the window) on each side, never less than `narrowest` km wide."""
    width, height = size
    left, bottom, right, top = box
    inner = 1 - 2 * padding
    kilometres_wide = max((right - left) / inner, (top - bottom) / inner * width / height, narrowest)
    kilometres_wide = narrowest * _WIDTH_RATIO ** ceil(log(kilometres_wide / narrowest) / log(_WIDTH_RATIO) - 1e-9)
    kilometres_wide = min(kilometres_wide, FRAME[2] - FRAME[0], (FRAME[3] - FRAME[1]) * width / height)
    kilometres_high = kilometres_wide * height / width
    grid = kilometres_wide / _CENTRES_PER_WIDTH
    middle_x, middle_y = (_on_grid((left + right) / 2, grid), _on_grid((bottom + top) / 2, grid))
    return View(
        left=round(_between(middle_x - kilometres_wide / 2, FRAME[0], FRAME[2] - kilometres_wide), 3),
        top=round(_between(middle_y + kilometres_high / 2, FRAME[1] + kilometres_high, FRAME[3]), 3),
        km_per_pixel=round(kilometres_wide / width, 6),
        width=width,
        height=height,
    )


def _on_grid(value: float, grid: float) -> float:
    return floor(value / grid + 0.5) * grid


def _between(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
