"""A registered network with all that its pages show."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from accounts.models import User
from exchange.keys import actions as keys
from exchange.models import Client, ClientUse, Delivery, Endpoint, Scope
from exchange.webhooks import actions as webhooks

TRIES = [
    {"at": "2026-11-23T08:00:00Z", "status": None, "ms": 10_000, "reason": "TooSlow"},
    {"at": "2026-11-23T08:00:05Z", "status": 500, "ms": 120, "reason": ""},
]


def registered(owner: User) -> SimpleNamespace:
    """Its client, two keys of which one was revoked, a day's use, a webhook that was stopped, what was sent there, and one that
    is told.
    """
    client = Client(name="Alpine Zones", contact="data@alpine.example", purpose="We mirror the practices.")
    client.home_page = "https://alpine.example/"
    keys.register(client=client, by=owner)
    for after in (0, 1):
        asked = {"scopes": list(Scope), "lasts": timedelta(days=365), "after": after and keys.latest_key(client)}
        key, _whole = keys.make_key(client=client, by=owner, **asked)
    keys.revoke(key=key, by=owner)
    day = timezone.localdate()
    ClientUse.objects.create(client=client, day=day, door="changes", requests=1_440, bytes=9_000_000, refused=2)
    endpoint = Endpoint(url="https://receiver.alpine.example/a-long-address/of-some-receiver/behind/a/gateway")
    webhooks.add(endpoint=endpoint, client=client, by=owner)
    delivery = webhooks.test(endpoint=endpoint)
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.FAILED, tries=TRIES, attempts=2)
    webhooks.rotate(endpoint=endpoint, by=owner)
    webhooks.stop(endpoint=endpoint, why=Endpoint.Stopped.OWNER, by=owner)
    told = Endpoint(url="https://alpine.example/hook", kinds=["practices"])
    webhooks.add(endpoint=told, client=client, by=owner)
    good = client.keys.good().get()
    return SimpleNamespace(client=client, key=key, good=good, endpoint=endpoint, told=told, delivery=delivery)
