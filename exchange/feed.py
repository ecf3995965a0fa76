"""What changed since, and whether a mirror is equal: the two doors that make a copy of the catalogue sure."""

import hashlib
from functools import cache, cached_property
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.cursors import BadCursor, FeedCursor
from catalogue.models import Entry
from catalogue.publication import dumps
from exchange import parameters
from exchange.clock import Now, Statement, Told, beside, told, told_by
from exchange.doors import Door, joined
from exchange.memory import remembered
from exchange.stored import identity, instant

PAGE_SIZE, MOST = 100, 500
_COLUMNS = ("position", "uid", "kind", "modified", "reason", "merged_into", "document")


class Changes(Door):
    """What was published, changed and withdrawn behind a cursor: each record once, at its last position."""

    operation = "changes"
    parameters = (
        OpenApiParameter(
            "since", OpenApiTypes.STR, description=_("`0` from the beginning, else a `next_cursor`."), default="0"
        ),
        parameters.KIND,
        parameters.page_size(default=PAGE_SIZE, most=MOST, text=_("At most 500.")),
    )
    shape = "Changes"
    faults = (400, 406, 410)

    @cached_property
    def state(self) -> Now:
        """It comes in one statement with the changes, unless the reader may know them already."""
        return Now.read() if self.is_perhaps_known else self._found.now

    @cached_property
    def _asked_for(self) -> "_AskedFor":
        """Raises all faults that are seen without a look at the catalogue."""
        size = self.asked.number("page_size", default=PAGE_SIZE, most=MOST)
        asked_kinds = tuple(sorted(set(self.asked.kinds())))
        since = None
        try:
            since = FeedCursor.read(self.asked.query.get("since", "0"))
        except BadCursor as error:
            self.asked.refuse("since", str(error))
        self.asked.only("since", "kind", "page_size", repeated="kind")
        return _AskedFor(since, asked_kinds, size)

    @cached_property
    def _found(self) -> Told:
        """How far the catalogue is, and beside it what changed: a row for each change, or one without a change.

        One statement sees one moment: what changed up to that position is among its rows.
        """
        since, asked_kinds, size = self._asked_for
        text, parameters = _statement(asked_kinds)
        changes = Statement(f"{text} LIMIT %s", [since.position, *parameters, size + 1])
        return told([beside(changes, "position")])

    def body(self) -> bytes:
        since, _kinds, size = self._asked_for
        state, _number, rows = self._found
        since.check(state)
        has_more, rows = len(rows) > size, rows[:size]
        seen = rows[-1][0] if has_more else state.position
        head = f'{{"base":{dumps(settings.PUBLIC_URL)},"results":['
        tail = f'],"next_cursor":"{FeedCursor(state.epoch, seen)}","has_more":{dumps(has_more)}}}'
        return joined(head, (_change(*row) for row in rows), tail)


class _AskedFor(NamedTuple):
    since: FeedCursor
    kinds: tuple[str, ...]
    size: int


@cache
def _statement(asked_kinds: tuple[str, ...]) -> tuple[str, list]:
    """Its parameters are the position to begin behind, and these."""
    entries = Entry.objects.ours().filter(position__gt=0)
    entries = entries.filter(kind__in=asked_kinds) if asked_kinds else entries
    text, (start, *parameters) = Statement.of(entries.order_by("position").values_list(*_COLUMNS))
    assert start == 0
    return text, parameters


def _change(position, uid, kind, modified, reason, merged_into, document) -> bytes:
    told = (position, identity(uid), kind, instant(modified))
    if not reason:
        return b'{"position":%d,"uid":"%b","kind":"%b","op":"upsert","modified":"%b","record":%b}' % (*told, document)
    successor = b'"%b"' % identity(merged_into) if merged_into else b"null"
    withdrawn = b'{"position":%d,"uid":"%b","kind":"%b","op":"delete","modified":"%b","reason":"%b","merged_into":%b,'
    return withdrawn % (*told, reason, successor) + b'"record":null}'


class State(Door):
    """How many records of each kind there are, and a hash over all of them, so that a mirror can prove itself."""

    operation = "state"
    shape = "State"

    def body(self) -> str:
        self.asked.only()
        return remembered("state", str(self.state), lambda: dumps(state_of_catalogue(self.state)))


def state_of_catalogue(before: Now) -> dict:
    """The hashes with the version that they are of: both come from one statement, as publishing goes on meanwhile."""
    hashes = {str(kind.name): hashlib.sha256() for kind in kinds.all_kinds()}
    counts = dict.fromkeys(hashes, 0)
    entries = told_by(Entry.objects.visible().ours().filter(kind__in=hashes).order_by("uid"))
    columns = ("kind", "uid", "etag", "clock_epoch", "clock_position")
    now = None
    for kind, uid, etag, *read_at in entries.values_list(*columns).iterator(2000):
        hashes[kind].update(f"{uid} {etag}\n".encode())
        counts[kind] += 1
        now = read_at
    if now is None:  # nothing is published: then the statement could not tell its version either
        now = Now.read()
        if now != before:
            return state_of_catalogue(now)
    epoch, highest = now
    found = {kind: {"count": counts[kind], "hash": f"sha256:{hashes[kind].hexdigest()}"} for kind in hashes}
    return {"epoch": epoch, "version": highest, "kinds": found}
