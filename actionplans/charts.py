"""The drawing of one indicator: values against targets, year by year, for a template to draw.

Every figure in it stands in a table beside it, too.
"""

from decimal import Decimal

from babel.numbers import format_decimal

from operations.languages import interface_language, locale_of

WIDTH, HEIGHT = 400, 230  # in units of the drawing
LEFT, RIGHT, TOP, BOTTOM = 62, 392, 34, 182
WIDEST_BAR = 46
MOST_LABELS = 10  # years or figures that stand beside each other without touching
TICKS = 4


def figure(number: str | Decimal) -> str:
    """With the reader's signs, and all its digits."""
    return format_decimal(Decimal(number), locale=locale_of(interface_language()), decimal_quantization=False)


def values_by_year(indicator: dict) -> dict[int, Decimal]:
    """One value a year; of several in one year the last."""
    dated = sorted(indicator["values"], key=lambda value: value["date"] or "")
    return {year: Decimal(value["value"]) for value in dated if (year := year_of(value))}


def year_of(value: dict) -> int | None:
    return value["year"] or (int(value["date"][:4]) if value["date"] else None)


def targets_by_year(indicator: dict) -> dict[int, Decimal]:
    """Each year's own figure; with one figure for each year, that one."""
    own = {target["year"]: Decimal(target["value"]) for target in indicator["targets"]}
    if indicator["target_per_year"] and indicator["target"] is not None:
        years = indicator["target_years"] or values_by_year(indicator)
        return dict.fromkeys(years, Decimal(indicator["target"])) | own
    return own


def target_of_all(indicator: dict) -> Decimal | None:
    """The one figure that the whole time aims at."""
    return None if indicator["target_per_year"] or indicator["target"] is None else Decimal(indicator["target"])


def chart(indicator: dict) -> dict | None:
    """{width, height, bars, targets, line, ticks, years …}; None where no figure belongs to a year."""
    values, targets = values_by_year(indicator), targets_by_year(indicator)
    aim = target_of_all(indicator)
    start = _baseline(indicator, values)
    known = {*values, *targets, *start}
    if not known:
        return None
    years = list(range(min(known), max(known) + 1))
    ticks = _ticks([*values.values(), *targets.values(), *start.values(), *([] if aim is None else [aim])])
    scale = _Scale(years, ticks)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "top": TOP,
        "zero": scale.y(Decimal(0)),
        "ticks": [{"y": scale.y(tick), "label": figure(tick)} for tick in ticks],
        "years": [{"x": scale.x(year), "label": year} for year in years[:: -(-len(years) // MOST_LABELS)]],
        "bars": [
            *(scale.bar(year, value, is_start=True) for year, value in start.items()),
            *(scale.bar(year, value) for year, value in sorted(values.items())),
        ],
        "targets": [scale.mark(year, target) for year, target in sorted(targets.items())],
        "line": None if aim is None else scale.y(aim),
        "has_start": bool(start),
        "has_figures": len(years) <= MOST_LABELS,
    }


def _baseline(indicator: dict, values: dict[int, Decimal]) -> dict[int, Decimal]:
    """The figure at the start, where it stands in a year of its own."""
    year, known = indicator["reference_year"], indicator["baseline"]
    return {year: Decimal(known)} if known is not None and year and year not in values else {}


class _Scale:
    """From years and figures to places in the drawing."""

    def __init__(self, years: list[int], ticks: list[Decimal]):
        self.years, self.ticks = years, ticks
        self.step = (RIGHT - LEFT) / len(years)
        self.width = round(min(self.step * 0.6, WIDEST_BAR), 1)

    def x(self, year: int) -> float:
        """The middle of the year."""
        return round(LEFT + self.step * (year - self.years[0] + 0.5), 1)

    def y(self, number: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return round(BOTTOM - (BOTTOM - TOP) * float((number - low) / (high - low)), 1)

    def bar(self, year: int, value: Decimal, *, is_start: bool = False) -> dict:
        top, bottom = sorted((self.y(value), self.y(Decimal(0))))
        return {
            "x": round(self.x(year) - self.width / 2, 1),
            "y": top,
            "width": self.width,
            "height": round(max(bottom - top, 1), 1),
            "middle": self.x(year),
            "figure": figure(value),
            "is_start": is_start,
        }

    def mark(self, year: int, target: Decimal) -> dict:
        """Somewhat wider than a bar, so that it is seen before one."""
        half = round(min(self.step / 2, self.width / 2 + 8), 1)
        return {"x1": round(self.x(year) - half, 1), "x2": round(self.x(year) + half, 1), "y": self.y(target)}


def _ticks(figures: list[Decimal]) -> list[Decimal]:
    """Round figures from nought or below to the highest or above, the steps between them alike."""
    low, high = min(Decimal(0), *figures), max(Decimal(0), *figures)
    if low == high:
        high = Decimal(1)
    step = _round_step((high - low) / TICKS)
    first = int((low / step).to_integral_value(rounding="ROUND_FLOOR"))
    last = int((high / step).to_integral_value(rounding="ROUND_CEILING"))
    return [_plain(step * number) for number in range(first, last + 1)]


def _round_step(step: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20 …"""
    magnitude = Decimal(10) ** step.adjusted()
    return next(magnitude * size for size in (1, 2, 5, 10) if magnitude * size >= step)


def _plain(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
