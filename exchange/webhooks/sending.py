"""Sends what waits: background work, outside every transaction, one message at a time to addresses that are looked at first."""

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import sealing
from catalogue.serializers import utc
from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions, signing, waiting
from operations.fetching import Door, NotAllowed, NotFetched, is_well

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)  # longer than any try takes; then a killed worker's message is taken by another
RUN = 20.0  # seconds; the rest waits for the next run
TIMEOUT = 10.0  # seconds of one try, all in all
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
    return Door(seconds=TIMEOUT)


def is_secure(address: str) -> bool:
    """Outside the embedded mode nothing is sent in the clear."""
    return address.startswith("https://") or not settings.SERVER


def send_due() -> None:
    ends = time.monotonic() + RUN
    while time.monotonic() < ends and (taken := take()):
        finish(taken, attempt(taken))


@transaction.atomic
def take() -> Delivery | None:
    """One message that is nobody else's for a while: a second worker passes over locked rows, or waits on SQLite."""
    now = timezone.now()
    skip_locked = connection.features.has_select_for_update_skip_locked
    due = Delivery.objects.filter(Q(once=True) | Q(endpoint__disabled=None), state=Delivery.State.WAITING, due__lte=now)
    pk = due.order_by("due", "pk").select_for_update(skip_locked=skip_locked, of=("self",)).values_list("pk", flat=True)
    taken = Delivery.objects.select_related("endpoint__client__owner").filter(pk=pk.first()).first()
    if taken:
        taken.attempts += 1
        taken.due = now + CLAIM
        taken.save(update_fields=["attempts", "due"])
    return taken


def attempt(delivery: Delivery) -> Outcome:
    """Never raises: whatever comes is an outcome. The answer's body is not read."""
    endpoint, body, began = delivery.endpoint, delivery.body.encode(), time.monotonic()
    status, reason, wait = None, "", timedelta()
    try:
        if not is_secure(endpoint.url):
            raise NotAllowed("https")
        told = {"message_id": delivery.message_id, "timestamp": int(time.time()), "body": body}
        answer = door().post(endpoint.url, body, signing.headers(secrets_of(endpoint), **told))
        status, wait = answer.status, waiting.asked_for(answer)
    except NotFetched as error:
        reason = type(error).__name__
    except Exception:
        logger.exception("Webhook message %s could not be sent", delivery.pk)
        reason = "Failed"
    return Outcome(status, round((time.monotonic() - began) * 1000), reason, wait)


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
    """None after the last one. As late as the receiver wants it, but within the three days, and never sooner than our pause."""
    pause = None if delivery.once else pause_after(delivery.attempts)
    ends = datetime.fromisoformat(delivery.tries[0]["at"]) + LONGEST
    if pause is None or now >= ends:
        return None
    return max(now + pause, min(now + outcome.wait, ends))


def pause_after(attempts: int) -> timedelta | None:
    """None after the last try."""
    if attempts > len(PAUSES):
        return None
    return PAUSES[attempts - 1] * random.uniform(0.9, 1.1)  # noqa: S311  nobody gains by guessing it
