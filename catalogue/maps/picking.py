"""A map on which a spot is picked: the land around one country, each country told apart, and how its pixels lie on the grid."""

from dataclasses import dataclass

from catalogue.codes.countries import country_name
from catalogue.maps.graticule import graticule
from catalogue.maps.land import Country, land, mainland
from catalogue.maps.places import land_of
from catalogue.maps.view import EUROPE, View, around, view_of

# More pixels than it is shown with: one can look closer.
SIZE = (1440, 1080)
_NARROWEST = 120  # kilometres
_PADDING = 0.06
_GRATICULE_APART = 160


@dataclass(frozen=True)
class Picker:
    """What `catalogue/parts/picker.html` draws; `is_near` says that the country itself is in view."""

    country: str
    title: str
    view: View
    land: tuple[Country, ...]
    graticule: str
    is_near: bool


def picker(country: str, language: str) -> Picker:
    """Without a country, or with one beyond our map, the whole of Europe."""
    boxes = [box for box in map(mainland, land_of(country)) if box] if country else []
    corners = [corner for box in boxes for corner in (box[:2], box[2:])]
    view = view_of(
        around(corners) if corners else EUROPE,
        size=SIZE,
        narrowest=_NARROWEST,
        padding=_PADDING if corners else 0,
    )
    grid, _degrees = graticule(view, _GRATICULE_APART)
    title = country_name(country, language) if country else ""
    return Picker(country, title, view, land(view), grid, is_near=bool(corners))
