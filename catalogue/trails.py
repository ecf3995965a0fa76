"""The capitalisation trail: prior result → practice → visit → measure → indicator value, as far as its links exist.

A practice stands in the middle: it grew from a project's result, was shown at an event, became a measure of a plan. Each kind
says by its `trail` what it adds.
"""

from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.text import capfirst

from catalogue import kinds
from catalogue.cards import line
from catalogue.models import Entry, Reference

# What practices say of others, and others of practices.
FROM_PRACTICES, TO_PRACTICES = ("grew_from",), ("shown", "derived_from")
ORDER = ("projects", "practices", "events", "action-plans")


def trail(practice: UUID | str | None = None) -> list[dict]:
    """The trail of a practice, or the one with the most links, as the `chain` component takes it; empty without any link.

    One query, whatever the catalogue holds.
    """
    practices = [practice] if practice else _with_most_links()
    projects = Reference.objects.filter(source__uid__in=practices, relation="project").values("target_uid")
    onward = Reference.objects.filter(target_uid__in=practices, relation__in=TO_PRACTICES).values("source")
    entries = Entry.objects.visible().filter(Q(uid__in=practices) | Q(uid__in=projects) | Q(pk__in=onward))
    return steps_of(list(entries.order_by("pk")))


def _with_most_links() -> QuerySet:
    """The uid of the practice with the most kinds of links; the first of several."""
    links = Reference.objects.filter(
        relation__in=FROM_PRACTICES + TO_PRACTICES, source__in=Entry.objects.visible()
    ).annotate(practice=Case(When(relation__in=FROM_PRACTICES, then=F("source__uid")), default=F("target_uid")))
    return (
        links.filter(practice__in=Entry.objects.visible().of_kind("practices").values("uid"))
        .values("practice")
        .annotate(links=Count("relation", distinct=True))
        .order_by("-links", "practice")
        .values("practice")[:1]
    )


def steps_of(entries: list[Entry]) -> list[dict]:
    """The steps of one practice with the entries that it is linked to: of each kind those of the first that has any."""
    practice = next((entry for entry in entries if entry.kind == "practices"), None)
    if practice is None:
        return []
    steps = []
    for name in ORDER:
        of_kind = (entry for entry in entries if entry.kind == name)
        steps += next((found for entry in of_kind if (found := steps_in(entry, practice.record))), [])
    return steps if len(steps) > 1 else []


def steps_in(entry: Entry, practice: dict) -> list[dict]:
    """What an entry adds to the trail of a practice: {kind, label, title, url, lang, note, example}."""
    kind = kinds.get(entry.kind)
    shown = line(entry.short)
    whole = {"kind": kind.symbol, "label": capfirst(str(kind.label)), "title": shown["title"], "url": shown["url"]}
    whole |= {"lang": shown["lang"], "example": shown["example"]}
    return kind.trail(entry.record, practice, whole) if kind.trail else [whole]
