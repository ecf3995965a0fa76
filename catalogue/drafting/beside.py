"""What stands beside the fields of a form and is no part of the draft: rooms register what they show there, and what they
take when the form is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from accounts.models import User
from catalogue.drafting.forms import DraftForm
from catalogue.records import Record


class Beside(Protocol):
    """For one form and one person."""

    def shown(self) -> dict[str, list]:
        """By the name of the field, of the text, or of the list of places; under "" what stands beside none of them."""

    def names(self) -> Iterable[str]:
        """Of what it can be sent."""

    def is_valid(self) -> bool: ...

    def keep(self) -> None:
        """What was sent. What cannot be kept at the moment is shown again."""


_makers: list[Callable[[DraftForm, Record, User, Mapping[str, Any] | None], Beside]] = []


def register(maker: Callable[[DraftForm, Record, User, Mapping[str, Any] | None], Beside]) -> None:
    if maker not in _makers:
        _makers.append(maker)


class Taken(NamedTuple):
    """`kept` is False where something has to be put right; `names` are those of all that could be sent."""

    kept: bool
    names: frozenset[str]


def take(form: DraftForm, record: Record, user: User, posted: Mapping[str, Any]) -> Taken:
    """Keeps what was sent beside the fields."""
    all_beside = [maker(form, record, user, posted) for maker in _makers]
    valid = [each for each in all_beside if each.is_valid()]
    for each in valid:
        each.keep()
    return Taken(len(valid) == len(all_beside), frozenset(name for each in all_beside for name in each.names()))


def put(form: DraftForm, record: Record, user: User) -> None:
    """Into the form, for its page: with what was sent where the form was sent."""
    posted = form.data if form.is_bound else None
    form.beside = {}
    for maker in _makers:
        for name, found in maker(form, record, user, posted).shown().items():
            form.beside.setdefault(name, []).extend(found)
