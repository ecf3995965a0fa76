"""What waits for a person: apps register what they know of it in `AppConfig.ready()`; the page *My work* shows it.

Each function takes a user and gives pairs of a place and an item, with a number of queries that does not depend on how
many there are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Place(TextChoices):
    """Where on the page something stands, in this order."""

    WAITS_FOR_YOU = "waits-for-you", _("What waits for you")
    DRAFTS = "drafts", _("Drafts")
    IN_REVIEW = "in-review", _("In review")
    PUBLISHED = "published", _("Published")


# What is said where there is nothing.
EMPTY = {
    Place.WAITS_FOR_YOU: _("Reviews to do, and what reviewers ask of you, stand here."),
    Place.DRAFTS: _("You have no drafts."),
    Place.IN_REVIEW: _("Nothing of yours is being reviewed."),
    Place.PUBLISHED: _("Nothing of yours is published yet."),
}


@dataclass(frozen=True)
class Item:
    """One thing, drawn as an entry of a list.

    `what` says what it is about (*Review*, *Changes asked for*); `facts` are short remarks (*saved 3 May*); `message`
    is somebody's words; `since` orders the items; `links` are (label, address) beside the title's own.
    """

    title: str
    url: str
    since: datetime
    what: str = ""
    symbol: str = ""
    language: str = ""
    message: str = ""
    facts: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    example: bool = False


@dataclass(frozen=True)
class Section:
    """What an app contributes to the page."""

    name: str
    items: Callable[..., Iterable[tuple[Place, Item]]]


FIRST, WHOLE_PAGE = 20, 50  # so many stand on My work, and on each page of a place that has more


@dataclass(frozen=True)
class Group:
    """A place with everything that stands there."""

    place: Place
    items: Sequence[Item]

    @property
    def empty(self) -> str:
        return EMPTY[self.place]

    @property
    def first(self) -> Sequence[Item]:
        return self.items[:FIRST]

    @property
    def is_long(self) -> bool:
        return len(self.items) > FIRST


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Called in `AppConfig.ready()`; a name belongs to one section only."""
    if _sections.setdefault(section.name, section) != section:
        raise ValueError(f"The section {section.name!r} of My work is registered twice.")


def of(user) -> list[Group]:
    """Every place of the page: what waits, oldest first; the rest, latest first."""
    found = {place: [] for place in Place}
    for section in _sections.values():
        for place, item in section.items(user):
            found[place].append(item)
    return [_group(place, items) for place, items in found.items()]


def _group(place: Place, items: list[Item]) -> Group:
    return Group(place, sorted(items, key=lambda item: item.since, reverse=place != Place.WAITS_FOR_YOU))
