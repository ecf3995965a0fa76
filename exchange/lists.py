"""The list of a kind: filtered, ordered, in pages, made of stored texts."""

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.counts import counts
from catalogue.cursors import (
    ORDERS,
    BadCursor,
    Cursor,
    Slice,
    orders_of,
    scope_of,
    slice_from,
    slice_of,
    way_of,
    window_of,
)
from catalogue.filters import EntryFilter, InvalidParameters
from catalogue.models import Entry
from catalogue.publication import dumps
from exchange import memory, parameters
from exchange.clock import CLOCK, Now, Statement, Told, beside, number_of, telling, told
from exchange.doors import Door, joined
from exchange.schema import record_name
from exchange.stored import moment
from exchange.walk import walk

OWN_PARAMETERS = ("ordering", "view", "page_size", "cursor", "count", "facets")
PAGE_SIZE = 50
MOST = {"full": 100, "summary": 500}  # records a page
COLUMNS = {"full": "document", "summary": "card"}
YES_OR_NO = ("yes", "no")
OF_TIME = ("modified", "starts")  # values of orders
WALKED = ((), (CLOCK,))  # what may stand first in rows of a walk
_FILTERS = frozenset(EntryFilter.base_filters)


class Page:
    """Slices a queryset by the request's `cursor`, and knows the addresses before and after."""

    def __init__(self, door: Door, *, scope: str, order: str = ""):
        self.door, self.scope, self.order = door, scope, order
        self.cursor = self._read()

    def _read(self) -> Cursor | None:
        """Where to go on; a cursor that cannot be read, or that is of another list, is refused."""
        text = self.door.asked.query.get("cursor")
        try:
            return text if text is None else Cursor.decode(text, scope=self.scope, order=self.order)
        except BadCursor as error:
            self.door.asked.refuse("cursor", str(error))
            return None

    def of(self, rows: QuerySet, size: int) -> Slice:
        return slice_of(rows, size=size, **self._place)

    def slice_from(self, rows: list[tuple], size: int, value: Callable[[tuple, str], Any]) -> Slice:
        return slice_from(rows, size=size, value=value, **self._place)

    def window(self, rows: QuerySet, size: int) -> QuerySet:
        return window_of(rows, order=self.order, size=size, cursor=self.cursor)

    @property
    def _place(self) -> dict[str, Any]:
        return {"order": self.order, "scope": self.scope, "cursor": self.cursor}

    def head(self, found: Slice, **first) -> str:
        """The beginning of a list's JSON object, up to `results`; `first` stands before the addresses."""
        told = {"base": settings.PUBLIC_URL, **first}
        told |= {"next": self.address(found.next), "previous": self.address(found.previous)}
        return dumps(told)[:-1]

    def address(self, cursor: Cursor | None) -> str | None:
        return f"{self._elsewhere}cursor={cursor.encode()}" if cursor else None

    @property
    def start(self) -> str:
        """The address of this list's beginning."""
        return self._elsewhere[:-1]

    @cached_property
    def _elsewhere(self) -> str:
        """The address of this list up to its cursor."""
        asked = [(name, values) for name, values in self.door.asked.query.lists() if name != "cursor"]
        query = f"{urlencode(asked, doseq=True)}&" if asked else ""
        return f"{settings.PUBLIC_URL}{self.door.request.path}?{query}"


