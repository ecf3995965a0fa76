"""What the page about a webhook shows."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import kinds
from exchange.models import Delivery, Endpoint
from exchange.webhooks import actions
from exchange.webhooks.letters import STOPPED_BECAUSE
from operations.dates import moment

SHOWN = 20
NO_KEY = gettext_lazy("Nothing is sent, for no key for webhooks is good. Make one first.")
REASONS = {
    "NotAllowed": gettext_lazy("it is no address of the open internet"),
    "NoSuchName": gettext_lazy("there is no such site"),
    "Refused": gettext_lazy("the site refused the connection"),
    "TooSlow": gettext_lazy("the site took too long"),
    "Unreadable": gettext_lazy("the answer could not be read"),
    "Failed": gettext_lazy("the mistake is ours"),
}


@dataclass(frozen=True)
class Sent:
    """A message as its owner sees it."""

    delivery: Delivery

    @property
    def what(self) -> str:
        return _("Test") if '"type":"webhook.test"' in self.delivery.body else _("The catalogue has changed")

    @property
    def is_waiting(self) -> bool:
        return self.delivery.state == Delivery.State.WAITING

    @property
    def can_be_hurried(self) -> bool:
        """Whether it waits for its next try."""
        return self.is_waiting and self.delivery.due > timezone.now() and not self.delivery.is_taken

    @property
    def state(self) -> str:
        if self.can_be_hurried:
            return _("waits until %(when)s") % {"when": moment(self.delivery.due)}
        return self.delivery.get_state_display()

    @property
    def tries(self) -> list[str]:
        return [_in_words(each) for each in self.delivery.tries]

    @property
    def outcome(self) -> str:
        """How it stands, and what came of the last try."""
        last = self.delivery.last_try
        return " · ".join([self.delivery.get_state_display(), *([_in_words(last)] if last else [])])


def _in_words(told: dict) -> str:
    came = told["status"] or REASONS.get(told["reason"], told["reason"])
    when = moment(datetime.fromisoformat(told["at"]))
    return _("%(when)s: %(came)s, after %(ms)s ms") % {"when": when, "came": came, "ms": told["ms"]}


@dataclass
class Hook:
    endpoint: Endpoint

    @cached_property
    def can_send(self) -> bool:
        return actions.can_send(self.endpoint)

    @property
    def notes(self) -> list[dict]:
        """What keeps messages from going: title and text."""
        why = [(_("Nothing is sent there."), STOPPED_BECAUSE[self.endpoint.why])] if self.endpoint.disabled else []
        if not self.can_send:
            why.append((_("No key for webhooks is good."), _("Neither tests nor messages go until you make one.")))
        return [{"title": title, "text": text} for title, text in why]

    @cached_property
    def sent(self) -> list[Sent]:
        return [Sent(delivery) for delivery in self.endpoint.deliveries.all()[:SHOWN]]

    @property
    def kinds_in_words(self) -> str:
        return kinds_in_words(self.endpoint)


def kinds_in_words(endpoint: Endpoint) -> str:
    wanted = [str(kind.plural) for kind in kinds.all_kinds() if kind.name in endpoint.kinds]
    return ", ".join(wanted) or _("all")
