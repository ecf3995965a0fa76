"""The projects that the network grew from."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from catalogue.models import Entry, EntryFacet, Reference
from catalogue.shelves import Source

MOST = 9  # three rows of three


def founding_projects() -> QuerySet[Entry]:
    """The projects that others build on, and those that ended before the first of these others began; the oldest first."""
    projects = Entry.objects.visible().of_kind("projects").defer("document")
    years = EntryFacet.objects.filter(name="year").order_by("value").values("value")
    links = Reference.objects.filter(relation="capitalises", source__in=projects.values("pk"))
    heirs = links.values("source")
    heirs_began = Subquery(years.filter(entry__in=heirs)[:1])
    later = EntryFacet.objects.filter(name="year", value__gte=heirs_began).values("entry")
    earlier = EntryFacet.objects.filter(name="year", value__lt=heirs_began).exclude(entry__in=later).values("entry")
    roots = (
        projects.filter(Q(uid__in=links.values("target_uid")) | Q(pk__in=earlier))
        .exclude(pk__in=heirs)
        .annotate(began=Subquery(years.filter(entry=OuterRef("pk"))[:1]))
        .order_by(F("began").asc(nulls_last=True), "title_key")
    )
    return roots[:MOST]


def _oldest_first(entry: Entry) -> tuple[str, str]:
    years = [day[:4] for day in (entry.short["start"], entry.short["end"]) if day]
    return min(years, default="9999"), entry.title_key


# While no project says that it builds on another, the latest ones stand there.
FOUNDING = Source(entries=founding_projects, order=_oldest_first, otherwise="projects", most=MOST)
