"""Asking for translations, and what becomes of it. The only writer of `TranslationRequest` and `TranslationCall`.

Every function is one transaction and reads the request again under its lock: of two who take one up at once, the second
finds who was faster. Pressing a button twice does a thing once.
"""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import access
from accounts.models import User
from catalogue import kinds
from catalogue.latest import latest_words
from operations import audit
from partners.models import ReviewedRecord
from partners.review_letters import titles_of
from translations import letters
from translations.models import TranslationCall, TranslationRequest, speakers
from translations.rows import askable_by

logger = logging.getLogger(__name__)

MOST_TAKEN = 5  # by one person at a time


class IsOriginal(Exception):
    """The record is written in this language."""


class Ended(Exception):
    """It is done, withdrawn, or the record is gone."""


class Taken(Exception):
    """Somebody was faster."""

    def __init__(self, request: TranslationRequest):
        super().__init__(request)
        self.request = request


class TooMany(Exception):
    """She has taken up enough."""


@transaction.atomic
def ask(*, record: ReviewedRecord, language: str, by: User, note: str = "") -> TranslationRequest:
    """One request of a record and language is open at a time: who asks again finds the first. Raises IsOriginal."""
    record = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if record is None or not askable_by(type(record), by).filter(pk=record.pk).exists():
        raise PermissionDenied
    original = latest_words(record).original_language
    if language == original:
        raise IsOriginal
    if begun := TranslationRequest.objects.about(record).open().filter(language=language).first():
        return begun
    request = TranslationRequest.objects.create(
        about_kind=kinds.of(record).name,
        about_uid=record.uid,
        titles=titles_of(record),
        language=language,
        source_language=original,
        note=note,
        asked_by=by,
    )
    people = speakers().filter(spoken_languages__language=language).exclude(pk=by.pk)
    TranslationCall.objects.bulk_create(TranslationCall(request=request, user=user) for user in people)
    audit.note("translation.asked", by=by, about=record, language=language)
    return request


@transaction.atomic
def take(*, request: TranslationRequest, by: User) -> TranslationRequest:
    """From now on she may write the texts of that language. Raises Ended, Taken, TooMany."""
    User.objects.select_for_update().get(pk=by.pk)  # so that her tasks are counted one by one
    request = _held(request)
    if request.taken_by_id == by.pk:
        return request
    if not TranslationRequest.objects.for_speaker(by).filter(pk=request.pk).exists():
        raise PermissionDenied
    if request.taken_by_id:
        raise Taken(request)
    if TranslationRequest.objects.taken_up_by(by).count() >= MOST_TAKEN:
        raise TooMany
    _write(request, taken_by=by, taken_at=timezone.now())
    audit.note("translation.taken", by=by, about=record_of(request), language=request.language)
    return request


@transaction.atomic
def give_back(*, request: TranslationRequest, by: User) -> None:
    """Others may take it up; what she has saved stays in the draft. Raises Ended."""
    request = _held(request, taken_by=by)
    _write(request, taken_by=None, taken_at=None)
    audit.note("translation.given-back", by=by, about=record_of(request), language=request.language)


@transaction.atomic
def release(*, request: TranslationRequest, by: User) -> None:
    """Staff gives to others what somebody took up a month ago. Raises Ended."""
    request = _held(request)
    if not access.may(by, "translations.release") or not request.is_overdue:
        raise PermissionDenied
    translator = request.taken_by
    _write(request, taken_by=None, taken_at=None)
    audit.note("translation.released", by=by, about=record_of(request), whom=translator, language=request.language)
    letters.released(request, translator, by=by)


@transaction.atomic
def withdraw(*, request: TranslationRequest, by: User) -> None:
    """Whoever may ask for the record may take it back; who has taken it up is told. A second press finds it done."""
    request = TranslationRequest.objects.select_for_update().filter(pk=request.pk).first()
    record = record_of(request) if request else None
    if record is None or not askable_by(type(record), by).filter(pk=record.pk).exists():
        raise PermissionDenied
    if request.is_open:
        _write(request, withdrawn_at=timezone.now())
        translator = request.taken_by if request.taken_by != by else None
        audit.note("translation.withdrawn", by=by, about=record, whom=translator, language=request.language)
        letters.withdrawn(request, by=by)


def end_needless() -> None:
    """What was asked for a language that has become the original meanwhile. One that fails holds up no other."""
    for request in TranslationRequest.objects.open().order_by("pk"):
        try:
            end_if_needless(request=request)
        except Exception:
            logger.exception("Request %s for a translation could not be ended", request.pk)


@transaction.atomic
def end_if_needless(*, request: TranslationRequest) -> bool:
    """By itself: who had taken it up is told why. A second call finds it done."""
    request = TranslationRequest.objects.open().select_for_update().filter(pk=request.pk).first()
    record = record_of(request) if request else None
    if record is None or latest_words(record).original_language != request.language:
        return False
    _write(request, withdrawn_at=timezone.now())
    audit.note("translation.needless", by=None, about=record, whom=request.taken_by, language=request.language)
    if request.taken_by:
        letters.needless(request, f"my/translate/{request.about_uid}/{request.language}/")
    return True


@transaction.atomic
def hand_over(*, request: TranslationRequest, by: User) -> None:
    """It is translated, and from now on the record's people's again. They read and submit it, whoever asked: the draft may
    hold other things that they have begun and that would go to the reviewers half written. Raises Ended.
    """
    request = _held(request, taken_by=by)
    record = record_of(request)
    _write(request, done_at=timezone.now())
    audit.note("translation.done", by=by, about=record, language=request.language)
    letters.handed_over(request, record, by=by)


def record_of(request: TranslationRequest) -> ReviewedRecord | None:
    return kinds.get(request.about_kind).model.objects.filter(uid=request.about_uid).first()


def _held(request: TranslationRequest, **hers) -> TranslationRequest:
    """The row as it is now, held until the transaction ends. Raises Ended; PermissionDenied where it is not hers."""
    held = TranslationRequest.objects.select_for_update().filter(pk=request.pk).first()
    if held is None or not TranslationRequest.objects.open().filter(pk=request.pk).exists():
        raise Ended
    if any(getattr(held, name) != value for name, value in hers.items()):
        raise PermissionDenied
    return held


def _write(request: TranslationRequest, **changes) -> None:
    for name, value in changes.items():
        setattr(request, name, value)
    request.save(update_fields=list(changes))
