"""One page of a list: where it begins, and the addresses of those before and after it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet

from catalogue.cursors import BadCursor, Cursor, Slice, slice_from, slice_of, window_of
from catalogue.publication import dumps
from exchange.doors import Door


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