class RecordList(Door):
    """Published records of one kind, in an order that never changes."""

    # An answer costs one statement; two where the page is empty, where facets are asked, and where nobody has counted the
    # whole list since the last publication. One more tells first how far the catalogue is where the answer is perhaps known
    # already, and one whether there are the networks that are asked for.

    operation = "list"

    def version(self) -> str:
        """What is still to come changes with the minute, too; what happens ends at whole ones."""
        return f"{self.state}-{time.time() // 60:.0f}" if "when" in self.request.GET else super().version()

    @cached_property
    def state(self) -> Now:
        """It comes in one statement with the records, unless the answer is perhaps known already."""
        return Now.read() if self.is_perhaps_known else self._found.now

    def body(self) -> bytes:
        page, size, found = self._asked_for.page, self._asked_for.size, self._found
        records = page.slice_from(found.rows, size, self._value)
        head = page.head(records, count=found.count)
        facets = f',"facets":{dumps(found.facets)}' if found.facets is not None else ""
        return joined(f'{head},"results":[', (row[-1] for row in records.rows), f"]{facets}}}")

    @cached_property
    def _asked_for(self) -> "_AskedFor":
        """Raises all faults of the query string."""
        asked = self.asked
        view = asked.choice("view", tuple(MOST), default="full")
        size = asked.number("page_size", default=PAGE_SIZE, most=MOST[view])
        with_count = asked.choice("count", YES_OR_NO, default="no") == "yes"
        with_facets = asked.choice("facets", YES_OR_NO, default="no") == "yes"
        order = asked.choice("ordering", orderings(self.kind), default="")
        self._check()
        page = Page(self, scope=scope_of(self.kind, self._active), order=self._order(order))
        asked.check()
        return _AskedFor(page, COLUMNS[view], size, with_count, with_facets)

    def _check(self) -> None:
        """Raises all faults of the query string that are known by now."""
        if not self._is_filtered:
            self.asked.only(*OWN_PARAMETERS)
            return
        try:
            self._form.check()
        except InvalidParameters as error:
            raise InvalidParameters(error.errors + self.asked.errors) from None

    # Without filters no form is made, and no queryset: they would cost a full pull more than reading its records.

    @cached_property
    def _is_filtered(self) -> bool:
        return not _FILTERS.isdisjoint(self.asked.query)

    @cached_property
    def _form(self) -> EntryFilter:
        return EntryFilter(self.asked.query, kind=self.kind, also=OWN_PARAMETERS)

    @cached_property
    def _active(self) -> dict[str, list[str]]:
        return self._form.active() if self._is_filtered else {}

    @cached_property
    def _entries(self) -> QuerySet:
        return self._form.entries()

    def _order(self, asked_order: str) -> str:
        """Relevance where there are words to be relevant to, if nothing else is asked."""
        has_words = "q" in self._active
        if asked_order == "relevance" and not has_words:
            self.asked.refuse("ordering", "Relevance needs words to search for, in q.")
        if asked_order in ("", "relevance"):
            return "relevance" if has_words and "relevance" in self._entries.query.annotations else ""
        return asked_order

    # Rows are made of (id, the order's other values, text).

    @cached_property
    def _found(self) -> "_Found":
        """In two statements at most. Rows, count and clock are of one moment; beside facets the rows may be of a later one."""
        if self._asked_for.with_facets:
            return self._beside_facets()
        found = self._told(counted=self._is_counted and self._is_counted_anew)
        if self._is_counted and found.number is None:
            found = self._with_number(found)
        return _Found(*found)

    def _with_number(self, found: Told) -> Told:
        """Of many threads that ask at once, one counts."""
        number = memory.known(self._memory, str(found.now))
        if number is None:
            with memory.looking_for(self._memory):
                number = memory.known(self._memory, str(found.now))
                if number is None:
                    return self._told(counted=True)
        return found._replace(number=number)

    def _beside_facets(self) -> "_Found":
        first = counts(self._form, with_number=self._is_counted and self._is_counted_anew)
        now, number = Now(first.epoch, first.position), first.number
        if self._is_counted and number is None:
            number = memory.known(self._memory, str(now))
        found = self._told(counted=self._is_counted and number is None)
        return _Found(now, found.number if number is None else number, found.rows, first.facets)

    @property
    def _is_counted(self) -> bool:
        return self._asked_for.with_count or not self._active

    @property
    def _is_counted_anew(self) -> bool:
        """The whole list is counted once for each version of the catalogue. An empty page cannot tell of what was before it."""
        return bool(self._active or self._asked_for.with_facets and self._asked_for.page.cursor)

    @property
    def _memory(self) -> str:
        return f"count of {self.kind}"

    def _told(self, *, counted: bool = False) -> Told:
        """Where nothing is told, there is nothing."""
        try:
            found = told(self._statements(counted=counted))
        except EmptyResultSet:  # what is asked for cannot be
            found = Told(None if self._is_told_otherwise else Now.read(), None, [])
        if counted and found.now and not self._active:
            memory.know(self._memory, str(found.now), found.number)
        return found if found.rows or found.number else found._replace(number=0 if self._is_counted else None)

    def _statements(self, *, counted: bool) -> Iterator[Statement]:
        """The second one tells of an empty page, too, where that is not known otherwise."""
        yield self._rows(telling(self._number) if counted else CLOCK)
        if not self._is_told_otherwise:
            order = way_of(self._asked_for.page.order, self._asked_for.page.cursor)
            yield beside(self._rows(), *order, number=self._number if self._is_counted else None)

    @property
    def _is_told_otherwise(self) -> bool:
        """Whether clock and count of an empty page are known without asking for them."""
        asked_for = self._asked_for
        return asked_for.with_facets or self.is_perhaps_known and not (self._is_counted and asked_for.page.cursor)

    @cached_property
    def _number(self) -> Statement:
        return number_of(self._entries if self._active else _everything(self.kind))

    def _rows(self, *first: RawSQL) -> Statement:
        """`first`: what stands before their own values."""
        page, column, size, *_more = self._asked_for
        if self._is_walk and first in WALKED:
            return walk(self.kind, column, size=size, cursor=page.cursor, tells=bool(first))
        return Statement.of(page.window(self._entries.values_list(*first, *self._names, column), size))

    @cached_property
    def _is_walk(self) -> bool:
        page = self._asked_for.page
        return not (self._is_filtered or page.order or page.cursor and page.cursor.backwards)

    @cached_property
    def _names(self) -> list[str]:
        names = [field.lstrip("-") for field in ORDERS[self._asked_for.page.order]]
        return ["id", *(name for name in names if name != "id")]

    def _value(self, row: tuple, name: str) -> Any:
        value = row[self._names.index(name)]
        if name in OF_TIME:
            return moment(value)
        return value.decode() if isinstance(value, bytes) else value

    @property
    def parameters(self):
        return [*parameters.filters(kinds.get(self.kind)), *list_parameters(self.kind)]

    @property
    def shape(self) -> str:
        return f"{record_name(kinds.get(self.kind))}List"


