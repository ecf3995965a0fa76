"""The records of a page, how many there are in all, and how far the catalogue is: in two statements at most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from catalogue.counts import counts
from catalogue.cursors import ORDERS, Slice, way_of
from catalogue.filters import EntryFilter
from catalogue.models import Entry
from exchange import memory
from exchange.clock import CLOCK, Now, Statement, Told, beside, number_of, telling, told
from exchange.paging import Page
from exchange.stored import moment
from exchange.walk import walk

OF_TIME = ("modified", "starts")  # values of orders
WALKED = ((), (CLOCK,))  # what may stand first in rows of a walk


class Filters:
    """Those of a query string in which other parameters may stand, `also`.

    Where nothing is filtered no form is made, and no queryset: they would cost a full pull more than reading its records.
    """

    def __init__(self, query: QueryDict, kind: str, *, also: Sequence[str]):
        self.query, self.kind, self.also = query, kind, also
        self.are_used = not frozenset(EntryFilter.base_filters).isdisjoint(query)

    @cached_property
    def form(self) -> EntryFilter:
        return EntryFilter(self.query, kind=self.kind, also=self.also)

    @cached_property
    def active(self) -> dict[str, list[str]]:
        return self.form.active() if self.are_used else {}

    @cached_property
    def entries(self) -> QuerySet:
        return self.form.entries()


@dataclass(frozen=True)
class AskedFor:
    """`size` records behind the page's cursor; `column` has the text of each."""

    filters: Filters
    page: Page
    column: str
    size: int
    with_count: bool
    with_facets: bool

    @property
    def is_counted(self) -> bool:
        return self.with_count or not self.filters.active

    @property
    def is_walk(self) -> bool:
        """Whether it is the list of all, in the order that never changes."""
        page = self.page
        return not (self.filters.are_used or page.order or page.cursor and page.cursor.backwards)


class Found(NamedTuple):
    now: Now | None  # none where it was told before
    count: int | None  # none where nobody asked for it
    records: Slice  # of rows whose last value is the text
    facets: dict[str, dict[str, int]] | None = None


def find(asked_for: AskedFor, *, is_clock_read: bool) -> Found:
    """Rows, count and clock are of one moment; beside facets the rows may be of a later one.

    `is_clock_read`: how far the catalogue is was read before, and need not be told of an empty page.
    """
    finding = _Finding(asked_for, is_clock_read=is_clock_read)
    return finding.beside_facets() if asked_for.with_facets else finding.alone()


class _Finding:
    """The list of all is counted once for each version of the catalogue, any other whenever its count is asked for.

    Rows are made of (id, the order's other values, text).
    """

    def __init__(self, asked_for: AskedFor, *, is_clock_read: bool):
        self.asked_for, self.is_clock_read = asked_for, is_clock_read
        self.page, self.filters = asked_for.page, asked_for.filters
        self.memory = f"count of {self.filters.kind}"

    def alone(self) -> Found:
        found = self._told(counted=bool(self.filters.active) and self.asked_for.with_count)
        if self.asked_for.is_counted and found.number is None:
            found = self._with_number_of_all(found)
        return self._found(found)

    def _with_number_of_all(self, found: Told) -> Told:
        """Of many threads that ask at once, one counts."""
        number = memory.known(self.memory, str(found.now))
        if number is None:
            with memory.looking_for(self.memory):
                number = memory.known(self.memory, str(found.now))
                if number is None:
                    return self._told(counted=True)
        return found._replace(number=number)

    def beside_facets(self) -> Found:
        """Facets come first, with the clock; and with the number where the page may be empty although there are records."""
        is_counted, may_be_empty = self.asked_for.is_counted, bool(self.filters.active or self.page.cursor)
        first = counts(self.filters.form, with_number=is_counted and may_be_empty)
        now, number = Now(first.epoch, first.position), first.number
        if is_counted and number is None:
            number = memory.known(self.memory, str(now))
        found = self._told(counted=is_counted and number is None)
        return self._found(found._replace(now=now, number=found.number if number is None else number), first.facets)

    def _found(self, told: Told, facets: dict | None = None) -> Found:
        return Found(told.now, told.number, self.page.slice_from(told.rows, self.asked_for.size, self._value), facets)

    def _told(self, *, counted: bool) -> Told:
        """Where nothing is told, there is nothing."""
        try:
            found = told(self._statements(counted=counted))
        except EmptyResultSet:  # what is asked for cannot be
            found = Told(None if self._is_told_otherwise else Now.read(), None, [])
        if counted and found.now and not self.filters.active:
            memory.know(self.memory, str(found.now), found.number)
        return found if found.rows or found.number else found._replace(number=0 if self.asked_for.is_counted else None)

    def _statements(self, *, counted: bool) -> Iterator[Statement]:
        """The second one tells of an empty page, too, where that is not known otherwise."""
        yield self._rows(telling(self._number) if counted else CLOCK)
        if not self._is_told_otherwise:
            order = way_of(self.page.order, self.page.cursor)
            yield beside(self._rows(), *order, number=self._number if self.asked_for.is_counted else None)

    @property
    def _is_told_otherwise(self) -> bool:
        """Whether clock and count of an empty page are known without asking for them."""
        asked_for = self.asked_for
        return asked_for.with_facets or self.is_clock_read and not (asked_for.is_counted and self.page.cursor)

    @cached_property
    def _number(self) -> Statement:
        everything = Entry.objects.visible().of_kind(self.filters.kind).ours()
        return number_of(self.filters.entries if self.filters.active else everything)

    def _rows(self, *first: RawSQL) -> Statement:
        """`first`: what stands before their own values."""
        column, size = self.asked_for.column, self.asked_for.size
        if self.asked_for.is_walk and first in WALKED:
            return walk(self.filters.kind, column, size=size, cursor=self.page.cursor, tells=bool(first))
        return Statement.of(self.page.window(self.filters.entries.values_list(*first, *self._names, column), size))

    @cached_property
    def _names(self) -> list[str]:
        names = [field.lstrip("-") for field in ORDERS[self.page.order]]
        return ["id", *(name for name in names if name != "id")]

    def _value(self, row: tuple, name: str) -> Any:
        value = row[self._names.index(name)]
        if name in OF_TIME:
            return moment(value)
        return value.decode() if isinstance(value, bytes) else value
