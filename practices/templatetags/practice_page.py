"""What the page of a practice shows beside its texts."""

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.cards import line, place_line, short_title
from catalogue.codes import Topic
from catalogue.dates import long_date
from catalogue.models import Entry, EntryFacet
from catalogue.relations import entries_named
from catalogue.texts import in_language
from practices.models import GoodPractice

register = template.Library()
SIMILAR_SHOWN = 3
NOT_BEGUN = (GoodPractice.Status.PLANNED,)
NOT_ENDED = (*NOT_BEGUN, GoodPractice.Status.RUNNING)
LONG_OPENING = 200  # characters: three lines of the reading column


@register.simple_tag
def practice_facts(record: dict) -> list[dict]:
    """The facts column: where, when, who, from what, about what."""
    organisation = record["organisation_in_charge"]
    return [
        {"label": _("Place"), "value": place_line(record["places"])},
        {
            "label": ngettext("From project", "From projects", len(record["projects"])),
            "lines": [{"text": short_title(project), "url": project["url"]} for project in record["projects"]],
        },
        {
            "label": _("In charge"),
            "value": short_title(organisation),
            "url": organisation["url"] if organisation else "",
        },
        {"label": _("Status"), "value": _label(GoodPractice.Status, record["status"])},
        {"label": _("Begins") if record["status"] in NOT_BEGUN else _("Began"), "value": long_date(record["start"])},
        {"label": _("Ends") if record["status"] in NOT_ENDED else _("Ended"), "value": long_date(record["end"])},
        {"label": _("Reach"), "value": _label(GoodPractice.Scope, record["geographical_scope"])},
        {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
    ]


def _label(choices, code: str | None) -> str:
    return str(choices(code).label) if code else ""


def _topic(code: str) -> dict:
    return {"text": str(Topic(code).label), "url": f"/{get_language()}/practices/?topic={code}"}


@register.simple_tag
def results_behind(record: dict) -> list[dict]:
    """The project results that the practice grew from: {text, lang, project, url}, with one query."""
    if not record["grew_from"]:
        return []
    found = []
    for entry in _entries_of(record["projects"]):
        for result in entry.record["results"]:
            if result["uid"] in record["grew_from"]:
                reading = in_language(result["text"], get_language(), entry.record["original_language"])
                found.append(
                    {
                        "text": reading.text,
                        "lang": "" if reading.language == get_language() else reading.language,
                        "project": entry.record["acronym"],
                        "url": f"{_page(entry)}#{result['uid']}",
                    }
                )
    return found


def _entries_of(embeds: list[dict]) -> list[Entry]:
    return list(Entry.objects.visible().filter(uid__in=[embed["uid"] for embed in embeds]))


def _page(entry: Entry) -> str:
    return f"/{get_language()}/{entry.kind}/{entry.slug}/"


@register.simple_tag
def trail_of(record: dict) -> list[dict]:
    """The capitalisation trail as far as its links exist: project, result, this practice."""
    results = results_behind(record)
    projects = entries_named(record["projects"])
    steps = []
    for entry in list(projects.values())[:1]:
        steps.append(
            {"kind": "project", "label": _("Project"), "title": line(entry.short)["title"], "url": _page(entry)}
        )
    if results:
        steps.append({"kind": "result", "label": _("Result"), "title": results[0]["text"], "url": results[0]["url"]})
    here = {"kind": "practice", "label": _("Good practice"), "title": "", "url": "", "current": True}
    return [*steps, here] if steps else []


@register.simple_tag
def similar_practices(record: dict) -> list[dict]:
    """Other practices that share most topics and countries, each with the reason as its meta line."""
    wanted = [("topic", code) for code in record["topics"]]
    shared = EntryFacet.objects.filter(name="topic", value__in=[code for _name, code in wanted])
    counted: dict[int, list[str]] = {}
    visible = Entry.objects.visible().of_kind("practices").exclude(uid=record["uid"])
    for entry_id, code in shared.filter(entry__in=visible).values_list("entry_id", "value"):
        counted.setdefault(entry_id, []).append(code)
    best = sorted(counted, key=lambda pk: (-len(counted[pk]), pk))[:SIMILAR_SHOWN]
    entries = {entry.pk: entry for entry in Entry.objects.visible().filter(pk__in=best).defer("document")}
    return [line(entries[pk].short) | {"meta": [_reason(counted[pk])]} for pk in best if pk in entries]


def _reason(codes: list[str]) -> str:
    return _("Also about: %(topics)s") % {"topics": ", ".join(str(Topic(code).label) for code in sorted(codes))}


@register.simple_tag
def opens_long(record: dict) -> bool:
    """Whether the first paragraph is long enough for a large letter to stand in."""
    opening = in_language(record["problem_and_context"], get_language(), record["original_language"]).text
    return len(opening.split("\n- ")[0].split("\n\n")[0]) >= LONG_OPENING


@register.simple_tag
def practice_places(record: dict) -> list[dict]:
    """The practice's places as its map takes them."""
    return [place | {"kind": "practice", "label": place["town"] or "", "main": True} for place in record["places"]]
