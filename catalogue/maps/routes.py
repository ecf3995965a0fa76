"""Routes are drawn bowed, like great circles on a chart: always to the same side, so that a bundle fans out."""

from math import hypot

from catalogue.maps.view import Point

_BULGE = 0.12  # of the distance, for the control point


def bow(start: Point, end: Point) -> str:
    """The SVG path of a quadratic curve that rises above the straight line."""
    control = _control(start, end)
    return f"M{start[0]:.0f} {start[1]:.0f}Q{control[0]:.0f} {control[1]:.0f} {end[0]:.0f} {end[1]:.0f}"


def along(start: Point, end: Point, *, apart: float) -> list[Point]:
    """Points on the curve between its ends, about `apart` from each other."""
    control = _control(start, end)
    points = []
    pieces = max(4, int(hypot(end[0] - start[0], end[1] - start[1]) / apart))
    for piece in range(1, pieces):
        share = piece / pieces
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        points.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return points


def _control(start: Point, end: Point) -> Point:
    across, down = end[0] - start[0], end[1] - start[1]
    # The normal that points up; of a line straight up or down, the one to the right.
    normal = (down, -across) if (across, down) > (0, 0) else (-down, across)
    return (
        (start[0] + end[0]) / 2 + _BULGE * normal[0],
        (start[1] + end[1]) / 2 + _BULGE * normal[1],
    )
