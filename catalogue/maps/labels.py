"""Where names stand: beside their mark or within their country, never on top of one another."""

from bisect import bisect
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from catalogue.maps.view import Point, tenth

Rect = tuple[float, float, float, float]

# Widths of letters in a humanist sans serif, as shares of the size; the rest counts as an average small letter.
_NARROW = frozenset("iljtfrI.,:;'’|!()[] -")
_WIDE = frozenset("mwMW@—%&")
_RISE, _FALL = 0.78, 0.24  # of a line of text above and below its baseline

# Beside the mark: direction, and how much a reader would rather have it elsewhere.
_SIDES = (
    (1, 0, 0),
    (-1, 0, 1),
    (0.8, -0.8, 2),
    (-0.8, -0.8, 2),
    (0.8, 0.8, 3),
    (-0.8, 0.8, 3),
    (0, 1.15, 4),
    (0, -1.15, 4),
)
_CROSSED_LINE = 1.8
# Countries are named in an italic serif, which runs narrower.
_ITALIC = 0.84


class Label(NamedTuple):
    """A text at its baseline; `count` stands after it in the colour of the kind."""

    x: float
    y: float
    anchor: str
    size: float
    text: str
    style: str  # name, country (with its count), land-name (for orientation)
    count: int | None = None
    colour: str = ""


@dataclass
class Obstacles:
    """What is on the map already: texts and marks must not be covered, lines had better not be."""

    limits: Rect
    texts: list[Rect] = field(default_factory=list)
    marks: list[Rect] = field(default_factory=list)
    lines: list[Point] = field(default_factory=list)  # points along them, from west to east

    def blocked(self, rect: Rect) -> bool:
        left, top, right, bottom = self.limits
        if rect[0] < left or rect[1] < top or rect[2] > right or rect[3] > bottom:
            return True
        return any(overlap(rect, other) for other in self.texts) or any(overlap(rect, other) for other in self.marks)

    def crossed(self, rect: Rect) -> int:
        """How many points of lines lie under the text or touch it."""
        near = (rect[3] - rect[1]) * 0.06
        left, top, right, bottom = rect[0] - near, rect[1] - near, rect[2] + near, rect[3] + near
        first, last = bisect(self.lines, (left, 0)), bisect(self.lines, (right, 0))
        return sum(top < y < bottom for _, y in self.lines[first:last])


def overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def width_of(text: str, size: float) -> float:
    return size * _ems(text)


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if letter in _WIDE:
        return 0.88
    return 0.66 if letter.isupper() or letter.isdigit() else 0.57


def rect_of(label: Label) -> Rect:
    width = width_of(_whole(label), label.size) * (1 if label.style == "name" else _ITALIC)
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return left - 2, label.y - _RISE * label.size, left + width + 2, label.y + _FALL * label.size


def _whole(label: Label) -> str:
    return f"{label.text} {label.count}".strip() if label.count else label.text


def beside(mark: Point, radius: float, blank: Label, obstacles: Obstacles, *, is_needed: bool) -> Label | None:
    """`blank` moved to the best free place around a mark; where none is free, None or, if needed, the least bad one."""
    found: list[tuple[float, int, Label]] = []
    for index, (across, down, dislike) in enumerate(_SIDES):
        label = _moved(blank, mark, radius, across, down)
        rect = rect_of(label)
        cost = dislike + _CROSSED_LINE * obstacles.crossed(rect)
        if obstacles.blocked(rect):
            if not is_needed:
                continue
            cost += 1000
        found.append((cost, index, label))
    if not found:
        return None
    label = min(found)[2]
    obstacles.texts.append(rect_of(label))
    return label


def _moved(blank: Label, mark: Point, radius: float, across: float, down: float) -> Label:
    gap = 0.35 * blank.size
    anchor = "middle" if across == 0 else "start" if across > 0 else "end"
    x = mark[0] + across * (radius + gap)
    middle = mark[1] + down * (radius + (_RISE + _FALL) / 2 * blank.size)
    return blank._replace(x=tenth(x), y=tenth(middle + (_RISE - _FALL) / 2 * blank.size), anchor=anchor)


