"""What changed since, and whether a mirror is equal: the two doors that make a copy of the catalogue sure."""

import hashlib
from functools import cache, cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.cursors import BadCursor, FeedCursor
from catalogue.models import CatalogueState, Entry
from catalogue.publication import dumps
from catalogue.serializers import utc
from exchange import parameters
from exchange.doors import Door, Now, joined, known_etags
from exchange.memory import remembered
from exchange.stored import fetched, identity, moment

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
        return Now.read() if known_etags(self.request) else self._found.state

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
    def _found(self) -> "_Found":
        since, asked_kinds, size = self._asked_for
        statement, parameters = _statement(asked_kinds)
        rows = fetched(statement, [since.position, *parameters, size + 1])
        epoch, position = rows[0][:2]
        return _Found(Now(epoch.decode(), position), [row[2:] for row in rows if row[2] is not None])

    def body(self) -> bytes:
        since, _kinds, size = self._asked_for
        state, rows = self._found
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


class _Found(NamedTuple):
    state: Now
    rows: list[tuple]


@cache
def _statement(asked_kinds: tuple[str, ...]) -> tuple[str, list]:
    """How far the catalogue is, and beside it what changed: a row for each change, or one without a change.

    One statement sees one moment: what changed up to that position is among its rows.
    """
    entries = Entry.objects.ours().filter(position__gt=0)
    entries = entries.filter(kind__in=asked_kinds) if asked_kinds else entries
    changes, (start, *parameters) = entries.order_by("position").values_list(*_COLUMNS).query.sql_with_params()
    assert start == 0
    state = CatalogueState._meta.db_table
    statement = f"""
        SELECT state.epoch, state.position, changes.* FROM {state} state
        LEFT JOIN ({changes} LIMIT %s) changes ON TRUE WHERE state.id = 1 ORDER BY changes.position
    """  # noqa: S608
    return statement, parameters


def _change(position, uid, kind, modified, reason, merged_into, document) -> bytes:
    told = f'{{"position":{position},"uid":"{identity(uid)}","kind":"{kind.decode()}"'
    when = f'"modified":"{utc(moment(modified))}"'
    if not reason:
        return b'%b,"op":"upsert",%b,"record":%b}' % (told.encode(), when.encode(), document)
    successor = f'"{identity(merged_into)}"' if merged_into else "null"
    outcome = f'"reason":"{reason.decode()}","merged_into":{successor},"record":null'
    return f'{told},"op":"delete",{when},{outcome}}}'.encode()


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
    clock = CatalogueState.objects.filter(pk=1)
    entries = Entry.objects.visible().ours().filter(kind__in=hashes).order_by("uid")
    entries = entries.annotate(epoch=Subquery(clock.values("epoch")), highest=Subquery(clock.values("position")))
    now = None
    for kind, uid, etag, *read_at in entries.values_list("kind", "uid", "etag", "epoch", "highest").iterator(2000):
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
