"""A filtered list as people browse it: entries, filters in force, facets with counts, and the ways on and back."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from catalogue.cards import lines, uids_named
from catalogue.codes import Topic, countries
from catalogue.counts import facet_counts
from catalogue.cursors import BadCursor, Cursor, Slice, scope_of, slice_of
from catalogue.filters import EntryFilter, InvalidParameters
from catalogue.models import Entry
from catalogue.search import alternatives_of
from catalogue.texts import in_language
from operations.languages import interface_language
from pages.languages import language_label

PAGE_SIZE = 21  # a large one and ten rows of two
SHOWN = 6  # options of a facet that are not folded
PEOPLES_PARAMETERS = ("ordering", "cursor")
PEOPLES_ORDERS = {"relevance": _("Best match"), "-modified": _("Newest first"), "title": _("By title")}
# The facets that a page offers, with what people call them.
OFFERED = {
    "type": _("Kind"),
    "topic": _("Topic"),
    "country": _("Country"),
    "project": _("Project"),
    "organisation": _("Organisation"),
    "language": _("Readable in"),
}
# Filters whose values are records.
OF_RECORDS = ("project", "organisation", "programme", "area")
# On the list of these kinds the facet would only repeat the list.
THE_RECORDS_THEMSELVES = {"projects": "project", "partners": "organisation"}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: a checkbox."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the list without it."""

    label: str
    url: str


