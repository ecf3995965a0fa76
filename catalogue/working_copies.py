"""The only writer of working copies: what is typed is kept, until it is saved or dropped, or for 90 days."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import Count, OuterRef, QuerySet, Subquery
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


class Kept(NamedTuple):
    """What is there already: the stamp of this sheet's copy, None where it has none, and how many copies are hers."""

    stamp: str | None
    copies: int


def with_kept(records: QuerySet, *, person: User, kind: str, place: str = "") -> QuerySet:
    """Each record with what she has kept of it; `kept_in` reads it."""
    hers = WorkingCopy.objects.of(person)
    number = hers.order_by().values("person").annotate(number=Count("pk")).values("number")
    stamp = hers.at(kind=kind, record=OuterRef("uid"), place=place).values("stamp")
    return records.annotate(kept_stamp=Subquery(stamp), kept_copies=Subquery(number))


def kept_in(record) -> Kept | None:
    """None where it was read without."""
    return Kept(record.kept_stamp, record.kept_copies or 0) if hasattr(record, "kept_stamp") else None


def keep(
    *,
    sheet: Sheet,
    typed: Typed,
    revision: int | None,
    stamp: str,
    known: Iterable[str],
    kept: Kept | None = None,
) -> datetime:
    """What was typed takes the place of what was kept before. Returns when it was kept.

    `known` are the stamps of this window's own sendings, and of what it was opened with: it overwrites nothing else.
    `kept` is what was there before, where the caller has read it. Raises TypedElsewhere and TooMuch.
    """
    if len(json.dumps(typed, ensure_ascii=False)) > MOST_CHARACTERS:
        raise TooMuch
    kept = kept or _kept(sheet)
    values = {"typed": typed, "revision": revision, "stamp": stamp, "saved_at": timezone.now()}
    if kept.stamp is None:
        _begin(sheet, values, is_full=kept.copies >= MOST_COPIES)
    elif kept.stamp not in {*known, stamp}:
        raise TypedElsewhere
    elif not sheet.copies().filter(stamp=kept.stamp).update(**values):
        raise TypedElsewhere  # a moment ago
    return values["saved_at"]


def _kept(sheet: Sheet) -> Kept:
    hers = {
        tuple(key): stamp
        for *key, stamp in WorkingCopy.objects.of(sheet.person).values_list("kind", "record", "place", "stamp")
    }
    return Kept(hers.get(sheet.key), len(hers))


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
