"""What the page of an industrial area shows beside its texts."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.cards import place_line, short_title, told
from catalogue.codes import NaceSection, Topic
from partners.cards import hectares, plain_number
from partners.models import IndustrialArea

register = template.Library()


@register.simple_tag
def area_stats(record: dict) -> list[dict]:
    """The area in numbers, as far as they are known; nought is a number."""
    numbers = [
        (_("in all"), hectares(record["hectares_total"])),
        (_("still free"), hectares(record["hectares_free"])),
        (_("firms"), _count(record["firms"])),
        (_("jobs"), _count(record["jobs"])),
    ]
    return [{"label": label, "value": value} for label, value in numbers if value]


def _count(number: int | None) -> str:
    return "" if number is None else plain_number(number)


@register.simple_tag
def area_facts(record: dict) -> list[dict]:
    manager, website, code = record["manager"], record["website"] or "", record["type"]
    facts = [
        {"label": _("Kind"), "value": capfirst(str(IndustrialArea.Type(code).label)) if code else ""},
        {"label": _("Place"), "value": place_line(record["places"])},
        {"label": _("Managed by"), "value": short_title(manager), "url": manager["url"] if manager else ""},
        {"label": _("Branches"), "lines": [{"text": str(NaceSection(code).label)} for code in record["nace"]]},
        {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
        {"label": _("Website"), "value": website.split("://")[-1].rstrip("/"), "url": website},
    ]
    return told(facts)


def _topic(code: str) -> dict:
    return {"text": str(Topic(code).label), "url": f"/{get_language()}/areas/?topic={code}"}


@register.simple_tag
def area_places(record: dict) -> list[dict]:
    """The area's places as its map takes them."""
    return [place | {"kind": "area", "label": place["town"] or "", "main": True} for place in record["places"]]
