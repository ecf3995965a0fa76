"""How many entries bear each value of a facet: exact, following the other filters, in one statement."""

from collections.abc import Iterable

from django.db.models import Count

from catalogue.filters import EntryFilter
from catalogue.models import EntryFacet

FACETS = ("country", "topic", "programme", "organisation", "project", "period", "year", "language", "status", "type")


def facet_counts(entries: EntryFilter, names: Iterable[str] = FACETS) -> dict[str, dict[str, int]]:
    """For each facet its values with their counts, most frequent first; each counted with all *other* filters applied.

    Facets that are not filtered by share one part of the statement; each that is has a part of its own.
    """
    names = list(names)
    filtered = [name for name in names if name in entries.active()]
    parts = [_counted([name], entries.entries(without=name)) for name in filtered]
    if unfiltered := [name for name in names if name not in filtered]:
        parts.append(_counted(unfiltered, entries.entries()))
    statement = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, value, number in sorted(statement, key=lambda row: (-row[2], row[1])):
        counts[name][value] = number
    return counts


def _counted(names: list[str], entries):
    rows = EntryFacet.objects.filter(name__in=names, entry__in=entries.order_by().values("pk"))
    return rows.order_by().values_list("name", "value").annotate(number=Count("pk"))
