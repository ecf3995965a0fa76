"""What is kept of those who registered networks (`accounts.personal_data`), and how long (`operations.retention`)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import personal_data
from accounts.models import User
from accounts.personal_data import PersonalData
from exchange.keys import known
from exchange.models import Client, ClientKey, ClientUse
from operations import retention
from operations.retention import Retention


def register() -> None:
    personal_data.register(
        PersonalData(
            "networks",
            what=_(
                "Networks that you registered to read the catalogue: contact, keys as hashes, webhooks, how much they read"
            ),
            kept=_("as long as the registration; use and ended keys for a year"),
            export=_export,
            erase=_erase,
            relations=("exchange.Client.owner",),
            foretells=_foretells,
        )
    )
    retention.register(Retention("use of networks", _("How much a network of yours read on a day"), 366, _forget_use))
    retention.register(Retention("ended keys", _("Keys of your networks, after they ended"), 366, _forget_keys))


def _export(user: User) -> list[dict]:
    return [
        {
            "name": client.name,
            "contact": client.contact,
            "purpose": client.purpose,
            "home_page": client.home_page,
            "created": client.created,
            "keys": list(client.keys.values("prefix", "scopes", "made", "expires", "ended", "last_used")),
            "webhooks": list(client.endpoints.values("url", "kinds", "created", "disabled", "why")),
            "use": list(client.use.values("day", "door", "requests", "bytes", "refused")),
        }
        for client in Client.objects.of(user).order_by("pk")
    ]


def _erase(user: User) -> None:
    Client.objects.of(user).delete()
    known.forget()


def _foretells(user: User) -> Iterator[str]:
    if number := Client.objects.of(user).count():
        words = ngettext(
            "%(count)s network that you registered: its keys and webhooks end.",
            "%(count)s networks that you registered: their keys and webhooks end.",
            number,
        )
        yield words % {"count": number}


def _forget_use(before: datetime) -> None:
    ClientUse.objects.filter(day__lt=before.date()).delete()


def _forget_keys(before: datetime) -> None:
    ClientKey.objects.filter(ended__lt=before).delete()
