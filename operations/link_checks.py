"""Whether the pages are still there that texts link to: background work looks, and remembers what it found.

Rooms say which addresses their texts name now (`register`). A new one is looked at soon, a known one again after thirty
days; one that was not found, or refused, the next day. Each site is asked for one page at a time, in batches that end
after some seconds, with no lock held. An address that no text names any more is forgotten after a while.

Gone is only what says so itself (404, 410), a site whose name nobody has, and one that refuses connections on two
different days. Everything else that is no page may be a bad day, and is never told as gone.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from operations import fetching, work
from operations.fetching import Answer, Door, NotFetched
from operations.models import LinkCheck

AGAIN_AFTER = timedelta(days=30)
SURE_AFTER = timedelta(days=1)  # what seemed gone is looked at again
FORGOTTEN_AFTER = timedelta(days=7)  # since a text named it last
AT_ONCE = 40
SECONDS = 20.0  # of one batch; letters and publications wait meanwhile
EACH = 6.0
GONE = (404, 410)
NO_HEAD = (403, 404, 405, 501)  # what sites answer who have pages, but no heads
State, Reason = LinkCheck.State, LinkCheck.Reason

_sources: list[Callable[[], Iterable[str]]] = []


def register(source: Callable[[], Iterable[str]]) -> None:
    """Called in `AppConfig.ready()`: which addresses texts name now."""
    if source not in _sources:
        _sources.append(source)


def register_work() -> None:
    work.register("links that texts name", gather, every=timedelta(minutes=10))
    work.register("dead links", look_at_due, every=timedelta(minutes=2))


def gather() -> None:
    """Every address that is named now has a row; those that have not been for a while go."""
    if not settings.LINK_CHECKS:
        return
    now = timezone.now()
    named = {address for source in _sources for address in source() if is_worth_a_look(address)}
    LinkCheck.objects.bulk_create(
        (LinkCheck(address=address, named=now) for address in sorted(named)),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["named"],
    )
    LinkCheck.objects.filter(named__lt=now - FORGOTTEN_AFTER).delete()


def is_worth_a_look(address: str) -> bool:
    return len(address) <= 500 and address.lower().startswith(("http://", "https://"))


def due(now: datetime) -> QuerySet[LinkCheck]:
    seemed_gone = ~Q(state=State.FINE) & ~Q(reason__in=["", Reason.NOT_LOOKED])
    again = Q(checked__lte=now - AGAIN_AFTER) | Q(seemed_gone, checked__lte=now - SURE_AFTER)
    return LinkCheck.objects.filter(Q(checked=None) | again).order_by(F("checked").asc(nulls_first=True), "pk")


def look_at_due(now: datetime | None = None, door: Door | None = None) -> None:
    """One batch; the next one goes on."""
    if not settings.LINK_CHECKS:
        return
    door, until = door or Door(seconds=EACH), time.monotonic() + SECONDS
    for check in due(now or timezone.now())[:AT_ONCE]:
        if time.monotonic() > until:
            return
        found = look(check, door, now or timezone.now())
        LinkCheck.objects.filter(pk=check.pk).update(**found)


def look(check: LinkCheck, door: Door, now: datetime) -> dict[str, object]:
    """What is known of it from now on: field → value."""
    known = {"checked": now, "state": State.UNSURE, "reason": "", "status": None, "moved_to": "", "refused_since": None}
    try:
        answer = _asked(check.address, door)
    except fetching.NoSuchName:
        return known | {"state": State.DEAD, "reason": Reason.NO_NAME}
    except fetching.Refused:
        return known | _refused(check, now)
    except NotFetched as failure:
        return known | {"reason": _reason(failure)}
    known["status"] = answer.status
    if answer.status in GONE:
        return known | {"state": State.DEAD, "reason": Reason.GONE}
    if not fetching.is_well(answer.status):
        return known | {"reason": Reason.ANSWER}
    return known | {"state": State.FINE, "moved_to": _new_address(check.address, answer, door)}


def _asked(address: str, door: Door) -> Answer:
    """By its head first; where that is refused or not understood, by the page itself."""
    try:
        answer = door.look(address)
    except fetching.Unreadable:
        return door.look(address, "GET")
    return door.look(address, "GET") if answer.status in NO_HEAD else answer


def _refused(check: LinkCheck, now: datetime) -> dict[str, object]:
    since = check.refused_since or now
    if now - since >= SURE_AFTER:
        return {"state": State.DEAD, "reason": Reason.REFUSED, "refused_since": since}
    return {"reason": Reason.CLOSED, "refused_since": since}


def _reason(failure: NotFetched) -> Reason:
    if isinstance(failure, fetching.NotAllowed):
        return Reason.NOT_LOOKED
    return Reason.SLOW if isinstance(failure, fetching.TooSlow) else Reason.UNREADABLE


def _new_address(address: str, answer: Answer, door: Door) -> str:
    """Where the page is for good; or the same address with https, where that answers as well."""
    if answer.moved_to:
        return answer.moved_to if len(answer.moved_to) <= 500 else ""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.port:
        return ""
    secure = urlunsplit(("https", *parts[1:]))
    try:
        return secure if fetching.is_well(door.look(secure).status) else ""
    except NotFetched:
        return ""


def known_of(addresses: Iterable[str]) -> dict[str, LinkCheck]:
    """What was found of those that were looked at, with one query."""
    asked = {address for address in addresses if address}
    return {each.address: each for each in LinkCheck.objects.filter(address__in=asked)} if asked else {}
