"""What a person does with the networks that she registered, and what the portal does with their keys."""

from collections.abc import Sequence
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from exchange.keys import known, letters, tokens
from exchange.models import Client, ClientKey
from exchange.models.client import KEYS_AT_ONCE
from notices.actions import notify
from operations import audit
from operations.reasons import Reason

LONGEST = timedelta(days=365)
WARNED = timedelta(days=14)
MOST_NETWORKS = 10  # of one person


class NotAllowed(Exception):
    """There are as many as there may be, or her address is not confirmed."""


class TooManyKeys(Exception):
    """Two are good; one has to be revoked first."""


class MadeMeanwhile(Exception):
    """Another key was made since the page was drawn: the same button, pressed twice."""


def may_register(user: User) -> bool:
    confirmed = EmailAddress.objects.filter(user=user, verified=True).exists()
    return confirmed and Client.objects.of(user).count() < MOST_NETWORKS


@transaction.atomic
def register(*, client: Client, by: User) -> Client:
    """Raises NotAllowed."""
    User.objects.select_for_update().get(pk=by.pk)
    if not may_register(by):
        raise NotAllowed
    client.owner = by
    client.save()
    audit.note("network.registered", by=by, about=client)
    return client


@transaction.atomic
def change(*, client: Client, by: User) -> None:
    client.save()
    audit.note("network.changed", by=by, about=client)


@transaction.atomic
def end(*, client: Client, by: User) -> None:
    """With its keys and all that is known of its use."""
    audit.note("network.ended", by=by, about=client)
    client.delete()
    transaction.on_commit(known.forget)


def latest_key(client: Client) -> int:
    """The number of the key that was made last; 0 before the first."""
    return client.keys.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def make_key(*, client: Client, scopes: Sequence[str], lasts: timedelta, after: int, by: User) -> tuple[ClientKey, str]:
    """The key, and what it is in full: it is told this once. Raises TooManyKeys and MadeMeanwhile."""
    Client.objects.select_for_update().get(pk=client.pk)
    if latest_key(client) != after:
        raise MadeMeanwhile
    end_expired()
    taken = set(client.keys.filter(ended=None).values_list("slot", flat=True))
    free = [slot for slot in range(1, KEYS_AT_ONCE + 1) if slot not in taken]
    if not free:
        raise TooManyKeys
    token, made = tokens.new(), timezone.now()
    key = ClientKey.objects.create(
        client=client,
        slot=free[0],
        prefix=token.prefix,
        digest=token.digest,
        scopes=sorted(scopes),
        made=made,
        expires=made + min(lasts, LONGEST),
    )
    audit.note("key.rotated" if taken else "key.made", by=by, about=client, key=key.pk)
    return key, token.whole


@transaction.atomic
def revoke(*, key: ClientKey, by: User, reason: Reason | None = None) -> bool:
    """Whether it was still good. Where staff does it, and says why, whose it is has a letter."""
    held = ClientKey.objects.select_for_update().get(pk=key.pk)
    if held.ended is not None:
        return False
    held.ended = timezone.now()
    held.save(update_fields=["ended"])
    transaction.on_commit(known.forget)
    if reason is None:
        audit.note("key.revoked", by=by, about=key.client, key=key.pk)
        return True
    audit.note("key.revoked", by=by, about=key.client, whom=key.client.owner, key=key.pk, reason=reason.value)
    tell(key.client, "key-revoked", more=letters.which_and_why(key.prefix, reason.value))
    return True


# Background work


def look_after_keys() -> None:
    end_expired()
    warn_of_ends()


def end_expired() -> None:
    """What is over leaves its slot."""
    for key in ClientKey.objects.filter(ended=None, expires__lte=timezone.now()):
        ClientKey.objects.filter(pk=key.pk, ended=None).update(ended=key.expires)


def warn_of_ends() -> None:
    """A letter two weeks before, unless a key that lasts longer stands beside it; each row under its lock, once."""
    soon = timezone.now() + WARNED
    for pk in ClientKey.objects.good().filter(warned=None, expires__lte=soon).values_list("pk", flat=True):
        with transaction.atomic():
            key = ClientKey.objects.select_for_update().select_related("client__owner").get(pk=pk)
            if key.warned or key.ended:
                continue
            key.warned = timezone.now()
            key.save(update_fields=["warned"])
            if not key.client.keys.good().filter(expires__gt=soon).exists():
                tell(key.client, "key-ends")


def tell(client: Client, kind: str, **more) -> None:
    """Her who registered it, and the contact that she named."""
    titles = {code: client.name for code, _name in settings.LANGUAGES}
    notify([client.owner], kind, titles=titles, path=f"my/networks/{client.uid}/", **more)
    letters.to_contact(client, kind, **more)
