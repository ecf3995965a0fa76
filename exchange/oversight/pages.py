"""What administrators see of registered networks: never a key, a secret, or more of a receiver's address than its host."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.keys.pages import SHOWN, Registered
from exchange.models import Client, ClientKey, ClientUse, Delivery, Endpoint, Scope
from exchange.webhooks.pages import Sent, kinds_in_words

STOPPED = {
    Endpoint.Stopped.OWNER: gettext_lazy("stopped by its owner"),
    Endpoint.Stopped.GONE: gettext_lazy("stopped: the receiver answered 410"),
    Endpoint.Stopped.FAILING: gettext_lazy("stopped: nothing arrived for three days"),
    Endpoint.Stopped.STAFF: gettext_lazy("stopped by staff"),
}


def networks() -> QuerySet[Client]:
    """With `last_used`, `requests` and `refused` of the last thirty days, the good keys as `good`, and the webhooks."""
    of_client = {"client": OuterRef("pk")}
    since = timezone.localdate() - SHOWN
    use = ClientUse.objects.filter(day__gt=since, **of_client).order_by().values("client")
    keys = ClientKey.objects.filter(**of_client).order_by().values("client")
    return (
        Client.objects.select_related("owner")
        .prefetch_related("endpoints", Prefetch("keys", ClientKey.objects.good(), to_attr="good"))
        .annotate(
            last_used=Subquery(keys.annotate(day=Max("last_used")).values("day")),
            requests=Coalesce(Subquery(use.annotate(sum=Sum("requests")).values("sum")), 0),
            refused=Coalesce(Subquery(use.annotate(sum=Sum("refused")).values("sum")), 0),
        )
    )


def state_of(endpoint: Endpoint, good: Sequence[ClientKey]) -> str:
    """`good`: the good keys of its network."""
    if endpoint.disabled:
        return str(STOPPED[endpoint.why])
    if not any(Scope.WEBHOOKS in key.scopes for key in good):
        return _("waits: no key for webhooks is good")
    return _("is told of changes")


def webhooks_in_words(client: Client) -> list[str]:
    """Of one of `networks`."""
    return [f"{endpoint.host}: {state_of(endpoint, client.good)}" for endpoint in client.endpoints.all()]


@dataclass(frozen=True)
class Hook:
    """A webhook; `last` is the latest message, if any was sent in the last thirty days."""

    endpoint: Endpoint
    state: str
    last: Delivery | None

    @property
    def kinds(self) -> str:
        return kinds_in_words(self.endpoint)

    @property
    def outcome(self) -> str:
        return Sent(self.last).outcome if self.last else ""


class Overseen(Registered):
    @cached_property
    def hooks(self) -> list[Hook]:
        newest = Delivery.objects.filter(endpoint=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        latest = self.client.endpoints.order_by().annotate(latest=Subquery(newest)).values("latest")
        sent = {each.endpoint_id: each for each in Delivery.objects.filter(pk__in=latest)}
        return [Hook(each, state_of(each, self.good), sent.get(each.pk)) for each in self.endpoints]
