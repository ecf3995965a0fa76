"""A map, drawn from places: what the template writes out as SVG."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from catalogue.codes.countries import country_name
from catalogue.maps.graticule import Degree, graticule
from catalogue.maps.land import land, mainland
from catalogue.maps.layers import Content, Layer, layers_of
from catalogue.maps.places import Count, Line, Place, Route, Spot, counts_of, is_outside, land_of, lines_of, spots_of
from catalogue.maps.routes import bow
from catalogue.maps.variants import VARIANTS, Variant
from catalogue.maps.view import EUROPE, Box, Point, View, around, view_of
from operations.languages import interface_language

# A reader can tell so many names apart; a longer list gets numbers.
_MOST_NAMES = 14
# Beside places that are known, a country known by name alone is seen from its near side this far to its middle.
_GLIMPSE = 0.3


@dataclass(frozen=True)
class Shape:
    path: str
    is_highlighted: bool


@dataclass(frozen=True)
class Arc:
    path: str
    colour: str
    is_dashed: bool


@dataclass(frozen=True)
class EdgeText:
    x: int
    y: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Map:
    """Everything that `templates/components/map.html` draws, in the order of drawing."""

    id: str
    variant: str
    crop: str  # how the narrow layer is cut: square, five-four, or "" for not at all
    view: View
    title: str
    description: str
    land: tuple[Shape, ...]
    graticule: str
    degrees: tuple[EdgeText, ...]
    routes: tuple[Arc, ...]
    layers: tuple[Layer, ...]
    outside: int  # places that lie beyond Europe

    @property
    def layer_names(self) -> str:
        """For the style sheet, which must know what there is to choose from."""
        return "-".join(layer.name for layer in self.layers)

    @property
    def has_links(self) -> bool:
        return any(mark.url for layer in self.layers for mark in layer.marks)


def europe(
    places: Iterable[Place] = (),
    *,
    routes: Iterable[Route | Sequence[Place]] = (),
    highlight: Iterable[str] | None = None,
    label: str = "",
    variant: str = "plate",
    size: tuple[int, int] | None = None,
    numbers: bool | None = None,
    language: str | None = None,
    name: str = "",
) -> Map:
    """A map of the places, as close as they allow, never closer than a region; without any, the whole of Europe.

    A place is a mapping with `country` (ISO code) and, where known, `lat`, `lng`, `label` (or `town`), `kind` (of the
    record), `colour` (another kind's, instead of its own), `url`, `count` (records there), `main` (its mark is larger).
    One without coordinates is counted with its country; with a `count` of 0 the country is only named. `routes` are
    pairs of places, or mappings with `from`, `to`, `kind`, `dashed`. `highlight` names the countries to tint (None: a
    sensible choice), `numbers` says whether marks bear their place's number in the list (None: when names would be too
    many). `name` becomes the id, for two equal maps on one page.
    """
    places, chosen = list(places), VARIANTS[variant]
    lines = lines_of(routes)
    spots, counts = spots_of(places, lines), counts_of(places)
    tinted = tuple(highlight) if highlight is not None else _tinted(chosen, spots, counts)
    box = _seen(spots, counts, tinted)
    padding = 0 if box == EUROPE else chosen.padding
    view = view_of(box, size=size or chosen.size, narrowest=chosen.narrowest, padding=padding)
    language = language or interface_language()
    is_numbered = chosen.has_names and len(spots) > _MOST_NAMES if numbers is None else numbers
    layers, crop = layers_of(Content(chosen, view, box, spots, counts, lines, language, is_numbered))
    grid, degrees = graticule(view, chosen.graticule_apart)
    title = str(label) or _("Map")
    return Map(
        id=name or _id_of(title, variant, view, tinted, spots, lines),
        variant=variant,
        crop=crop,
        view=view,
        title=title,
        description=", ".join(
            f"{country_name(code, language)} {count.total or ''}".rstrip() for code, count in counts.items()
        ),
        land=_shapes(view, tinted),
        graticule=grid,
        degrees=tuple(_edge_text(degree) for degree in degrees) if chosen.has_degrees else (),
        routes=tuple(_arc(view, line) for line in lines),
        layers=layers,
        outside=sum(is_outside(place) for place in places),
    )


def _tinted(variant: Variant, spots: list[Spot], counts: Mapping[str, Count]) -> tuple[str, ...]:
    """The countries that the map is about; on one with a main place, that place's."""
    if not variant.has_names:
        return ()
    main = tuple(dict.fromkeys(spot.country for spot in spots if spot.is_main))
    if variant.name == "plate" and main:
        return main
    return tuple(counts)


def _seen(spots: list[Spot], counts: Mapping[str, Count], tinted: Iterable[str]) -> Box:
    """The box that must be in view: all marks, and enough of each country that is only counted."""
    marks = around([spot.point for spot in spots]) if spots else None
    marked = {spot.country for spot in spots}
    points = [spot.point for spot in spots]
    for country in counts or ({} if spots else dict.fromkeys(tinted)):
        if country in marked:
            continue
        for box in filter(None, map(mainland, land_of(country))):
            points += [_near_side(box, marks)] if marks else [box[:2], box[2:]]
    return around(points)


def _near_side(box: Box, marks: Box) -> Point:
    """The point of the box that is nearest to the middle of the marks, drawn a little towards the box's own middle."""
    middle_x, middle_y = (marks[0] + marks[2]) / 2, (marks[1] + marks[3]) / 2
    x, y = max(box[0], min(box[2], middle_x)), max(box[1], min(box[3], middle_y))
    return (
        x + _GLIMPSE * ((box[0] + box[2]) / 2 - x),
        y + _GLIMPSE * ((box[1] + box[3]) / 2 - y),
    )


def _shapes(view: View, tinted: Iterable[str]) -> tuple[Shape, ...]:
    outlines = {code for country in tinted for code in land_of(country)}
    return tuple(Shape(country.path, country.code in outlines) for country in land(view))


def _arc(view: View, line: Line) -> Arc:
    return Arc(bow(view.pixel(line.start), view.pixel(line.end)), line.colour, line.is_dashed)


def _edge_text(degree: Degree) -> EdgeText:
    if degree.is_meridian:
        template = _("%(degrees)s° E") if degree.degrees >= 0 else _("%(degrees)s° W")
    else:
        template = _("%(degrees)s° N")
    return EdgeText(
        degree.x, degree.y, template % {"degrees": abs(degree.degrees)}, "middle" if degree.is_meridian else "start"
    )


def _id_of(*content: object) -> str:
    """The same content has the same id, whenever and wherever it is drawn."""
    return "map-" + sha256(repr(content).encode()).hexdigest()[:10]
