"""What the pages about a registered network show."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.models import Client, ClientKey, Endpoint
from exchange.models.client import KEYS_AT_ONCE
from operations.dates import long_date

SHOWN = timedelta(days=30)
DOORS = {  # of `exchange.keys.use`
    "changes": gettext_lazy("changes"),
    "dumps": gettext_lazy("dumps"),
    "interreg": gettext_lazy("formats of Interreg"),
    "state": gettext_lazy("state of the catalogue"),
    "records": gettext_lazy("lists and records"),
    "oai": gettext_lazy("OAI-PMH"),
    "feeds": gettext_lazy("feeds"),
    "linked": gettext_lazy("linked data"),
    "other": gettext_lazy("other doors"),
}


def grouped(number: int) -> str:
    """1234567 → 1 234 567"""
    return f"{number:,}".replace(",", " ")


@dataclass
class Registered:
    """A network with its keys and what it read lately."""

    client: Client

    @cached_property
    def keys(self) -> list[ClientKey]:
        return list(self.client.keys.all()[:20])

    @property
    def good(self) -> list[ClientKey]:
        return [key for key in self.keys if key.is_good]

    @property
    def over(self) -> list[ClientKey]:
        return [key for key in self.keys if not key.is_good]

    @cached_property
    def endpoints(self) -> list[Endpoint]:
        return list(self.client.endpoints.all())

    @property
    def can_have_another(self) -> bool:
        return len(self.good) < KEYS_AT_ONCE

    @cached_property
    def use(self) -> list[list[dict]]:
        """Rows of components/table.html: the latest thirty days, each door apart."""
        since = timezone.localdate() - SHOWN
        return [
            [
                {"text": long_date(row.day)},
                {"text": DOORS.get(row.door, row.door)},
                {"text": grouped(row.requests), "number": True},
                {"text": filesizeformat(row.bytes), "number": True},
                {"text": grouped(row.refused), "number": True},
            ]
            for row in self.client.use.filter(day__gt=since)
        ]

    @property
    def use_columns(self) -> list[dict]:
        return [
            {"label": _("Day")},
            {"label": _("Door")},
            {"label": _("Requests"), "number": True},
            {"label": _("Bytes"), "number": True},
            {"label": _("Refused"), "number": True},
        ]
