"""What people are asked to agree to: each purpose in plain words, with the version of those words.

Apps register theirs in `AppConfig.ready()`. Whoever changes a text gives it a new version, the day of the change: a
consent is good for the words that were read (Article 7 of the General Data Protection Regulation), and a test holds the
words to their version.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Purpose:
    """`is_needed`: there is no account without it, so that who takes it back closes the account.

    `page` is the slug of the page, below the English home page, that holds the whole text. `names_of` calls by their
    names those things that consents of this purpose are about.
    """

    name: str
    title: Words
    text: Words
    version: str  # YYYY-MM-DD
    is_needed: bool = False
    page: str = ""
    names_of: Callable[[Iterable[str]], Mapping[str, str]] | None = None
    taken_back: Callable[..., None] | None = None

    @property
    def version_day(self) -> date:
        return date.fromisoformat(self.version)


TERMS = Purpose(
    "terms",
    title=_("Terms of use"),
    text=_("I agree to the terms of use."),
    version="2026-11-22",
    is_needed=True,
    page="terms-of-use",
)
_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """A name belongs to one purpose only."""
    if _purposes.setdefault(purpose.name, purpose) != purpose:
        raise ValueError(f"The purpose {purpose.name!r} is registered twice.")


def named(name: str) -> Purpose | None:
    """None for what an earlier release asked."""
    return _purposes.get(name)


def needed() -> list[Purpose]:
    return [purpose for purpose in _purposes.values() if purpose.is_needed]


def all_purposes() -> list[Purpose]:
    return list(_purposes.values())
