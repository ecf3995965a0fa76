"""`{% map %}`: a map of Europe, drawn inline."""

from collections.abc import Iterable

from django import template

from catalogue.cards import undrawn_places
from catalogue.maps import europe
from catalogue.maps.places import Place

register = template.Library()
register.simple_tag(undrawn_places)


@register.filter
def spots(entry: dict) -> list[dict]:
    """Where the thing in a list is, as the map of a plate takes it; nothing where only the country is known."""
    known = [place for place in entry.get("places") or () if place.get("lat") is not None]
    return [place | {"kind": entry["kind"], "label": place["town"] or "", "main": True} for place in known]


@register.inclusion_tag("components/map.html")
def map(
    places: Iterable[Place] | None = None,
    *,
    label: str,
    variant: str = "plate",
    routes: Iterable | None = None,
    highlight: Iterable[str] | str | None = None,
    numbers: bool | None = None,
    name: str = "",
) -> dict:
    """`{% map places=… routes=… highlight=… label="…" variant="plate|wide|mini|bleed" %}`

    `label` says in words what the map shows; `catalogue.maps.europe` says what the others are. `highlight` may be
    country codes with spaces between them. A variable that the template lacks is "", which means the same as nothing.
    """
    if isinstance(highlight, str):
        highlight = highlight.split() or None
    drawn = europe(
        places or (),
        routes=routes or (),
        highlight=highlight,
        label=label,
        variant=variant,
        numbers=None if numbers == "" else numbers,
        name=name,
    )
    return {"map": drawn}
