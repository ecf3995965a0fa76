"""What changed since, and whether a mirror is equal: the two doors that make a copy of the catalogue sure."""

import hashlib

from django.conf import settings
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.cursors import BadCursor, ResyncRequired, feed_cursor, read_feed_cursor
from catalogue.models import CatalogueState, Entry
from catalogue.publication import dumps
from catalogue.serializers import utc
from exchange import parameters
from exchange.doors import Door, Now, joined
from exchange.memory import remembered

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

    def body(self) -> bytes:
        size = self.asked.number("page_size", default=PAGE_SIZE, most=MOST)
        asked_kinds = self.asked.kinds()
        since = self._since()
        self.asked.only("since", "kind", "page_size", repeated="kind")
        entries = Entry.objects.ours().filter(position__gt=since)
        if asked_kinds:
            entries = entries.filter(kind__in=asked_kinds)
        rows = list(entries.order_by("position").values_list(*_COLUMNS)[: size + 1])
        has_more, rows = len(rows) > size, rows[:size]
        last = rows[-1][0] if rows else 0
        # The state was read before the rows, so every row up to its position is among them. Rows may be newer than it.
        seen = last if has_more else max(last, self.state.position)
        head = f'{{"base":{dumps(settings.PUBLIC_URL)},"results":['
        tail = f'],"next_cursor":"{feed_cursor(seen, self.state)}","has_more":{dumps(has_more)}}}'
        return joined(head, (_change(*row) for row in rows), tail)

    def _since(self) -> int:
        """The position to read behind. Raises ResyncRequired, unless something else is wrong as well."""
        try:
            return read_feed_cursor(self.asked.query.get("since", "0"), self.state)
        except BadCursor as error:
            self.asked.refuse("since", str(error))
        except ResyncRequired:
            self.asked.check()
            raise
        return 0


def _change(position, uid, kind, modified, reason, merged_into, document) -> str:
    told = f'{{"position":{position},"uid":"{uid}","kind":"{kind}"'
    if not reason:
        return f'{told},"op":"upsert","modified":"{utc(modified)}","record":{document}}}'
    successor = f'"{merged_into}"' if merged_into else "null"
    outcome = f'"reason":"{reason}","merged_into":{successor},"record":null'
    return f'{told},"op":"delete","modified":"{utc(modified)}",{outcome}}}'


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
