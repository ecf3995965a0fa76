"""Translations proposed by a machine: what the portal asks of such a service, and which it asks.

Off unless MACHINE_TRANSLATION_URL is set. A service is a class that the registry knows by name; MACHINE_TRANSLATION_SERVICE
chooses. Only texts, and the two languages, are sent: not whose they are, nor what they belong to.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_TEXTS, MOST_CHARACTERS = 100, 30_000  # of one proposal
LANGUAGES_KEPT = 3600  # seconds
LONGER_BY = 4  # times, and a little more: no translation is


class MachineError(Exception):
    """Nothing was proposed; `sentence` says why, and what to do, to who asked."""

    sentence: Promise = _("The translation service did not work. Please try again later, or translate it yourself.")


class NotReachable(MachineError):
    sentence = _("The translation service does not answer. Please try again later, or translate it yourself.")


class Refused(MachineError):
    sentence = _("The translation service refused the texts. Please tell the portal’s staff; here nothing was changed.")


class TooBusy(MachineError):
    sentence = _("The translation service has too much to do. Please try again in a few minutes.")


class Unreadable(MachineError):
    sentence = _("The translation service answered something that cannot be used. Please translate it yourself.")


class TooLong(MachineError):
    sentence = _("That is too much text at once. Please have it proposed field by field.")


class NotSpoken(MachineError):
    sentence = _("The translation service does not know this pair of languages. Please translate it yourself.")


class Service(Protocol):
    """One that translates. Made for one proposal, which ends at the moment `until` (of `time.monotonic`) at the latest.

    Both raise MachineError, and nothing else whatever the other side does.
    """

    def __init__(self, *, url: str, key: str, until: float): ...

    def pairs(self) -> Mapping[str, Sequence[str]]:
        """From which languages into which; of one language an empty list means into all."""

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """As many texts as it was given, in their order."""


_services: dict[str, Callable[..., Service]] = {}


def register(name: str, service: Callable[..., Service]) -> None:
    """In `AppConfig.ready()`; a name belongs to one service only."""
    if _services.setdefault(name, service) is not service:
        raise ValueError(f"The translation service {name!r} is registered twice.")


def host() -> str:
    """To which house texts would be sent, as it is told to people; "" where nothing is sent."""
    return urlsplit(settings.MACHINE_TRANSLATION["URL"]).hostname or ""


def is_on() -> bool:
    return bool(host())


def propose(texts: Sequence[str], *, source: str, target: str) -> list[str]:
    """A translation of each text, in their order; "" for one of which the machine made nothing. Raises MachineError.

    It takes no longer than MACHINE_TRANSLATION_TIMEOUT.
    """
    if len(texts) > MOST_TEXTS or sum(map(len, texts)) > MOST_CHARACTERS:
        raise TooLong
    if not texts:
        return []
    told = settings.MACHINE_TRANSLATION
    until = monotonic() + told["TIMEOUT"]
    service = _services[told["SERVICE"]](url=told["URL"], key=told["KEY"], until=until)
    if not _speaks(service, source, target):
        raise NotSpoken
    found = service.translate(texts, source=source, target=target)
    if len(found) != len(texts) or any(_is_no_translation(*pair) for pair in zip(texts, found, strict=True)):
        raise Unreadable
    return found


def _speaks(service: Service, source: str, target: str) -> bool:
    key = f"machine-translation:{settings.MACHINE_TRANSLATION['URL']}"
    pairs = cache.get(key)
    if pairs is None:
        pairs = {code: list(into) for code, into in service.pairs().items()}
        cache.set(key, pairs, LANGUAGES_KEPT)
    return source in pairs and target in (pairs[source] or pairs)


def _is_no_translation(text: str, found: str) -> bool:
    return not isinstance(found, str) or len(found) > LONGER_BY * len(text) + 200
