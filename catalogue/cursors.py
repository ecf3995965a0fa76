"""Where a reader stands: in a list (signed, keyset) and in the feed of changes (`<epoch>-<position>`)."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalogue.kinds import Kind
from catalogue.models import CatalogueState
from catalogue.sealed import opened, seal

_PURPOSE = "catalogue.cursors"
_FEED = re.compile(r"([0-9a-z]{1,16})-([0-9]{1,18})")
FARTHEST_OFFSET = 10_000


class BadCursor(ValueError):
    """The cursor cannot be read, or belongs to another list."""


class ResyncRequired(Exception):
    """The catalogue was restored from a backup, or is another one: a mirror starts anew."""


# The fields of each order; the first is immutable and promises that a walk misses and doubles nothing.
ORDERS = {
    "": ("id",),
    "-modified": ("-modified", "-id"),
    "title": ("title_key", "id"),
    "relevance": ("-relevance", "id"),
    "starts": ("starts", "id"),
    "-starts": ("-starts", "-id"),
}
BY_TIME = ("starts", "-starts")  # orders of what has a time; what has none does not stand in them


def orders_of(kind: Kind | None) -> tuple[str, ...]:
    """The orders that make sense in a kind's list; None stands for all kinds together."""
    return tuple(order for order in ORDERS if order not in BY_TIME or (kind and kind.span))


@dataclass(frozen=True)
class Cursor:
    """Continue behind (or, `backwards`, before) the row with these values, in a list known by its `scope`."""

    scope: str
    order: str
    values: tuple[Any, ...]
    backwards: bool = False

    def encode(self) -> str:
        payload = [self.scope, self.order, self.values, int(self.backwards)]
        return seal(payload, purpose=_PURPOSE)

    @classmethod
    def decode(cls, text: str, *, scope: str, order: str) -> "Cursor":
        try:
            found_scope, found_order, values, backwards = opened(text, purpose=_PURPOSE)
        except (ValueError, TypeError):
            raise BadCursor(_("The cursor cannot be read.")) from None
        if (found_scope, found_order) != (scope, order):
            raise BadCursor(_("The cursor belongs to another list."))
        return cls(scope, order, tuple(values), bool(backwards))


def scope_of(kind: str | None, filters: dict[str, list[str]]) -> str:
    """A short name of a filtered list, so that its cursors serve it alone."""
    told = json.dumps([kind, sorted((name, sorted(values)) for name, values in filters.items())])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Slice:
    """Some rows of a list, and the cursors of what comes before and after them."""

    rows: list
    previous: Cursor | None
    next: Cursor | None


def slice_of(entries: QuerySet, *, order: str, size: int, scope: str, cursor: Cursor | None) -> Slice:
    """`size` rows behind the cursor. Relevance, which promises nothing, is walked by offset, other orders by key."""
    rows = list(window_of(entries, order=order, size=size, cursor=cursor))
    return slice_from(rows, order=order, size=size, scope=scope, cursor=cursor)


def window_of(entries: QuerySet, *, order: str, size: int, cursor: Cursor | None) -> QuerySet:
    """What `slice_from` makes the slice of: its rows, and one more where the list goes on."""
    if order == "relevance":
        start = cursor.values[0] if cursor else 0
        return entries.order_by(*ORDERS[order])[start : start + size + 1]
    entries = entries.filter(starts__isnull=False) if order in BY_TIME else entries
    walk = way_of(order, cursor)
    if cursor:
        entries = entries.filter(_behind(walk, cursor.values))
    return entries.order_by(*walk)[: size + 1]


def way_of(order: str, cursor: Cursor | None) -> list[str]:
    """The fields by which a window is ordered; it is read backwards where the cursor leads back by key."""
    is_turned = cursor and cursor.backwards and order != "relevance"
    return [_turned(field) if is_turned else field for field in ORDERS[order]]


def slice_from(
    rows: list, *, order: str, size: int, scope: str, cursor: Cursor | None, value: Callable[[Any, str], Any] = getattr
) -> Slice:
    """`value` finds the value of a field in a row."""
    if order == "relevance":
        return _slice_by_offset(rows, size=size, scope=scope, cursor=cursor)
    backwards = bool(cursor and cursor.backwards)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    before = more if backwards else cursor is not None
    after = cursor is not None if backwards else more
    return Slice(
        rows,
        Cursor(scope, order, _values(rows[0], order, value), backwards=True) if before and rows else None,
        Cursor(scope, order, _values(rows[-1], order, value)) if after and rows else None,
    )


def _slice_by_offset(rows, *, size, scope, cursor) -> Slice:
    start = cursor.values[0] if cursor else 0
    more = len(rows) > size and start + size < FARTHEST_OFFSET
    return Slice(
        rows[:size],
        Cursor(scope, "relevance", (max(0, start - size),)) if start else None,
        Cursor(scope, "relevance", (start + size,)) if more else None,
    )


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _values(row, order: str, value: Callable[[Any, str], Any]) -> tuple:
    values = (value(row, field.lstrip("-")) for field in ORDERS[order])
    return tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in values)


def _behind(walk: list[str], values: tuple) -> Q:
    """Rows after these values in the order of `walk`: a > x, or a = x and b > y."""
    behind, equal = Q(), Q()
    for field, value in zip(walk, values, strict=True):
        name = field.lstrip("-")
        value = parse_datetime(value) if name in ("modified", "starts") else value
        behind |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return behind


class FeedCursor(NamedTuple):
    """A place in the feed of changes; behind position 0 is the beginning, in whichever epoch."""

    epoch: str
    position: int

    def __str__(self):
        return f"{self.epoch}-{self.position}"

    @classmethod
    def read(cls, text: str) -> "FeedCursor":
        """Raises BadCursor."""
        if text == "0":
            return cls("", 0)
        match = _FEED.fullmatch(text)
        if not match:
            raise BadCursor("A cursor is '0' or what `next_cursor` said before.")
        return cls(match[1], int(match[2]))

    def check(self, state: "CatalogueState | FeedCursor") -> None:
        """Raises ResyncRequired where the catalogue is not the one of the cursor any more."""
        if self == ("", 0):
            return
        if self.epoch != state.epoch:
            raise ResyncRequired("The cursor is of another epoch: start anew with since=0.")
        if self.position > state.position:
            raise ResyncRequired("The cursor is ahead of the catalogue, which was restored: start anew with since=0.")
