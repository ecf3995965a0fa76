"""What waits to be sent is derived from how far the catalogue is: publishing knows nothing of webhooks.

An endpoint has one message under way at most. Whatever happens until that has arrived comes with the next one, for a message
says only that there is something to pull.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from catalogue.models import Entry
from catalogue.publication import dumps
from catalogue.serializers import utc
from exchange.clock import Now
from exchange.models import Client, Delivery, Endpoint, Scope
from exchange.webhooks.shapes import CHANGED


def tell_changes() -> None:
    """One message for each endpoint that was told less than there is; its network needs a good key for webhooks."""
    now = Now.read()
    behind = ~Q(told_epoch=now.epoch) | Q(told_position__lt=now.position)
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, once=False).values("endpoint")
    with_keys = Client.objects.with_a_key_for(Scope.WEBHOOKS)
    endpoints = Endpoint.objects.filter(behind, disabled=None, client__in=with_keys).exclude(pk__in=waiting)
    found: dict[int, list[str]] = {}
    for endpoint in endpoints.order_by("pk"):
        since = endpoint.told_position if endpoint.told_epoch == now.epoch else 0
        if since not in found:
            found[since] = kinds_since(since)
        _tell(endpoint, now, found[since])


def kinds_since(position: int) -> list[str]:
    rows = Entry.objects.ours().filter(position__gt=position).order_by().values_list("kind", flat=True)
    return sorted(set(rows.distinct()))


@transaction.atomic
def _tell(endpoint: Endpoint, now: Now, kinds: Iterable[str]) -> None:
    """Of two workers the second one finds it told, or passes it over."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    mine = Endpoint.objects.select_for_update(skip_locked=skip_locked).filter(pk=endpoint.pk, disabled=None)
    same = mine.filter(told_epoch=endpoint.told_epoch, told_position=endpoint.told_position).first()
    if same is None:
        return
    told = [kind for kind in kinds if not same.kinds or kind in same.kinds]
    if told:
        Delivery.objects.create(endpoint=same, body=body_of(CHANGED, cursor=str(now), kinds=told))
    same.told_epoch, same.told_position = now
    same.save(update_fields=["told_epoch", "told_position"])


def body_of(kind: str, *, at: datetime | None = None, **told) -> str:
    return dumps({"type": kind, "timestamp": utc(at or timezone.now().replace(microsecond=0)), "data": told})
