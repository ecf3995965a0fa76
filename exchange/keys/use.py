"""What networks ask, counted in memory and written down every few seconds: never a row for a request."""

import atexit
import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from exchange.keys.known import Grant
from exchange.models import Client, ClientKey, ClientUse

logger = logging.getLogger(__name__)

Place = tuple[int, date, str]  # network, day, door

_counts: dict[Place, list[int]] = {}
_used: dict[int, date] = {}  # keys
_lock = Lock()
_timer: Timer | None = None

DOORS = (
    ("/api/v1/changes/", "changes"),
    ("/api/v1/dumps/", "dumps"),
    ("/api/v1/interreg/", "interreg"),
    ("/api/v1/state/", "state"),
    ("/api/", "records"),
    ("/oai", "oai"),
    ("/feeds/", "feeds"),
    ("/catalogue.", "linked"),
)


def door_of(path: str) -> str:
    return next((door for beginning, door in DOORS if path.startswith(beginning)), "other")


def count(grant: Grant, request: HttpRequest, response: HttpResponse, *, refused: bool) -> None:
    """Also the bytes of a stream, when it ends; a file that is sent counts as a whole."""
    place = (grant.client, timezone.localdate(), door_of(request.path_info))
    size = 0
    if request.method == "HEAD":
        pass
    elif not response.streaming:
        size = len(response.content)
    elif response.has_header("Content-Length"):
        size = int(response["Content-Length"])
    else:
        response.streaming_content = _counted(response.streaming_content, place)
    with _lock:
        _used[grant.key] = place[1]
    _add(place, requests=1, size=size, refused=int(refused))


def _counted(chunks: Iterable[bytes], place: Place) -> Iterator[bytes]:
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            yield chunk
    finally:
        _add(place, requests=0, size=size, refused=0)


def _add(place: Place, *, requests: int, size: int, refused: int) -> None:
    with _lock:
        counted = _counts.setdefault(place, [0, 0, 0])
        counted[0] += requests
        counted[1] += size
        counted[2] += refused
    _wake()


def _wake() -> None:
    global _timer
    seconds = settings.EXCHANGE["USE_WRITTEN_AFTER"]
    if not seconds:
        return
    with _lock:
        if _timer is not None:
            return
        _timer = Timer(seconds, _in_background)
        _timer.daemon = True
    _timer.start()


def _in_background() -> None:
    global _timer
    with _lock:
        _timer = None
    try:
        write_down()
    finally:
        connections.close_all()


def write_down() -> None:
    """What was counted since the last time. What the database refuses now is counted on."""
    with _lock:
        counts, used = dict(_counts), dict(_used)
        _counts.clear()
        _used.clear()
    try:
        known = set(Client.objects.filter(pk__in={place[0] for place in counts}).values_list("pk", flat=True))
        for place in sorted(counts):
            if place[0] in known:  # it was not taken away meanwhile
                with suppress(IntegrityError), transaction.atomic():
                    _write(place, counts[place])
            del counts[place]
        for key, day in used.items():
            ClientKey.objects.filter(pk=key).exclude(last_used=day).update(last_used=day)
    except DatabaseError:
        logger.exception("The use of networks could not be written down")
        for place, (requests, size, refused) in counts.items():
            _add(place, requests=requests, size=size, refused=refused)


def _write(place: Place, counted: list[int]) -> None:
    client, day, door = place
    row, _is_new = ClientUse.objects.get_or_create(client_id=client, day=day, door=door)
    requests, size, refused = counted
    ClientUse.objects.filter(pk=row.pk).update(
        requests=F("requests") + requests, bytes=F("bytes") + size, refused=F("refused") + refused
    )


def forget() -> None:
    """For tests."""
    with _lock:
        _counts.clear()
        _used.clear()


@atexit.register
def _last() -> None:
    """A worker that is stopped tells what it has counted; where the database is gone it is lost."""
    if _counts:
        with suppress(Exception):
            write_down()
