"""The list of a kind: filtered, ordered, in pages, made of stored texts."""

import time
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.counts import facet_counts
from catalogue.cursors import ORDERS, BadCursor, Cursor, Slice, orders_of, scope_of, slice_of
from catalogue.filters import EntryFilter, InvalidParameters
from catalogue.models import Entry
from catalogue.publication import dumps
from exchange import parameters
from exchange.clock import Now
from exchange.doors import Door, joined
from exchange.memory import remembered
from exchange.schema import record_name
from exchange.walk import walk

OWN_PARAMETERS = ("ordering", "view", "page_size", "cursor", "count", "facets")
PAGE_SIZE = 50
MOST = {"full": 100, "summary": 500}  # records a page
COLUMNS = {"full": "document", "summary": "card"}
YES_OR_NO = ("yes", "no")
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
        return slice_of(rows, order=self.order, size=size, scope=self.scope, cursor=self.cursor)

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

    operation = "list"

    def version(self) -> str:
        """What is still to come changes with the minute, too; what happens ends at whole ones."""
        return f"{self.state}-{time.time() // 60:.0f}" if "when" in self.request.GET else super().version()

    @cached_property
    def state(self) -> Now:
        """It comes in one statement with the records of a walk, unless the answer is perhaps known already."""
        return Now.read() if self.is_perhaps_known or not self._is_walk else self._walked[1]

    def body(self) -> bytes:
        page, _column, _size, with_count, with_facets = self._asked_for
        found = self._walked[0] if self._is_walk else self._sliced
        head = page.head(found, count=self._count(wanted=with_count))
        facets = f',"facets":{dumps(facet_counts(self._form))}' if with_facets else ""
        return joined(f'{head},"results":[', (row[-1] for row in found.rows), f"]{facets}}}")

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

    @cached_property
    def _is_walk(self) -> bool:
        page = self._asked_for.page
        return not (self._is_filtered or page.order or page.cursor and page.cursor.backwards)

    @cached_property
    def _walked(self) -> tuple[Slice, Now]:
        page, column, size, *_more = self._asked_for
        return walk(self.kind, column, size=size, scope=page.scope, cursor=page.cursor)

    @cached_property
    def _sliced(self) -> Slice:
        """Rows whose last value is the text."""
        page, column, size, *_more = self._asked_for
        keys = [name for field in ORDERS[page.order] if (name := field.lstrip("-")) not in ("id", "relevance")]
        return page.of(self._entries.values_list("id", *keys, column, named=True), size)

    def _count(self, *, wanted: bool) -> int | None:
        if not self._active:
            return remembered(f"count of {self.kind}", str(self.state), lambda: _everything(self.kind).count())
        return self._entries.count() if wanted else None

    @property
    def parameters(self):
        return [*parameters.filters(kinds.get(self.kind)), *list_parameters(self.kind)]

    @property
    def shape(self) -> str:
        return f"{record_name(kinds.get(self.kind))}List"


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
