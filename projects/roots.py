"""The projects that the network grew from."""

from catalogue.models import Entry, EntryFacet, Reference

MOST = 9  # three rows of three


def founding_projects() -> list[Entry]:
    """The projects that others build on, and those that ended before the first of these others began; the oldest first.

    While no project says that it builds on another, the latest ones.
    """
    projects = Entry.objects.visible().of_kind("projects").defer("document")
    links = Reference.objects.filter(relation="capitalises", source__in=projects)
    heirs = list(projects.filter(pk__in=links.values("source")))
    if not heirs:
        return list(projects.order_by("-published", "-id")[:MOST])
    named = projects.filter(uid__in=links.values("target_uid"))
    older = _ended_before(min((heir.short["start"] for heir in heirs if heir.short["start"]), default=""))
    roots = (named | projects.filter(pk__in=older)).exclude(pk__in=[heir.pk for heir in heirs])
    return sorted(roots, key=lambda entry: (entry.short["start"] or "9999", entry.title_key))[:MOST]


def _ended_before(day: str):
    """The keys of entries all of whose years lie before the year of an ISO date; none where the date is empty."""
    years = EntryFacet.objects.filter(name="year")
    return (
        years.filter(value__lt=day[:4])
        .exclude(entry__in=years.filter(value__gte=day[:4]).values("entry"))
        .values("entry")
    )
