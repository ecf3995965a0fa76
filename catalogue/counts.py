"""How many entries bear each value of a facet: exact, following the other filters, in one statement."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, Func, QuerySet, Value

from catalogue.filters import EntryFilter
from catalogue.models import CatalogueState, EntryFacet

FACETS = ("country", "topic", "programme", "organisation", "project", "period", "year", "language", "status", "type")
_CLOCK, _NUMBER = "the clock", "the number"  # stand where a facet's name stands
_WHOLE = BigIntegerField()


class Counts(NamedTuple):
    """What was counted, and how far the catalogue was at that moment."""

    facets: dict[str, dict[str, int]]
    number: int | None  # of the entries that pass all filters
    epoch: str
    position: int


def facet_counts(entries: EntryFilter, names: Iterable[str] = FACETS) -> dict[str, dict[str, int]]:
    """For each facet its values with their counts, most frequent first; each counted with all *other* filters applied.

    Facets that are not filtered by share one part of the statement; each that is has a part of its own.
    """
    names = list(names)
    return _by_facet(names, _united(_parts(entries, names)))


def counts(entries: EntryFilter, names: Iterable[str] = FACETS, *, with_number: bool) -> Counts:
    """The same facets, in one statement with the number of all and with what the clock says."""
    names = list(names)
    parts = _parts(entries, names)
    parts.append(CatalogueState.objects.order_by().values_list(Value(_CLOCK), "epoch", "position"))
    if with_number:
        passing = entries.entries().order_by()
        parts.append(passing.values_list(Value(_NUMBER), Value(""), Func("pk", function="COUNT", output_field=_WHOLE)))
    found, own = [], {}
    for row in _united(parts):
        if row[0] in (_CLOCK, _NUMBER):
            own[row[0]] = row[1:]
        else:
            found.append(row)
    _nothing, number = own.get(_NUMBER, ("", 0 if with_number else None))  # what cannot pass is not asked for
    return Counts(_by_facet(names, found), number, *own[_CLOCK])


def _parts(entries: EntryFilter, names: list[str]) -> list[QuerySet]:
    filtered = [name for name in names if name in entries.active()]
    parts = [_counted([name], entries.entries(without=name)) for name in filtered]
    if unfiltered := [name for name in names if name not in filtered]:
        parts.append(_counted(unfiltered, entries.entries()))
    return parts


def _united(parts: list[QuerySet]) -> QuerySet:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _by_facet(names: list[str], rows: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, value, number in sorted(rows, key=lambda row: (-row[2], row[1])):
        found[name][value] = number
    return found


def _counted(names: list[str], entries):
    rows = EntryFacet.objects.filter(name__in=names, entry__in=entries.order_by().values("pk"))
    return rows.order_by().values_list("name", "value").annotate(number=Count("pk"))
