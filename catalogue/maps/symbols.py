"""One symbol a kind, the same on maps as in lists and on the trail."""

from math import sqrt

# The words that records and relations use, and the symbol each is drawn with.
_SYMBOLS = {
    "project": "square",
    "programme": "square",
    "result": "frame",
    "practice": "disc",
    "partner": "disc",
    "event": "triangle",
    "visit": "triangle",
    "adoption": "target",
    "adopt": "target",
    "area": "ring",
    "plan": "diamond",
    "measure": "diamond",
    "commitment": "diamond",
    "indicator": "bars",
    "library": "square",
}
_PLURALS = {
    "projects": "project",
    "programmes": "programme",
    "practices": "practice",
    "partners": "partner",
    "areas": "area",
    "events": "event",
    "action-plans": "plan",
    "adoptions": "adoption",
    "commitments": "commitment",
}
# With a number inside, a symbol has no holes.
_SOLID = {"frame": "square", "target": "disc", "ring": "disc", "bars": "square"}


def kind_of(word: str | None) -> str:
    """The kind that a record's `kind` (plural) or a relation's word means; a practice where it says nothing known."""
    word = _PLURALS.get(word or "", word or "")
    return word if word in _SYMBOLS else "practice"


def outline(kind: str, x: float, y: float, radius: float, *, is_solid: bool = False) -> str:
    """The symbol as an SVG path around (x, y); "" for the disc, which is a circle. Holes count by the even-odd rule."""
    symbol = _SYMBOLS[kind]
    if is_solid:
        symbol = _SOLID.get(symbol, symbol)
    if symbol == "disc":
        return ""
    return _OUTLINES[symbol](x, y, radius)


def _square(x: float, y: float, radius: float) -> str:
    side = radius * sqrt(3.14159) * 0.98
    return f"M{_n(x - side / 2)} {_n(y - side / 2)}h{_n(side)}v{_n(side)}h{_n(-side)}z"


def _frame(x: float, y: float, radius: float) -> str:
    return _square(x, y, radius) + _square(x, y, radius * 0.5)


def _circle(x: float, y: float, radius: float) -> str:
    half = f"a{_n(radius)} {_n(radius)} 0 1 0"
    return f"M{_n(x - radius)} {_n(y)}{half} {_n(2 * radius)} 0{half} {_n(-2 * radius)} 0z"


def _ring(x: float, y: float, radius: float) -> str:
    return _circle(x, y, radius) + _circle(x, y, radius * 0.55)


def _target(x: float, y: float, radius: float) -> str:
    radius *= 1.1
    return _circle(x, y, radius) + _circle(x, y, radius * 0.62) + _circle(x, y, radius * 0.3)


def _triangle(x: float, y: float, radius: float) -> str:
    half, high = radius * 1.25, radius * 2.15
    return f"M{_n(x)} {_n(y - high * 0.58)}l{_n(half)} {_n(high)}h{_n(-2 * half)}z"


def _diamond(x: float, y: float, radius: float) -> str:
    half = radius * 1.28
    return f"M{_n(x)} {_n(y - half)}l{_n(half)} {_n(half)} {_n(-half)} {_n(half)} {_n(-half)} {_n(-half)}z"


def _bars(x: float, y: float, radius: float) -> str:
    wide = radius * 0.5
    bars = []
    for place, high in ((-1.05, 0.9), (-0.25, 1.4), (0.55, 2.0)):
        high *= radius
        left, bottom = x + place * radius, y + radius
        bars.append(f"M{_n(left)} {_n(bottom)}v{_n(-high)}h{_n(wide)}v{_n(high)}z")
    return "".join(bars)


_OUTLINES = {
    "square": _square,
    "frame": _frame,
    "ring": _ring,
    "target": _target,
    "triangle": _triangle,
    "diamond": _diamond,
    "bars": _bars,
}


def _n(value: float) -> str:
    """One decimal at most, none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")
