"""Who keeps what about people: every app says what it has, gives it to the person, and takes it away with her account.

Apps register theirs in `AppConfig.ready()`, so in the order of INSTALLED_APPS: the upper rooms first. A test fails while a
relation to an account is neither looked after by one of them nor left to go with the row (`relations`).

The rights behind it are in Articles 15 (to see), 17 (to be erased) and 20 (to take along) of the General Data Protection
Regulation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any, BinaryIO

from django.apps import apps
from django.utils.functional import Promise

from accounts.models import User

Words = str | Promise
Opened = Callable[[], BinaryIO]


def _nothing(user: User) -> None:
    """What goes with the account's row, or is no longer linked to anybody without it."""


def _no_files(user: User) -> Iterable[tuple[str, Opened]]:
    return ()


def _nothing_foretold(user: User) -> Iterable[Words]:
    return ()


def _no_matter(changed: Mapping[str, set]) -> None:
    """No text of the app's is shown from anywhere else."""


@dataclass(frozen=True)
class PersonalData:
    """What an app keeps about people.

    `what` it is and how long it is `kept`, for those whom it is about; `stays` says what remains without them, and why.
    `export` gives what JSON can hold; `files` are (name, opened). `erase` is called in the
    transaction that erases the account, which is still there. `relations` are the links to accounts that all this covers, as
    `app.Model.field`, with `*` for what many models have. `foretells` gives sentences about what her erasure will do.
    `scrubbed` hears in which models, and in which of their rows, an address was taken out of texts. `hold` locks the rows that
    others lock before they write about her, so that nobody waits for anybody else in a circle.
    """

    name: str
    what: Words
    kept: Words
    export: Callable[[User], Any]
    erase: Callable[[User], None] = _nothing
    stays: Words = ""
    relations: tuple[str, ...] = ()
    files: Callable[[User], Iterable[tuple[str, Opened]]] = _no_files
    foretells: Callable[[User], Iterable[Words]] = _nothing_foretold
    hold: Callable[[User], None] = _nothing
    scrubbed: Callable[[Mapping[str, set]], None] = _no_matter


_kept: dict[str, PersonalData] = {}


def register(kept: PersonalData) -> None:
    """A name belongs to one app only."""
    if _kept.setdefault(kept.name, kept) != kept:
        raise ValueError(f"The personal data {kept.name!r} are registered twice.")


def all_kept() -> list[PersonalData]:
    return list(_kept.values())


def relations_to_people() -> set[str]:
    """Every link from a row to an account, in our apps and in everybody else's."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.concrete and field.is_relation and field.related_model is User and field.model is model
    }


def unclaimed() -> set[str]:
    """The links that nobody looks after."""
    claims = [claim for kept in _kept.values() for claim in kept.relations]
    return {link for link in relations_to_people() if not any(fnmatch(link, claim) for claim in claims)}