def within(spans: "Spans", blank: Label, obstacles: Obstacles) -> Label | None:
    """`blank` moved to a free place inside a country, near its middle and off the lines; None where there is none."""
    width = width_of(_whole(blank), blank.size) * _ITALIC
    best: tuple[float, Label] | None = None
    for cost, x, y, index in spans.places(width, obstacles.limits):
        if best and cost >= best[0]:
            break
        if not spans.holds(index, x, width, blank.size):
            continue
        label = blank._replace(x=tenth(x), y=tenth(y + (_RISE - _FALL) / 2 * blank.size), anchor="middle")
        rect = rect_of(label)
        if obstacles.blocked(rect):
            continue
        cost += 40 * obstacles.crossed(rect)
        if best is None or cost < best[0]:
            best = (cost, label)
    if best is None:
        return None
    obstacles.texts.append(rect_of(best[1]))
    return best[1]


@dataclass(frozen=True)
class Spans:
    """A country's inside, as stretches of level lines through it, the same distance apart."""

    lines: tuple[tuple[float, tuple[tuple[float, float], ...]], ...]
    apart: float
    middle: Point
    length: float  # of all stretches: how much room there is

    def places(self, width: float, limits: Rect) -> list[tuple[float, float, float, int]]:
        """Middles for a text of that width, the best first: (cost, x, y, number of the line)."""
        found = []
        for index, (y, stretches) in enumerate(self.lines):
            if not limits[1] <= y <= limits[3]:
                continue
            for left, right in stretches:
                left, right = max(left, limits[0]), min(right, limits[2])
                room = right - left - width
                if room < 0:
                    continue
                for share in (0.5, 0.3, 0.7, 0.1, 0.9):
                    x = left + width / 2 + room * share
                    away = abs(x - self.middle[0]) * 0.6 + abs(y - self.middle[1])
                    found.append((away - min(room, 60) * 0.4, x, y, index))
        return sorted(found)

    def holds(self, index: int, x: float, width: float, height: float) -> bool:
        """Whether a text around that point of a line stays inside over its whole height."""
        reach = int(height * 0.6 / self.apart)
        left, right = x - width / 2, x + width / 2
        return all(
            any(start <= left and right <= end for start, end in stretches)
            for _, stretches in self.lines[max(0, index - reach) : index + reach + 1]
        )


def spans_of(ring: tuple[Point, ...], height: float) -> Spans | None:
    """Level lines through the part of the ring between 0 and `height`, some ten pixels apart; None if there is none."""
    ys = [y for _, y in ring]
    top, bottom = max(min(ys), 0), min(max(ys), height)
    if bottom <= top:
        return None
    apart = max(8.0, (bottom - top) / 26)
    crossings: list[list[float]] = [[] for _ in range(int((bottom - top) / apart - 0.5) + 1)]
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        low, high = (ay, by) if ay < by else (by, ay)
        first = max(0, ceil((low - top) / apart - 0.5))
        last = min(len(crossings) - 1, ceil((high - top) / apart - 0.5) - 1)
        for index in range(first, last + 1):
            y = top + (index + 0.5) * apart
            crossings[index].append(ax + (y - ay) / (by - ay) * (bx - ax))
    lines = tuple((top + (index + 0.5) * apart, _pairs(sorted(xs))) for index, xs in enumerate(crossings))
    pieces = [(right - left, (left + right) / 2, y) for y, stretches in lines for left, right in stretches]
    length = sum(piece[0] for piece in pieces)
    if not length:
        return None
    middle = (sum(own * x for own, x, _ in pieces) / length, sum(own * y for own, _, y in pieces) / length)
    return Spans(lines, apart, middle, length)


def _pairs(crossings: list[float]) -> tuple[tuple[float, float], ...]:
    return tuple(zip(crossings[::2], crossings[1::2], strict=False))
