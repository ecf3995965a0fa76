"""What the page of an event shows beside its texts."""

from datetime import datetime
from itertools import groupby

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.cards import country, page_address, told
from catalogue.codes import Topic
from catalogue.surroundings import Surroundings
from catalogue.texts import in_language
from events import cards
from events.clock import keep_until
from events.languages import in_words
from events.models import Event
from events.spans import span

register = template.Library()


@register.simple_tag(takes_context=True)
def event_time(context: Context, record: dict) -> dict:
    """When it is, and how that stands to now: {days, times, zone, state: "", "past" or "now", is_cancelled}.

    The page that asks changes when the event begins or ends, and says so to whoever keeps it.
    """
    return {
        "days": cards.days_in_words(record),
        "first": record["start"],
        "times": cards.times_in_words(record),
        "zone": cards.zone_in_words(record),
        "state": _state(context.get("request"), span(record)),
        "is_cancelled": record["status"] == Event.Status.CANCELLED,
    }


def _state(request, lasts: tuple[datetime, datetime] | None) -> str:
    if lasts is None:
        return ""
    now, (starts, ends) = timezone.now(), lasts
    ahead = [moment for moment in lasts if moment > now]
    if request is not None and ahead:
        keep_until(request, ahead[0])
    return "past" if now >= ends else "now" if now >= starts else ""


@register.filter
def needs_legend(record: dict) -> bool:
    """Whether both kinds of items stand in the programme: those that show a practice, and others."""
    return len({bool(item["practices"]) for item in record["agenda"]}) > 1


@register.simple_tag
def event_programme(record: dict, around: Surroundings) -> list[dict]:
    """Its days: {label, date, items: [{id, time, end, title, text, practices}]}, at the times of its own place."""
    zone = record["time_zone"]
    by_day = groupby(record["agenda"], key=lambda item: cards.day_in(item["start"], zone))
    return [
        {
            "label": cards.weekday_and_date(day),
            "date": day.isoformat(),
            "items": [_item(item, zone, record, around) for item in items],
        }
        for day, items in by_day
    ]


def _item(item: dict, zone: str, record: dict, around: Surroundings) -> dict:
    return item | {
        "time": cards.clock(item["start"], zone),
        "until": cards.clock(item["end"], zone) if item["end"] else "",
        "practices": [_link(practice, around) for practice in item["practices"]],
    }


def _link(embedded: dict | None, around: Surroundings) -> dict:
    """{text, url, lang} of a record that is named; straight to its page where the page knows it."""
    if not embedded:
        return {}
    entry = around.named.get(embedded["uid"])
    reading = in_language(embedded["title"], get_language())
    acronym = entry.short.get("acronym") if entry else None
    return {
        "text": acronym or reading.text,
        "url": page_address(entry.short) if entry else embedded["url"],
        "lang": "" if acronym or reading.language == get_language() else reading.language,
    }


@register.simple_tag
def event_people(record: dict, around: Surroundings) -> list[dict]:
    """Who speaks: {name, function, organisation}."""
    return [speaker | {"organisation": _link(speaker["organisation"], around)} for speaker in record["speakers"]]


@register.simple_tag
def event_practices(record: dict, around: Surroundings) -> list[dict]:
    """Every practice that is shown, in the programme or beside it, as lists of entries show it."""
    shown = [*record["practices"], *(practice for item in record["agenda"] for practice in item["practices"])]
    once = {practice["uid"]: practice for practice in shown}
    return around.lines(around.entries_of(once.values()))


@register.simple_tag
def event_facts(record: dict, around: Surroundings) -> list[dict]:
    """The rest of what one wants to know: who asks whom, in which languages, about what."""
    host, project = _link(record["host"], around), _link(record["project"], around)
    return told(
        [
            {"label": _("Host"), "value": host.get("text"), "url": host.get("url"), "lang": host.get("lang")},
            {
                "label": _("Project"),
                "value": project.get("text"),
                "url": project.get("url"),
                "lang": project.get("lang"),
            },
            {"label": _("Areas"), "lines": [_link(area, around) for area in record["areas"]]},
            {"label": _("Languages"), "value": capfirst(in_words(record["languages"]))},
            {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
        ]
    )


def _topic(code: str) -> dict:
    url = f"{reverse('catalogue:list', args=['events'])}?topic={code}"
    return {"text": str(Topic(code).label), "url": url}


@register.simple_tag
def event_address(record: dict) -> list[str]:
    """The venue, line by line."""
    venue = record["venue"]
    town = " ".join(part for part in (venue["postal_code"], venue["town"]) if part)
    land = country(venue["country"]) if venue["country"] else ""
    return [line for line in (venue["name"], venue["street"], town, land) if line]


@register.simple_tag
def event_mode(record: dict) -> str:
    """`Online`, `On site and online`; nothing for what is only where it is."""
    mode = Event.Mode(record["mode"])
    return "" if mode == Event.Mode.ON_SITE else capfirst(mode.label)


@register.simple_tag
def event_places(record: dict) -> list[dict]:
    """Where it is, as its map takes it; nothing for what is online only, or of which only the address is known.

    What a map of many counts with its country would be nothing but a number on the map of one.
    """
    if record["mode"] == Event.Mode.ONLINE:
        return []
    known = [place for place in record["places"] if place["lat"] is not None]
    return [place | {"kind": "event", "label": place["town"] or "", "main": True} for place in known]


@register.simple_tag
def calendar_file(record: dict) -> str:
    """The address of its calendar file; empty for a draft, which has none."""
    some = next(iter(record["pages"].values()), "")
    return reverse("events:file", args=[some.rstrip("/").rpartition("/")[2]]) if some else ""
