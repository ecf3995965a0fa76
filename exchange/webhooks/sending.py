"""Sends what waits: background work, outside every transaction, to addresses that are looked at first.

Who does not answer holds up nobody else: webhooks take turns, the one that was not tried for longest first, each once in a
run; a few tries go beside each other, in a worker never two of one person's. Nothing goes where no key for webhooks is good.
"""

import ipaddress
import logging
import random
import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import sealing
from catalogue.serializers import utc
from exchange.models import Client, Delivery, Endpoint, Scope
from exchange.models.webhook import CLAIM
from exchange.webhooks import actions, signing, waiting
from operations.fetching import Door, NotAllowed, NotFetched, is_public, is_well

logger = logging.getLogger(__name__)

RUN = 20.0  # seconds; the rest waits for the next run
TIMEOUT = 10.0  # seconds of one try, all in all
BESIDE_EACH_OTHER = 8  # tries
# Between two tries; all of them together are three days. Each is up to a tenth longer or shorter.
PAUSES = tuple(
    timedelta(**each)
    for each in (
        {"seconds": 5},
        {"minutes": 5},
        {"minutes": 30},
        {"hours": 2},
        {"hours": 5},
        {"hours": 10},
        {"hours": 14},
        {"hours": 20},
        {"hours": 20},
    )
)
LONGEST = sum(PAUSES, timedelta())  # after the first try
TRIES_KEPT = 30  # of a message that is sent again and again by hand


@dataclass(frozen=True)
class Outcome:
    """`wait`: how long the receiver wants to be left alone."""

    status: int | None
    ms: int
    reason: str = ""
    wait: timedelta = timedelta()

    @property
    def is_well(self) -> bool:
        return self.status is not None and is_well(self.status)


def door() -> Door:
    """To the open internet; for a developer who wants it, at any port of her own machine, too."""
    if settings.WEBHOOKS_TO_THIS_MACHINE:
        return Door(seconds=TIMEOUT, ports=range(1, 65_536), allows=_is_public_or_here)
    return Door(seconds=TIMEOUT)


def _is_public_or_here(address: str) -> bool:
    return is_public(address) or ipaddress.ip_address(address).is_loopback


def is_secure(address: str) -> bool:
    """Outside the embedded mode nothing is sent in the clear."""
    return address.startswith("https://") or not settings.SERVER


def send_due() -> None:
    """The tries know nothing of the database: they go in threads, and what came of them is written down here."""
    began, ends = timezone.now(), time.monotonic() + RUN
    under_way: dict[Future, Delivery] = {}
    with ThreadPoolExecutor(BESIDE_EACH_OTHER) as threads:
        while True:
            while len(under_way) < BESIDE_EACH_OTHER and time.monotonic() < ends:
                busy = {each.endpoint.client.owner_id for each in under_way.values()}
                taken = take(before=began, busy=busy)
                if taken is None:
                    break
                under_way[threads.submit(attempt, taken)] = taken
            if not under_way:
                return
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                finish(under_way.pop(done), done.result())


@transaction.atomic
def take(*, before: datetime | None = None, busy: Collection[int] = ()) -> Delivery | None:
    """One message that is nobody else's for a while, of a webhook that was not tried since `before`, of nobody who is `busy`.

    A second worker passes over locked rows, or waits on SQLite. The webhook is locked before its messages, as in `stop`.
    """
    now = timezone.now()
    waiting = _due(now).filter(endpoint=OuterRef("pk"))
    turn = Endpoint.objects.filter(Exists(waiting), client__in=Client.objects.with_a_key_for(Scope.WEBHOOKS))
    if before:
        turn = turn.filter(Q(last_tried=None) | Q(last_tried__lt=before))
    turn = turn.exclude(client__owner__in=busy).order_by(F("last_tried").asc(nulls_first=True), "pk")
    skip_locked = connection.features.has_select_for_update_skip_locked
    endpoint = turn.select_for_update(skip_locked=skip_locked, of=("self",)).first()
    if endpoint is None:
        return None
    taken = _due(now).filter(endpoint=endpoint).select_related("endpoint__client__owner").order_by("due", "pk").first()
    if taken:
        Endpoint.objects.filter(pk=endpoint.pk).update(last_tried=now)
        taken.attempts += 1
        taken.late = now - taken.due
        taken.due = now + CLAIM
        taken.save(update_fields=["attempts", "due"])
    return taken


