"""The list of a kind: filtered, ordered, in pages, made of stored texts."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.cursors import orders_of, scope_of
from catalogue.filters import InvalidParameters
from catalogue.publication import dumps
from exchange import parameters
from exchange.clock import Now
from exchange.doors import Door, joined
from exchange.found import AskedFor, Filters, Found, find
from exchange.paging import Page
from exchange.schema import record_name

OWN_PARAMETERS = ("ordering", "view", "page_size", "cursor", "count", "facets")
PAGE_SIZE = 50
MOST = {"full": 100, "summary": 500}  # records a page
COLUMNS = {"full": "document", "summary": "card"}
YES_OR_NO = ("yes", "no")


class RecordList(Door):
    """Published records of one kind, in an order that never changes."""

    # An answer costs one statement; two where the page is empty, where facets are asked, and where nobody has counted the
    # whole list since the last publication. One more tells first how far the catalogue is where the answer is perhaps known
    # already, and one whether there are the networks that are asked for.

    operation = "list"

    def version(self) -> str:
        return f"{self.minute}{self.state}"

    @cached_property
    def state(self) -> Now:
        """It comes in one statement with the records, unless the answer is perhaps known already."""
        return Now.read() if self.is_perhaps_known else self._found.now

    def body(self) -> bytes:
        found = self._found
        head = self._asked_for.page.head(found.records, count=found.count)
        facets = f',"facets":{dumps(found.facets)}' if found.facets is not None else ""
        return joined(f'{head},"results":[', (row[-1] for row in found.records.rows), f"]{facets}}}")

    @cached_property
    def _found(self) -> Found:
        return find(self._asked_for, is_clock_read=self.is_perhaps_known)

    @cached_property
    def _asked_for(self) -> AskedFor:
        """Raises all faults of the query string."""
        asked, filters = self.asked, Filters(self.asked.query, self.kind, also=OWN_PARAMETERS)
        view = asked.choice("view", tuple(MOST), default="full")
        size = asked.number("page_size", default=PAGE_SIZE, most=MOST[view])
        with_count = asked.choice("count", YES_OR_NO, default="no") == "yes"
        with_facets = asked.choice("facets", YES_OR_NO, default="no") == "yes"
        order = asked.choice("ordering", orderings(self.kind), default="")
        self._check(filters)
        page = Page(self, scope=scope_of(self.kind, filters.active), order=self._order(order, filters))
        asked.check()
        return AskedFor(filters, page, COLUMNS[view], size, with_count, with_facets)

    def _check(self, filters: Filters) -> None:
        """Raises all faults of the query string that are known by now."""
        if not filters.are_used:
            self.asked.only(*OWN_PARAMETERS)
            return
        try:
            filters.form.check()
        except InvalidParameters as error:
            raise InvalidParameters(error.errors + self.asked.errors) from None

    def _order(self, asked_order: str, filters: Filters) -> str:
        """Relevance where there are words to be relevant to, if nothing else is asked."""
        has_words = "q" in filters.active
        if asked_order == "relevance" and not has_words:
            self.asked.refuse("ordering", "Relevance needs words to search for, in q.")
        if asked_order in ("", "relevance"):
            return "relevance" if has_words and "relevance" in filters.entries.query.annotations else ""
        return asked_order

    @property
    def parameters(self):
        return [*parameters.filters(kinds.get(self.kind)), *list_parameters(self.kind)]

    @property
    def shape(self) -> str:
        return f"{record_name(kinds.get(self.kind))}List"


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
