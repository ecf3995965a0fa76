"""What a person does with the webhooks of her networks, and what the portal does when nothing arrives."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import sealing
from accounts.models import User
from exchange.clock import Now
from exchange.keys.actions import tell
from exchange.models import Client, ClientKey, Delivery, Endpoint, Scope
from exchange.webhooks import letters, signing
from exchange.webhooks.shapes import TEST
from exchange.webhooks.telling import body_of
from operations import audit, reasons
from operations.reasons import Reason

MOST_ENDPOINTS = 3  # of one network
BOTH_GOOD = timedelta(days=1)


class TooMany(Exception):
    """As many as a network may have."""


class AddedMeanwhile(Exception):
    """Another webhook was added since the page was drawn: the same button, pressed twice."""


class ThereAlready(Exception):
    """The network has a webhook with this address."""


class OneWaits(Exception):
    """A test, or a message that is sent again, waits: there is one at a time."""


class NoKey(Exception):
    """Nothing is sent, for no key for webhooks is good."""


class TwoSecrets(Exception):
    """The former secret is still good."""


def latest(client: Client) -> int:
    """The number of the webhook that was added last; 0 before the first."""
    return client.endpoints.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def add(*, endpoint: Endpoint, client: Client, by: User, after: int | None = None) -> str:
    """The secret, which is told this once; `after`: which was the latest. Raises AddedMeanwhile, ThereAlready and TooMany."""
    Client.objects.select_for_update().get(pk=client.pk)
    if after is not None and latest(client) != after:
        raise AddedMeanwhile
    if client.endpoints.filter(url=endpoint.url).exists():
        raise ThereAlready
    if client.endpoints.count() >= MOST_ENDPOINTS:
        raise TooMany
    secret = signing.new_secret()
    endpoint.client, endpoint.secret = client, sealing.seal(secret)
    endpoint.told_epoch, endpoint.told_position = Now.read()
    endpoint.save()
    audit.note("webhook.added", by=by, about=client, webhook=endpoint.pk)
    return secret


@transaction.atomic
def change(*, endpoint: Endpoint, by: User) -> None:
    """Raises ThereAlready."""
    Client.objects.select_for_update().get(pk=endpoint.client_id)
    Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if endpoint.client.endpoints.filter(url=endpoint.url).exclude(pk=endpoint.pk).exists():
        raise ThereAlready
    endpoint.save(update_fields=["url", "kinds"])
    audit.note("webhook.changed", by=by, about=endpoint.client, webhook=endpoint.pk)


@transaction.atomic
def remove(*, endpoint: Endpoint, by: User) -> None:
    audit.note("webhook.removed", by=by, about=endpoint.client, webhook=endpoint.pk)
    endpoint.delete()


@transaction.atomic
def rotate(*, endpoint: Endpoint, by: User) -> str:
    """A new secret; for a day both sign. Raises TwoSecrets."""
    held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if held.has_two_secrets:
        raise TwoSecrets
    secret = signing.new_secret()
    held.former_secret, held.former_until = held.secret, timezone.now() + BOTH_GOOD
    held.secret = sealing.seal(secret)
    held.save(update_fields=["secret", "former_secret", "former_until"])
    audit.note("webhook.secret_rotated", by=by, about=held.client, webhook=held.pk)
    return secret


@transaction.atomic
def stop(*, endpoint: Endpoint, why: Endpoint.Stopped, by: User | None = None, reason: Reason | None = None) -> None:
    """Nothing goes there until it is begun again. Whose it is has a letter, unless she did it; staff gives a reason."""
    held = Endpoint.objects.select_for_update().select_related("client__owner").get(pk=endpoint.pk)
    if held.disabled:
        return
    held.disabled, held.why = timezone.now(), why
    held.save(update_fields=["disabled", "why"])
    held.deliveries.filter(state=Delivery.State.WAITING, once=False).update(state=Delivery.State.FAILED)
    facts = {"webhook": held.pk, "why": str(why.value)}
    if reason:
        facts["reason"] = reason.value
        tell(held.client, "webhook-stopped-by-staff", more=letters.which_and_why(held, reasons.told(reason.value)))
    elif by is None:
        tell(held.client, "webhook-stopped", more=letters.which_and_why(held, letters.STOPPED_BECAUSE[why]))
    audit.note("webhook.stopped", by=by, about=held.client, whom=held.client.owner if reason else None, **facts)


@transaction.atomic
def begin_again(*, endpoint: Endpoint, by: User) -> None:
    """It is told at once that there may be something to pull."""
    held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if not held.disabled:
        return
    held.disabled, held.why, held.told_epoch = None, "", ""
    held.save(update_fields=["disabled", "why", "told_epoch"])
    audit.note("webhook.begun_again", by=by, about=held.client, webhook=held.pk)


@transaction.atomic
def test(*, endpoint: Endpoint) -> Delivery:
    """Raises NoKey and OneWaits."""
    _lock_to_send(endpoint)
    _see_that_none_waits(endpoint)
    return Delivery.objects.create(endpoint=endpoint, once=True, body=body_of(TEST))


@transaction.atomic
def send_again(*, delivery: Delivery) -> bool:
    """The same message, one try; not one that waits anyway. Raises NoKey and OneWaits."""
    _lock_to_send(delivery.endpoint)
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.state == Delivery.State.WAITING:
        return False
    _see_that_none_waits(delivery.endpoint)
    held.state, held.once, held.due = Delivery.State.WAITING, True, timezone.now()
    held.save(update_fields=["state", "once", "due"])
    return True


@transaction.atomic
def send_now(*, delivery: Delivery) -> bool:
    """What waits for its next try waits no longer; the pauses after it stay as they are. Raises NoKey."""
    _lock_to_send(delivery.endpoint)
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    now = timezone.now()
    if held.state != Delivery.State.WAITING or held.due <= now or held.is_taken:
        return False
    held.due, held.hurried = now, held.hurried + 1
    held.save(update_fields=["due", "hurried"])
    return True


def can_send(endpoint: Endpoint) -> bool:
    """Whether a key of its network is good for it."""
    good = ClientKey.objects.good().filter(client=endpoint.client_id).values_list("scopes", flat=True)
    return any(Scope.WEBHOOKS in scopes for scopes in good)


def _lock_to_send(endpoint: Endpoint) -> None:
    """Of two who press at once one waits for the other. Raises NoKey."""
    Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if not can_send(endpoint):
        raise NoKey


def _see_that_none_waits(endpoint: Endpoint) -> None:
    if endpoint.deliveries.filter(state=Delivery.State.WAITING, once=True).exists():
        raise OneWaits


# Background work


def forget_former_secrets() -> None:
    over = Endpoint.objects.filter(former_until__lte=timezone.now())
    over.update(former_secret="", former_until=None)


def seal_anew() -> None:
    """By the newest key, so that a former SECRET_KEY may go after a day, as with second factors."""
    for endpoint in Endpoint.objects.only("pk", "secret", "former_secret"):
        with transaction.atomic():
            held = Endpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
            if held:
                held.secret = sealing.resealed(held.secret)
                held.former_secret = sealing.resealed(held.former_secret) if held.former_secret else ""
                held.save(update_fields=["secret", "former_secret"])
