"""The only writer of working copies: what is typed is kept, until it is saved or dropped, or for 90 days."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from catalogue import uids
from catalogue.models import WorkingCopy

DAYS = 90
MOST_COPIES = 100  # of one person
MOST_CHARACTERS = 1_000_000  # of one form, as JSON

Typed = Mapping[str, list[str]]


class TypedElsewhere(Exception):
    """Another window of the same person has kept a text that the sender does not know of."""


class TooMuch(Exception):
    """The text is larger than a working copy may be, or there are too many of them."""


@dataclass(frozen=True)
class Sheet:
    """Whose text it is, and of what."""

    person: User
    kind: str
    record: UUID
    place: str = ""

    @property
    def key(self) -> tuple[str, UUID, str]:
        return self.kind, self.record, self.place

    def copies(self):
        return WorkingCopy.objects.of(self.person).at(kind=self.kind, record=self.record, place=self.place)


def keep(*, sheet: Sheet, typed: Typed, revision: int | None, stamp: str, known: Iterable[str]) -> datetime:
    """What was typed takes the place of what was kept before. Returns when it was kept.

    `known` are the stamps of this window's own sendings, and of what it was opened with: it overwrites nothing else.
    Raises TypedElsewhere and TooMuch. Two queries: nobody is held up by anybody's typing.
    """
    if len(json.dumps(typed, ensure_ascii=False)) > MOST_CHARACTERS:
        raise TooMuch
    kept = {tuple(key): stamp for *key, stamp in _hers(sheet.person)}
    values = {"typed": typed, "revision": revision, "stamp": stamp, "saved_at": timezone.now()}
    if sheet.key not in kept:
        _begin(sheet, values, is_full=len(kept) >= MOST_COPIES)
    elif kept[sheet.key] not in {*known, stamp}:
        raise TypedElsewhere
    elif not sheet.copies().filter(stamp=kept[sheet.key]).update(**values):
        raise TypedElsewhere  # a moment ago
    return values["saved_at"]


def _hers(person: User):
    return WorkingCopy.objects.of(person).values_list("kind", "record", "place", "stamp")


def _begin(sheet: Sheet, values: dict, *, is_full: bool) -> None:
    if is_full:
        raise TooMuch
    try:
        WorkingCopy.objects.create(
            person=sheet.person, kind=sheet.kind, record=sheet.record, place=sheet.place, **values
        )
    except IntegrityError as error:
        raise TypedElsewhere from error


def drop(*, sheet: Sheet) -> None:
    """It has been saved, or is not wanted any more."""
    sheet.copies().delete()


def drop_all(*, record: UUID) -> None:
    """Everybody's, of a record that is gone."""
    WorkingCopy.objects.filter(record=record).delete()


def keep_apart(*, person: User, kind: str, record: UUID, place: str = "") -> None:
    """She may write the record no more; what she had typed and not saved becomes something begun, of hers alone."""
    hers = Sheet(person, kind, record, place).copies()
    hers.update(record=uids.fresh(person), revision=None, stamp=uuid4().hex)


def forget(before: datetime) -> None:
    WorkingCopy.objects.filter(saved_at__lt=before).delete()
