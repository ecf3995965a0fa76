"""Lists of the catalogue that any page may show."""

from collections.abc import Iterable

from django import template
from django.db.models import Count
from django.urls import reverse

from catalogue import kinds
from catalogue.cards import lines
from catalogue.dates import long_date
from catalogue.models import Entry
from catalogue.relations import groups_pointing_to

register = template.Library()


@register.simple_tag
def latest_entries(kind: str = "", count: int = 5, but: Iterable[dict] = ()) -> list[dict]:
    """What was published last, newest first, of one kind or of all, as `components/latest.html` takes it.

    `but` are entries that the page shows already.
    """
    shown_already = [entry["uid"] for entry in but]
    entries = Entry.objects.visible().exclude(uid__in=shown_already).defer("document").order_by("-published", "-id")
    newest = (entries.of_kind(kind) if kind else entries)[:count]
    dates = [{"date": entry.short["published"][:10], "date_label": long_date(entry.published)} for entry in newest]
    shown = lines([entry.short for entry in newest])
    return [entry | date for entry, date in zip(shown, dates, strict=True)]


@register.inclusion_tag("components/stats.html")
def catalogue_figures() -> dict:
    """How many records of each kind are published, with one query."""
    counts = dict(Entry.objects.visible().order_by().values_list("kind").annotate(count=Count("pk")))
    return {
        "stats": [
            {"value": counts[kind.name], "label": kind.plural, "url": reverse("catalogue:list", args=[kind.name])}
            for kind in kinds.all_kinds()
            if counts.get(kind.name)
        ]
    }


@register.inclusion_tag("catalogue/related.html")
def related_records(record: dict) -> dict:
    """What points to a record, by kind and relation, with one query."""
    groups = groups_pointing_to(record["uid"])
    return {
        "groups": [{"label": group.label, "entries": lines(group.cards)} for group in groups],
    }