class Listing:
    """`Listing.for_people(request.GET, kind)`; raises InvalidParameters.

    A kind whose list offers other facets and orders has a class of its own.
    """

    facets_offered = OFFERED
    orders_offered = PEOPLES_ORDERS
    own_parameters = PEOPLES_PARAMETERS

    def __init__(self, filters: EntryFilter, *, kind: kinds.Kind | None, order: str, cursor: Cursor | None, scope: str):
        self.filters, self.kind, self.order = filters, kind, order
        self._cursor, self._scope = cursor, scope
        self.asked = filters.data

    @classmethod
    def for_people(cls, query: QueryDict, kind: kinds.Kind | None) -> "Listing":
        name = kind.name if kind else None
        filters = EntryFilter(query, kind=name, networks="all", also=cls.own_parameters)
        filters.check()
        has_words = bool(alternatives_of(query.get("q", "")))
        order = query.get("ordering") or ("relevance" if has_words else cls.usual_order(filters))
        if order not in cls.orders_offered or (order == "relevance" and not has_words):
            raise InvalidParameters([_invalid("ordering", gettext("There is no such order."))])
        scope = scope_of(name, filters.active())
        try:
            text = query.get("cursor")
            cursor = Cursor.decode(text, scope=scope, order=order) if text else None
        except BadCursor as error:
            raise InvalidParameters([_invalid("cursor", str(error))]) from None
        return cls(filters, kind=kind, order=order, cursor=cursor, scope=scope)

    @classmethod
    def usual_order(cls, filters: EntryFilter) -> str:
        """Where there are no words to be relevant to."""
        return "-modified"

    @cached_property
    def slice(self) -> Slice:
        entries = self.filters.entries().defer("document")
        return slice_of(entries, order=self.order, size=PAGE_SIZE, scope=self._scope, cursor=self._cursor)

    @cached_property
    def count(self) -> int:
        return self.filters.entries().order_by().count()

    @property
    def words(self) -> str:
        return self.asked.get("q", "").strip()

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.active())

    @cached_property
    def offered(self) -> dict[str, str]:
        own = THE_RECORDS_THEMSELVES.get(self.kind.name) if self.kind else None
        left_out = {own} if self.kind and "type" in self.kind.codes else {own, "type"}
        return {name: label for name, label in self.facets_offered.items() if name not in left_out}

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        return facet_counts(self.filters, self.offered)

    @cached_property
    def named(self) -> dict[str, Entry]:
        """The records that stand as values in facets, and those that the cards name; by uid, with one query."""
        uids = {uid for name in OF_RECORDS for uid in [*self._counts.get(name, ()), *self.asked.getlist(name)]} - {""}
        uids |= uids_named(entry.short for entry in self.slice.rows)
        entries = Entry.objects.visible().filter(uid__in=uids).defer("document") if uids else []
        return {str(entry.uid): entry for entry in entries}

    def label(self, name: str, value: str) -> str:
        """What people call a filter's value."""
        match name:
            case "country":
                return countries.country_name(value, interface_language())
            case "topic":
                return str(Topic(value).label)
            case "language":
                return language_label(value)
            case "project" | "organisation" | "programme" | "area":
                return _name(self.named[value].short) if value in self.named else value
            case "q":
                return gettext("“%(words)s”") % {"words": value}
        codes = [kind.codes[name] for kind in ([self.kind] if self.kind else kinds.all_kinds()) if name in kind.codes]
        return next((capfirst(str(some(value).label)) for some in codes if value in some.values), value)

    @cached_property
    def facets(self) -> list[Facet]:
        """The offered facets that have something to choose; chosen values stay, even when nothing is left of them."""
        found = []
        for name, label in self.offered.items():
            chosen = [value for value in self.asked.getlist(name) if value]
            counts = self._counts[name] | {value: 0 for value in chosen if value not in self._counts[name]}
            choices = [Choice(v, self.label(name, v), n, v in chosen) for v, n in counts.items()]
            if len(choices) > 1 or chosen:
                found.append(Facet(name, str(label), choices))
        return found

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.label(name, value), self._url_without(name, value))
            for name, values in self.filters.active().items()
            for value in values
        ]

    def _url_without(self, name: str, value: str) -> str:
        rest = self.asked.copy()
        rest.pop("cursor", None)
        rest.setlist(name, [each for each in rest.getlist(name) if each != value])
        if name == "q" and rest.get("ordering") == "relevance":
            rest.pop("ordering")
        return f"?{rest.urlencode()}"

    def _query_at(self, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        there = self.asked.copy()
        there["cursor"] = cursor.encode()
        return there.urlencode()

    # What the list's components draw.

    @cached_property
    def entries(self) -> list[dict]:
        return lines([entry.short for entry in self.slice.rows], self.named)

    @property
    def leads(self) -> bool:
        """Whether the first entry is shown large: the best match of a search, or the newest of an unfiltered list."""
        return self._cursor is None and len(self.slice.rows) > 2

    @property
    def rest(self) -> list[dict]:
        return self.entries[1:] if self.leads else self.entries

    @property
    def groups(self) -> list[dict]:
        """Facets as the component takes them: chosen options in front, some others, and the rest folded."""
        return [
            {"legend": facet.label, "name": facet.name, "options": options[:SHOWN], "folded": options[SHOWN:]}
            for facet in self.facets
            for options in [sorted((vars(choice) for choice in facet.choices), key=lambda o: not o["checked"])]
        ]

    @property
    def next_url(self) -> str:
        return self._url_at(self.slice.next)

    @property
    def previous_url(self) -> str:
        return self._url_at(self.slice.previous)

    def _url_at(self, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        there = self.asked.copy()
        there["cursor"] = cursor.encode()
        return f"?{there.urlencode()}"

    @property
    def orders(self) -> list[dict]:
        """The orders that make sense here."""
        return [
            {"value": value, "label": label, "selected": value == self.order}
            for value, label in self.orders_offered.items()
            if value != "relevance" or self.words
        ]

    @property
    def steps(self) -> list[dict]:
        return [{"label": self.kind.plural if self.kind else gettext("Search")}]

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s record", "%(count)s records", self.count) % {"count": self.count}

    @property
    def range_words(self) -> str:
        shown = len(self.slice.rows)
        return gettext("%(shown)s of %(count)s") % {"shown": shown, "count": self.count}

    @property
    def ways_out(self) -> list[dict]:
        return [{"label": gettext("Clear all filters"), "url": "?"}]

    def _hidden(self, *left_out: str) -> list[dict]:
        return [
            {"name": name, "value": value}
            for name, values in self.asked.lists()
            if name not in ("cursor", *left_out)
            for value in values
            if value
        ]

    @property
    def hidden_for_search(self) -> list[dict]:
        return self._hidden("q", "ordering")

    @property
    def hidden_for_facets(self) -> list[dict]:
        return self._hidden(*self.offered)

    @property
    def hidden_for_order(self) -> list[dict]:
        return self._hidden("ordering")

    @property
    def api_query(self) -> str:
        """The same list's query string at the API."""
        return "&".join(part for part in (self._filters_alone().urlencode(), "network=all") if part)

    def _filters_alone(self) -> QueryDict:
        alone = QueryDict(mutable=True)
        for name, values in self.filters.active().items():
            alone.setlist(name, values)
        alone.pop("network", None)
        return alone


def _name(card: dict) -> str:
    return card.get("acronym") or in_language(card["title"], get_language(), card["original_language"]).text


def _invalid(parameter: str, message: str) -> dict[str, str]:
    return {"parameter": parameter, "code": "invalid", "message": message}