def _due(now: datetime) -> QuerySet[Delivery]:
    go_on = Q(once=True) | Q(endpoint__disabled=None)
    return Delivery.objects.filter(go_on, state=Delivery.State.WAITING, due__lte=now)


def attempt(delivery: Delivery) -> Outcome:
    """Never raises: whatever comes is an outcome. The answer's body is not read."""
    endpoint, body, began = delivery.endpoint, delivery.body.encode(), time.monotonic()
    status, reason, patience = None, "", timedelta()
    try:
        if not is_secure(endpoint.url):
            raise NotAllowed("https")
        told = {"message_id": delivery.message_id, "timestamp": int(time.time()), "body": body}
        answer = door().post(endpoint.url, body, signing.headers(secrets_of(endpoint), **told))
        status, patience = answer.status, waiting.asked_for(answer)
    except NotFetched as error:
        reason = type(error).__name__
    except Exception:
        logger.exception("Webhook message %s could not be sent", delivery.pk)
        reason = "Failed"
    return Outcome(status, round((time.monotonic() - began) * 1000), reason, patience)


def secrets_of(endpoint: Endpoint) -> list[str]:
    """Those that are good, the newest first."""
    sealed = [endpoint.secret, *([endpoint.former_secret] if endpoint.has_two_secrets else [])]
    found = [secret for secret in map(sealing.unseal, sealed) if secret]
    if not found:
        raise ValueError("no key opens the secret of this webhook")
    return found


@transaction.atomic
def finish(delivery: Delivery, outcome: Outcome) -> None:
    """Unless it took so long that another worker has it now, or it is gone."""
    Endpoint.objects.select_for_update().filter(pk=delivery.endpoint_id).first()  # before its messages, as `stop` does
    mine = Delivery.objects.select_for_update().filter(pk=delivery.pk, attempts=delivery.attempts)
    held = mine.filter(state=Delivery.State.WAITING).first()
    if held is None:
        return
    now = timezone.now()
    told = {"at": utc(now), "status": outcome.status, "ms": outcome.ms, "reason": outcome.reason}
    told["late"] = int(delivery.late.total_seconds())
    held.tries = [*held.tries, told][-TRIES_KEPT:]
    due = next_try(held, outcome, now)
    is_gone = outcome.status == HTTPStatus.GONE
    if outcome.is_well:
        held.state = Delivery.State.DELIVERED
    elif is_gone or due is None:
        held.state = Delivery.State.FAILED
    else:
        held.due = due
    held.save(update_fields=["tries", "state", "due"])
    if is_gone:
        actions.stop(endpoint=held.endpoint, why=Endpoint.Stopped.GONE)
    elif held.state == Delivery.State.FAILED and not held.once:
        actions.stop(endpoint=held.endpoint, why=Endpoint.Stopped.FAILING)


def next_try(delivery: Delivery, outcome: Outcome, now: datetime) -> datetime | None:
    """None after the last one. As late as the receiver wants it, but within the three days, and never sooner than our pause.

    Time in which nothing could be sent, without a key or because the portal stood still, is not among the three days.
    """
    pause = None if delivery.once else pause_after(delivery.attempts - delivery.hurried)
    late = timedelta(seconds=sum(each.get("late", 0) for each in delivery.tries[1:]))
    ends = datetime.fromisoformat(delivery.tries[0]["at"]) + LONGEST + late
    if pause is None or now >= ends:
        return None
    return max(now + pause, min(now + outcome.wait, ends))


def pause_after(attempts: int) -> timedelta | None:
    """None after the last try."""
    if attempts > len(PAUSES):
        return None
    return PAUSES[attempts - 1] * random.uniform(0.9, 1.1)  # noqa: S311  nobody gains by guessing it
