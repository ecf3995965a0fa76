"""What the page of a practice shows beside its texts."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.cards import place_line, short_title
from catalogue.codes import NaceSection, Sdg, Topic
from catalogue.models import Entry
from catalogue.surroundings import Surroundings
from catalogue.texts import in_language
from catalogue.trails import TO_PRACTICES, steps_in
from catalogue.translated import words_beside
from operations.dates import long_date
from practices.charts import charts
from practices.models import GoodPractice
from practices.similar import similar_lines
from practices.standing import standing_of
from practices.templatetags.practice_parts import resources_of

register = template.Library()
register.simple_tag(similar_lines, name="similar_practices")
register.simple_tag(charts, name="evidence_charts")
NOT_BEGUN = (GoodPractice.Status.PLANNED,)
NOT_ENDED = (*NOT_BEGUN, GoodPractice.Status.RUNNING)
LONG_OPENING = 200  # characters: three lines of the reading column


register.simple_tag(standing_of, name="standing")


@register.simple_tag
def practice_facts(record: dict) -> list[dict]:
    """The facts column: where, when, who, from what, for how much, about what."""
    organisation = record["organisation_in_charge"]
    return [
        {"label": _("Place"), "value": place_line(record["places"])},
        {
            "label": ngettext("In the area", "In the areas", len(record.get("areas", ()))),
            "lines": [{"text": short_title(area), "url": area["url"]} for area in record.get("areas", ())],
        },
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
        {"label": _("Still true"), "value": _confirmed(record.get("confirmed_on"))},
        {"label": _("Reach"), "value": _label(GoodPractice.Scope, record["geographical_scope"])},
        *resources_of(record),
        {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
        {"label": _("Branches"), "lines": [{"text": str(NaceSection(code).label)} for code in record.get("nace", ())]},
        {"label": _("UN goals"), "lines": [_goal(number) for number in record.get("sdgs", ())]},
        {"label": _("Contact"), "value": (record.get("contact") or {}).get("name", "")},
        {"label": _("Written by"), "value": record.get("author") or ""},
    ]


def _label(choices, code: str | None) -> str:
    return str(choices(code).label) if code else ""


def _topic(code: str) -> dict:
    return {"text": str(Topic(code).label), "url": f"/{get_language()}/practices/?topic={code}"}


def _confirmed(day: str | None) -> str:
    return _("confirmed on %(day)s") % {"day": long_date(day)} if day else ""


def _goal(number: int) -> dict:
    """A Sustainable Development Goal with its number, by which many know it."""
    return {"text": f"{number} {Sdg(number).label}"}


@register.simple_tag
def results_behind(record: dict, around: Surroundings) -> list[dict]:
    """The project results that the practice grew from: {text, lang, behind, project, url}."""
    if not record["grew_from"]:
        return []
    found = []
    for entry in around.entries_of(record["projects"]):
        project = entry.record
        words = words_beside(project)
        for result in project["results"]:
            if result["uid"] in record["grew_from"]:
                reading = in_language(result["text"], get_language(), project["original_language"])
                found.append(
                    {
                        "text": reading.text,
                        "lang": "" if reading.language == get_language() else reading.language,
                        "behind": words.get(id(result["text"]), ""),
                        "project": project["acronym"],
                        "url": f"{_page(entry)}#{result['uid']}",
                    }
                )
    return found


def _page(entry: Entry) -> str:
    return f"/{get_language()}/{entry.kind}/{entry.slug}/"


@register.simple_tag
def trail_of(record: dict, around: Surroundings) -> list[dict]:
    """The capitalisation trail as far as its links exist: project, result, this practice, visit, measure."""
    behind = next((steps_in(entry, record) for entry in around.entries_of(record["projects"])), [])
    here = {"kind": "practice", "label": _("Good practice"), "title": "", "url": "", "current": True}
    onward = {group.relation: group.entries[0] for group in around.groups() if group.relation in TO_PRACTICES}
    ahead = [_ahead(relation, onward[relation]) for relation in TO_PRACTICES if relation in onward]
    return [*behind, here, *ahead] if behind or ahead else []


def _ahead(relation: str, entry: Entry) -> dict:
    label = _("Visit") if relation == "shown" else _("Measure")
    return {"kind": kinds.get(entry.kind).symbol, "label": label, "title": "", "url": _page(entry)}


@register.simple_tag(takes_context=True)
def opinion_address(context) -> str:
    """Where she who reads may give an opinion as an expert, or change the one that stands; visitors cost no query."""
    entry, user = context.get("entry"), getattr(context.get("request"), "user", None)
    if not entry or context.get("version") or not user or not user.is_authenticated:
        return ""
    hers = GoodPractice.objects.with_opinion_for(user).filter(uid=entry.uid)
    return reverse("practices:opinion", args=[entry.uid]) if hers.exists() else ""


@register.simple_tag
def opens_long(record: dict) -> bool:
    """Whether the first paragraph is long enough for a large letter to stand in."""
    opening = in_language(record["problem_and_context"], get_language(), record["original_language"]).text
    return len(opening.split("\n- ")[0].split("\n\n")[0]) >= LONG_OPENING


@register.simple_tag
def practice_places(record: dict) -> list[dict]:
    """The practice's places as its map takes them."""
    return [place | {"kind": "practice", "label": place["town"] or "", "main": True} for place in record["places"]]
