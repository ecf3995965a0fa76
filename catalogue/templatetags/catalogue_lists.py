"""Lists of the catalogue that any page may show."""

from django import template
from django.template import Context
from django.urls import reverse

from catalogue.shelves import Shelves
from catalogue.surroundings import Group, Surroundings

register = template.Library()


@register.simple_tag(takes_context=True)
def shelves_for(context: Context, segments: list[dict]) -> Shelves:
    """What the sections of the page show. It says, too, until when the page is as it is."""
    shelves, request = Shelves(segments), context["request"]
    if until := shelves.fresh_until:
        request.fresh_until = min(until, getattr(request, "fresh_until", until))
    return shelves


@register.simple_tag
def latest_of(shelves: Shelves, section: dict) -> list[dict]:
    """As `components/latest.html` takes them; so do the following."""
    return shelves.latest(section["kind"] or "", section["count"])


@register.simple_tag
def new_of(shelves: Shelves, section: dict) -> list[dict]:
    return shelves.new(section["count"])


@register.simple_tag
def featured_of(shelves: Shelves, section: dict) -> list[dict]:
    return shelves.featured(section["records"])


@register.simple_tag
def coming_of(shelves: Shelves, section: dict) -> list[dict]:
    return shelves.coming(section["count"])


@register.simple_tag
def chosen_by(shelves: Shelves, place: str) -> list[dict]:
    """The records that a room above chooses for sections of this name."""
    return shelves.chosen_by(place)


@register.inclusion_tag("catalogue/related.html")
def related_records(around: Surroundings) -> dict:
    """What points to a record, by kind and relation: the first of each, how many there are, and where the rest is."""
    return {"groups": [_related(group, around) for group in around.groups()]}


def _related(group: Group, around: Surroundings) -> dict:
    query = around.list_query(group) if group.number > len(group.entries) else ""
    return {
        "label": group.label,
        "number": group.number,
        "entries": around.lines(group.entries),
        "more": group.number - len(group.entries),
        "url": f"{reverse('catalogue:list', args=[group.kind.name])}?{query}" if query else "",
    }
