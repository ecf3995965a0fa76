"""The figures of a practice as bars: those of one unit stand together, as only they can be compared.

Every figure in them stands in a table below, too.
"""

from decimal import Decimal

from django.utils.text import Truncator
from django.utils.translation import get_language

from catalogue.texts import in_language
from catalogue.translated import words_beside
from practices.templatetags.practice_parts import number_in_words

WIDTH, ROW, BAR, LABEL = 400, 46, 14, 48  # in units of the drawing; characters of a label
SIGN, MOST_BESIDE = 9, 200  # how much a sign of a figure takes, and all of them beside the longest bar


def charts(record: dict) -> list[dict]:
    """{unit, width, height, bars, behind}, one for each unit with several figures, none of them below nought. `behind`: that
    words in it are a machine's, or older than their original.
    """
    by_unit: dict[str, list[dict]] = {}
    for evidence in record.get("evidence") or []:
        if evidence["value"] is not None:
            by_unit.setdefault(_said(evidence["unit"], record), []).append(evidence)
    return [_chart(unit, figures, record) for unit, figures in by_unit.items() if _can_be_drawn(figures)]


def _can_be_drawn(figures: list[dict]) -> bool:
    values = [Decimal(figure["value"]) for figure in figures]
    return len(values) > 1 and min(values) >= 0 < max(values)


def _chart(unit: str, figures: list[dict], record: dict) -> dict:
    highest = max(Decimal(figure["value"]) for figure in figures)
    longest = max(len(_with_unit(figure, unit)) for figure in figures)
    scale = (WIDTH - min(SIGN * longest, MOST_BESIDE)) / highest
    return {
        "unit": unit,
        "width": WIDTH,
        "height": ROW * len(figures),
        "bars": [_bar(place, figure, unit, scale, record) for place, figure in enumerate(figures)],
        "behind": _behind(figures, record),
    }


def _behind(figures: list[dict], record: dict) -> str:
    words = words_beside(record)
    told = (words.get(id(figure[name])) for figure in figures for name in ("indicator", "unit"))
    return ", ".join(dict.fromkeys(filter(None, told)))


def _bar(place: int, figure: dict, unit: str, scale: Decimal, record: dict) -> dict:
    width = max(round(float(Decimal(figure["value"]) * scale), 1), 1)
    year = f", {figure['year']}" if figure["year"] else ""
    return {
        "label": f"{Truncator(_said(figure['indicator'], record)).chars(LABEL)}{year}",
        "label_y": place * ROW + 14,
        "y": place * ROW + 20,
        "width": width,
        "height": BAR,
        "figure": _with_unit(figure, unit),
        "figure_x": width + 6,
        "figure_y": place * ROW + 32,
    }


def _with_unit(figure: dict, unit: str) -> str:
    return f"{number_in_words(figure['value'])} {unit}".strip()


def _said(texts: dict | None, record: dict) -> str:
    return in_language(texts, get_language(), record["original_language"]).text
