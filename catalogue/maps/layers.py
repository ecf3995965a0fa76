"""Marks and names of a map, once for each width at which it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.codes.countries import country_name
from catalogue.maps.labels import Label, Obstacles, Spans, beside, spans_of, within
from catalogue.maps.land import land, mainland
from catalogue.maps.marks import Mark, marks_of
from catalogue.maps.places import Count, Line, Spot, land_of
from catalogue.maps.routes import along
from catalogue.maps.variants import CROPS, LayerSpec, Variant
from catalogue.maps.view import Box, Point, View, tenth

# Three sets of marks for three widths are worth their bytes only while they are few.
_MOST_IN_ALL_LAYERS = 40
# A crop keeps this share of its width free on either side of the outermost mark.
_CROP_MARGIN = 0.07
# Points stand for the routes this many CSS pixels apart.
_SAMPLE = 9


@dataclass(frozen=True)
class Layer:
    name: str
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Content:
    """What the layers of one map have in common."""

    variant: Variant
    view: View
    box: Box  # what must be seen, in kilometres
    spots: list[Spot]
    counts: Mapping[str, Count]
    lines: list[Line]
    language: str
    is_numbered: bool

    @property
    def has_uncounted(self) -> bool:
        """Whether some records are to be seen in the countries' counts only."""
        return any(count.without_place for count in self.counts.values())


def layers_of(content: Content) -> tuple[tuple[Layer, ...], str]:
    """The layers, and how the narrow one is cropped ("" if not at all)."""
    crop = _crop_for(content)
    specs = content.variant.layers
    if len(content.spots) > _MOST_IN_ALL_LAYERS:
        specs = tuple(spec for spec in specs if spec.name != "middle")
    return tuple(_layer(content, spec, crop if spec.is_cropped else "") for spec in specs), crop


def _crop_for(content: Content) -> str:
    """The narrowest crop, around the middle, that keeps all that the map is about."""
    if not any(spec.is_cropped for spec in content.variant.layers):
        return ""
    view, (left, _bottom, right, _top) = content.view, content.box
    away = max(abs(view.pixel((x, 0))[0] - view.width / 2) for x in (left, right))
    for name, ratio in CROPS.items():
        width = view.height * ratio
        if width < view.width and away <= width * (0.5 - _CROP_MARGIN):
            return name
    return ""


def _layer(content: Content, spec: LayerSpec, crop: str) -> Layer:
    view = content.view
    width = view.height * CROPS[crop] if crop else view.width
    unit = width / spec.reference
    pixels = [view.pixel(spot.point) for spot in content.spots]
    marks = marks_of(
        content.spots,
        pixels,
        spec,
        unit,
        is_numbered=content.is_numbered,
        has_dots=not content.variant.has_names,
    )
    edge = (view.width - width) / 2
    obstacles = Obstacles(limits=(edge + 4 * unit, 4 * unit, edge + width - 4 * unit, view.height - 4 * unit))
    obstacles.marks += [mark.rect for mark in marks]
    for line in content.lines:
        obstacles.lines += along(view.pixel(line.start), view.pixel(line.end), apart=_SAMPLE * unit)
    obstacles.lines.sort()
    labels: list[Label] = []
    if content.variant.has_names and not content.is_numbered:
        labels += _names(content, marks, spec, unit, obstacles)
    labels += _counts(content, spec, unit, obstacles)
    if content.variant.has_neighbours and spec.has_country_names:
        labels += _neighbours(content, spec, unit, obstacles)
    # Large dots first, that none hides a smaller one.
    marks.sort(key=lambda mark: -mark.radius)
    return Layer(spec.name, tuple(marks), tuple(labels))


def _names(content: Content, marks: Sequence[Mark], spec: LayerSpec, unit: float, obstacles: Obstacles) -> list[Label]:
    """Names beside their marks, the main ones first; what finds no room is left to the list."""
    labels, named = [], []
    order = sorted(range(len(marks)), key=lambda index: not content.spots[index].is_main)
    for index in order:
        spot, mark = content.spots[index], marks[index]
        if not spot.label or any(spot.label == other.label and spot.is_at(other) for other in named):
            continue
        named.append(spot)
        size = tenth((spec.main_text if spot.is_main else spec.text) * unit)
        count = spot.count if spot.count > 1 else None
        blank = Label(0, 0, "start", size, spot.label, "name", count, spot.colour)
        label = beside((mark.x, mark.y), mark.radius, blank, obstacles, is_needed=spot.is_main)
        if label:
            labels.append(label)
    return labels


def _counts(content: Content, spec: LayerSpec, unit: float, obstacles: Obstacles) -> list[Label]:
    """Countries with their counts: where some places are unknown, so that nothing the list has is missing here."""
    is_wide = content.variant.has_names and spec.has_country_names
    labels = []
    for country, count in content.counts.items():
        is_only_named = not count.total
        if not count.without_place and not (is_wide and (content.has_uncounted or is_only_named)):
            continue
        name = country_name(country, content.language) if spec.has_country_names else ""
        blank = Label(
            0, 0, "middle", tenth(spec.country_text * unit), name, "country", count.total or None, count.colour
        )
        label = _in_country(content.view, country, blank, obstacles, is_needed=bool(count.without_place))
        if label:
            labels.append(label)
    return labels


def _in_country(view: View, country: str, blank: Label, obstacles: Obstacles, *, is_needed: bool) -> Label | None:
    """Inside the country; else its count alone inside; else beside its middle."""
    spans = country_spans(view, country)
    label = within(spans, blank, obstacles) if spans else None
    if label or not is_needed:
        return label
    middle = spans.middle if spans else _middle(view, country)
    if middle is None:
        return None
    short = blank._replace(text="")
    return (spans and within(spans, short, obstacles)) or beside(middle, 0, short, obstacles, is_needed=True)


@lru_cache(maxsize=2048)
def country_spans(view: View, country: str) -> Spans | None:
    """The inside of the country's largest piece of land; of a state that is gone, of its largest successor's."""
    outlines = land_of(country)
    found = (spans_of(shape.largest, view.height) for shape in land(view) if shape.code in outlines)
    return max((spans for spans in found if spans), key=lambda spans: spans.length, default=None)


def _middle(view: View, country: str) -> Point | None:
    """For countries too small to be drawn."""
    boxes = [box for box in (mainland(code) for code in land_of(country)) if box]
    if not boxes:
        return None
    left, bottom, right, top = boxes[0]
    x, y = view.pixel(((left + right) / 2, (bottom + top) / 2))
    return (x, y) if 0 <= x <= view.width and 0 <= y <= view.height else None


def _neighbours(content: Content, spec: LayerSpec, unit: float, obstacles: Obstacles) -> list[Label]:
    """Names of countries for orientation, where there is ample room."""
    named = {code for country in content.counts for code in land_of(country)} if content.has_uncounted else set()
    size = tenth(spec.country_text * unit)
    labels = []
    for shape in land(content.view):
        if shape.code in named:
            continue
        spans = country_spans(content.view, shape.code)
        if spans is None:
            continue
        label = within(
            spans, Label(0, 0, "middle", size, country_name(shape.code, content.language), "land-name"), obstacles
        )
        if label:
            labels.append(label)
    return labels
