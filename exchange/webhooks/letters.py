"""What is told of webhooks, and how long what was sent is kept."""

from datetime import datetime

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.models import Delivery, Endpoint
from notices import kinds
from notices.kinds import Kind, Words
from operations import audit, retention
from operations.retention import Retention

STOPPED_BECAUSE = {
    Endpoint.Stopped.OWNER: _("You stopped it."),
    Endpoint.Stopped.GONE: _("The receiver answered 410: it is there no longer."),
    Endpoint.Stopped.FAILING: _("Nothing arrived there for three days."),
    Endpoint.Stopped.STAFF: _("The portal’s staff stopped it."),
}
STOPPED = Kind(
    "webhook-stopped",
    what=_("Webhook stopped"),
    subject=_("A webhook was stopped: %(title)s"),
    sentence=_("nothing is sent any longer to a webhook of “%(title)s”."),
    lead=_("See what was sent, and begin again when the receiver is back:"),
    waits=True,
)
STOPPED_BY_STAFF = Kind(
    "webhook-stopped-by-staff",
    what=_("Webhook stopped"),
    subject=_("A webhook was stopped: %(title)s"),
    sentence=_("the portal’s staff has stopped a webhook of “%(title)s”: nothing is sent there any longer."),
    lead=_("See what was sent, and begin again when what led to it is over:"),
    waits=True,
)


def which_and_why(endpoint: Endpoint, why: Words) -> Promise:
    """For a letter, in its language. Of the address only the host: a letter may be read by others."""
    return lazy(_which_and_why, str)(endpoint.host, why)


def _which_and_why(host: str, why: Words) -> str:
    which = gettext("It is the webhook at %(host)s.") % {"host": host}
    return f"{which} {why}"


def register() -> None:
    kinds.register(STOPPED)
    kinds.register(STOPPED_BY_STAFF)
    for word, label in (
        ("webhook.added", _("Webhook added")),
        ("webhook.changed", _("Webhook changed")),
        ("webhook.removed", _("Webhook removed")),
        ("webhook.secret_rotated", _("Webhook has a new secret")),
        ("webhook.stopped", _("Webhook stopped")),
        ("webhook.begun_again", _("Webhook begun again")),
    ):
        audit.register(word, label)
    what = _("What was sent to webhooks of your networks")
    retention.register(Retention("webhook messages", what, 30, _forget_deliveries))


def _forget_deliveries(before: datetime) -> None:
    Delivery.objects.filter(created__lt=before).exclude(state=Delivery.State.WAITING).delete()