class _Found(NamedTuple):
    now: Now | None  # none where it was told before
    count: int | None
    rows: list[tuple]
    facets: dict[str, dict[str, int]] | None = None


class _AskedFor(NamedTuple):
    page: Page
    column: str
    size: int
    with_count: bool
    with_facets: bool


def _everything(kind: str) -> QuerySet:
    return Entry.objects.visible().of_kind(kind).ours()


def orderings(kind: str) -> tuple[str, ...]:
    return tuple(name for name in orders_of(kinds.get(kind)) if name)


def list_parameters(kind: str) -> list[OpenApiParameter]:
    """What a kind's list takes beside its filters."""
    return [
        parameters.choice(
            "ordering",
            orderings(kind),
            _(
                "For people: promises nothing while the catalogue changes. Without it a walk misses and doubles nothing;"
                " with `q` it is `relevance`."
            ),
        ),
        parameters.choice("view", tuple(MOST), _("Whole records, or the short form that lists show."), default="full"),
        parameters.page_size(
            default=PAGE_SIZE, most=MOST["summary"], text=_("At most 100 whole records, or 500 in the short form.")
        ),
        parameters.CURSOR,
        parameters.choice("count", YES_OR_NO, _("`yes` counts a filtered list, too."), default="no"),
        parameters.choice("facets", YES_OR_NO, _("`yes` adds how many records bear each value."), default="no"),
    ]
