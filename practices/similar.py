"""Which practices stand beside a practice on its page, and why: what it has in common with each."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Sum, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.cards import country, line, short_title
from catalogue.codes import Topic
from catalogue.models import Entry, Reference
from catalogue.surroundings import Surroundings

SHOWN = 3
REASONS = 3  # of those that there are, the strongest are said
# How much one thing in common says, by the facet under which it is found.
WEIGHTS = {"project": 8, "area": 7, "organisation": 4, "topic": 3, "country": 1}
TOGETHER = 6
# The relations by which an event and an action plan name practices.
MET = {"visited_together": "shown", "adopted_together": "derived_from"}


def similar_to(document: dict) -> Q:
    """Those that have most in common with it."""
    common = {
        name: Q(facets__name=name, facets__value__in=values) for name, values in _values(document).items() if values
    }
    weights = [When(alike, then=WEIGHTS[name]) for name, alike in common.items()]
    together = Q(uid__in=_named_with(document["uid"], MET.values()).values("target_uid"))
    score = Sum(Case(*weights, default=0, output_field=IntegerField())) if weights else 0
    others = Entry.objects.visible().of_kind("practices").exclude(uid=document["uid"])
    best = (
        others.filter(reduce(or_, common.values(), together))
        .annotate(score=score + Max(Case(When(together, then=TOGETHER), default=0)))
        .order_by("-score", "pk")
        .values("pk")[:SHOWN]
    )
    return Q(pk__in=best)


def met_with(document: dict) -> dict[str, Exists]:
    """Whether an entry was visited, or taken into a plan, together with the practice: no card says that."""
    return {
        name: Exists(_named_with(document["uid"], [relation]).filter(target_uid=OuterRef("uid")))
        for name, relation in MET.items()
    }


def _named_with(uid: str, relations) -> QuerySet[Reference]:
    """All that the visible events and plans name which name this one."""
    naming = Reference.objects.filter(target_uid=uid, relation__in=relations, source__in=Entry.objects.visible())
    return Reference.objects.filter(source__in=naming.values("source"), relation__in=relations)


def _values(document: dict) -> dict[str, list[str]]:
    organisation = document["organisation_in_charge"]
    return {
        "project": [project["uid"] for project in document["projects"]],
        "area": [area["uid"] for area in document.get("areas") or []],
        "organisation": [organisation["uid"]] if organisation else [],
        "topic": list(document["topics"]),
        "country": list(dict.fromkeys(place["country"] for place in document["places"])),
    }


# Why


def similar_lines(record: dict, around: Surroundings) -> list[dict]:
    """As lists show them, each with its reasons as its meta lines; who has most in common stands first."""
    ranked = sorted(around.beside, key=lambda entry: (-_score(record, entry), entry.pk))
    return [line(entry.short) | {"meta": list(_reasons(record, entry, around))[:REASONS]} for entry in ranked]


def _in_common(record: dict, entry: Entry) -> dict[str, list[str]]:
    theirs = _values(entry.short)
    return {name: [value for value in mine if value in theirs[name]] for name, mine in _values(record).items()}


def _score(record: dict, entry: Entry) -> int:
    common = _in_common(record, entry)
    met = any(getattr(entry, name) for name in MET)
    return sum(WEIGHTS[name] * len(values) for name, values in common.items()) + TOGETHER * met


def _reasons(record: dict, entry: Entry, around: Surroundings) -> Iterator[str]:
    """The strongest first."""
    common = _in_common(record, entry)
    if common["project"]:
        names = _names(record["projects"], common["project"], around)
        told = ngettext("From the same project: %(names)s", "From the same projects: %(names)s", len(common["project"]))
        yield told % {"names": names}
    if common["area"]:
        yield _("In the same area: %(names)s") % {"names": _names(record["areas"], common["area"], around)}
    if entry.visited_together:
        yield _("Shown at the same event")
    if entry.adopted_together:
        yield _("Taken into the same action plan")
    if common["organisation"]:
        yield _("From the same organisation")
    if common["topic"]:
        labels = ", ".join(str(Topic(code).label) for code in sorted(common["topic"]))
        yield _("Also about: %(topics)s") % {"topics": labels}
    if common["country"]:
        yield _("From the same country: %(names)s") % {"names": ", ".join(map(country, common["country"]))}


def _names(embeds: list[dict], uids: list[str], around: Surroundings) -> str:
    """By their acronyms, where they have one."""
    named = [embed for embed in embeds if embed["uid"] in uids]
    acronyms = {str(entry.uid): entry.short.get("acronym") for entry in around.entries_of(named)}
    return ", ".join(acronyms.get(embed["uid"]) or short_title(embed) for embed in named)
