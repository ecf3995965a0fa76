"""Asking experts from outside for advice, and their answers. The only writer of `OutsideReview`.

Whoever may decide on a submission at its expert review asks; every address is answered alike. Nobody advises who has a part in
the text. Everything holds the record first, as a decision does.
"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from accounts import invited
from accounts.models import User
from catalogue import kinds
from notices import invitations
from operations import audit, reasons
from operations.dates import long_date
from operations.reasons import Reason
from partners.models import Membership, ReviewedRecord
from partners.review_letters import titles_of
from reviews import outside_letters as letters
from reviews.models import FieldComment
from reviews.outside import OutsideReview


class NoReason(Exception):
    """She has accepted it meanwhile, and is told why it is taken from her."""


class Involved(Exception):
    """She has a part in the text, or decides on it herself; says which."""


@transaction.atomic
def invite(
    *, record: ReviewedRecord, email: str, words: str, until: date, by: User, language: str = ""
) -> OutsideReview:
    """Writes the letter, in `language` to who has no account; an address that has one waiting gets another, and the first
    letter's link ends. Raises TooMany, and Involved for those whom the history of the text names to who asks; what others are
    to it, their answer alone tells.
    """
    record = _decided_by(record, by)
    review = record.current_workflow_state
    reader = invited.reader_of(email.strip().lower())
    if reader and _is_named_by(record, reader):
        raise Involved(_("This is one of those who have written the text. Ask somebody who has no part in it."))
    waiting = OutsideReview.objects.pending().filter(review=review, email=email.strip().lower()).first()
    if waiting:
        waiting.words, waiting.until, waiting.language = words, until, language
        waiting.save(update_fields=["words", "until", "language"])
        return _send_again(waiting, record, by)
    told = {"email": email, "words": words, "until": until, "language": language}
    asked = OutsideReview(review=review, titles=titles_of(record), **told)
    asked.about_kind, asked.about_uid = kinds.of(record).name, record.uid
    token = invited.begin(asked, by=by)
    audit.note("outside_review.asked", by=by, about=record)
    _write(asked, token, by)
    return asked


@transaction.atomic
def send_again(*, asked: OutsideReview, by: User) -> None:
    """With a new link; the old one ends. Raises TooMany, NotGood."""
    record = _decided_by(record_of(asked), by)
    _send_again(invited.pending(asked), record, by)


def _send_again(asked: OutsideReview, record: ReviewedRecord, by: User) -> OutsideReview:
    token = invited.again(asked, by=by)
    audit.note("outside_review.asked", by=by, about=record, letters=asked.letters)
    _write(asked, token, by)
    return asked


@transaction.atomic
def revoke(*, asked: OutsideReview, by: User, reason: Reason | None = None) -> None:
    """Whether she has accepted or not: she reads the text no more. Who has accepted hears so, and why. Raises NotGood where it
    is over, and NoReason.
    """
    record = _decided_by(record_of(asked), by)
    now = _as_it_is(asked)
    if now.accepted is None:
        invited.end(invited.pending(now), "revoked")
        reason = Reason.UNNEEDED
    elif reason is None:
        raise NoReason
    else:
        _close(now)
        why = reasons.told(reason)
        letters.tell(record, letters.REVOKED, [now.reviewer], known_as=now.titles, path="my/", by=by, message=why)
    audit.note("outside_review.revoked", by=by, about=record, whom=now.reviewer, reason=reason.value)


@transaction.atomic
def accept(*, asked: OutsideReview, by: User) -> OutsideReview:
    """Raises NotGood, AnotherAddress, Involved."""
    record = _held(record_of(asked))
    now = invited.hers(asked, by)
    if not _is_asked_for(now, record) or OutsideReview.objects.of(by).filter(review=now.review, closed=None).exists():
        raise invited.NotGood
    if why := part_in(record, by):
        raise Involved(why)
    now.reviewer = by
    now.accepted = timezone.now()
    now.save(update_fields=["reviewer", "accepted"])
    audit.note("outside_review.accepted", by=by, about=record)
    letters.tell_who_asked(now, record, letters.ACCEPTED)
    return now


@transaction.atomic
def decline(*, asked: OutsideReview, by: User) -> None:
    """Before or after she has accepted it. Raises NotGood, AnotherAddress."""
    record = _held(record_of(asked))
    now = _as_it_is(asked)
    if now.accepted is None:
        invited.end(invited.hers(asked, by), "declined")
    elif now.reviewer_id != by.pk:
        raise invited.AnotherAddress
    else:
        _close(now, gave_up=True)
    audit.note("outside_review.declined", by=by, about=record)
    letters.tell_who_asked(now, record, letters.DECLINED, by=by)


@transaction.atomic
def finish(*, asked: OutsideReview, by: User, is_named: bool) -> None:
    """She has said what she has to say; as long as the review goes on she may change it. Raises PermissionDenied."""
    record = _held(record_of(asked))
    now = OutsideReview.objects.at_work().of(by).select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if now is None:
        raise PermissionDenied
    is_first = now.given is None
    now.given, now.is_named = timezone.now(), is_named
    now.save(update_fields=["given", "is_named"])
    FieldComment.objects.filter(review=now.review, author=by, role=FieldComment.Role.OUTSIDE).update(is_named=is_named)
    audit.note("outside_review.given", by=by, about=record)
    if is_first:
        letters.tell_who_asked(now, record, letters.GIVEN)


def remind_late() -> None:
    """Background work: once each, whom nobody has heard from by the day that was named."""
    for asked in OutsideReview.objects.late().order_by("pk"):
        remind(asked)


@transaction.atomic
def remind(asked: OutsideReview) -> None:
    record = _held(record_of(asked))
    now = OutsideReview.objects.late().select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if now is None:  # another worker was faster
        return
    now.reminded = timezone.now()
    now.save(update_fields=["reminded"])
    letters.tell(record, letters.LATE, [now.reviewer], known_as=now.titles, path=letters.path_of(now))


def behind(token: str) -> OutsideReview | None:
    """The good invitation to which the link leads."""
    found = OutsideReview.objects.behind(token).select_related("invited_by", "review").first()
    return found if found and is_good(found) else None


def is_good(asked: OutsideReview) -> bool:
    """The invitation is open, its review goes on, and who asks would still decide there."""
    record = _record_if_any(asked)
    is_open = OutsideReview.objects.open().filter(pk=asked.pk).exists()
    return bool(record) and is_open and _is_asked_for(asked, record)


def record_of(asked: OutsideReview) -> ReviewedRecord:
    """Raises PermissionDenied where it is gone."""
    record = _record_if_any(asked)
    if record is None:
        raise PermissionDenied
    return record


def _record_if_any(asked: OutsideReview) -> ReviewedRecord | None:
    return kinds.get(asked.about_kind).model.objects.filter(uid=asked.about_uid).first()


def part_in(record: ReviewedRecord, user: User) -> str | Promise:
    """Why she cannot advise on it; "" where nothing speaks against it."""
    belongs = Membership.objects.filter(**{record.of_membership: record.pk}, user=user).exists()
    if belongs:
        return _("You belong to the organisation that answers for this text, and cannot advise on it.")
    if _has_written(record, user) or record.is_written_by(user):
        return _("You have written this text, or may write it, and cannot advise on it.")
    if type(record).objects.assessable_by(user).filter(pk=record.pk).exists():
        return _("You are a reviewer: you can read this text and decide on it without an invitation.")
    return ""


def _has_written(record: ReviewedRecord, user: User) -> bool:
    """Since it was published, or has handed it in."""
    written = Revision.objects.for_instance(record).filter(pk__gt=record.live_revision_id or 0, user=user).exists()
    review = record.current_workflow_state
    return written or bool(review and review.requested_by_id == user.pk)


def _is_named_by(record: ReviewedRecord, user: User) -> bool:
    its_own = [getattr(record, "owner", None), *record.written_together_by()]
    return user in its_own or _has_written(record, user)


def forget(before: datetime) -> None:
    """Whom was asked; what they said stays beside the fields."""
    OutsideReview.objects.filter(expires__lt=before).delete()


def _goes_on(asked: OutsideReview) -> bool:
    return asked.review.status in (asked.review.STATUS_IN_PROGRESS, asked.review.STATUS_NEEDS_CHANGES)


def _is_asked_for(asked: OutsideReview, record: ReviewedRecord) -> bool:
    reviewers = record.reviewers(asked.review.requested_by).filter(pk=asked.invited_by_id or 0)
    return _goes_on(asked) and reviewers.exists()


def _as_it_is(asked: OutsideReview) -> OutsideReview:
    found = OutsideReview.objects.filter(declined=None, revoked=None, closed=None).select_for_update(of=("self",))
    now = found.filter(pk=asked.pk).first()
    if now is None:
        raise invited.NotGood
    return now


def _close(asked: OutsideReview, *, gave_up: bool = False) -> None:
    asked.closed, asked.gave_up = timezone.now(), gave_up
    asked.save(update_fields=["closed", "gave_up"])


def _held(record: ReviewedRecord) -> ReviewedRecord:
    held = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if held is None:
        raise PermissionDenied
    return held


def _decided_by(record: ReviewedRecord, by: User) -> ReviewedRecord:
    held = _held(record)
    if not type(record).objects.assessable_by(by).filter(pk=record.pk).exists():
        raise PermissionDenied
    return held


def _write(asked: OutsideReview, token: str, by: User) -> None:
    invitations.send(
        "reviews/email/outside",
        email=asked.email,
        reader=invited.reader_of(asked.email),
        by=by,
        language=asked.language,
        link=("reviews:outside_invitation", token),
        title=lambda: asked.title,
        until=lambda: long_date(asked.until),
        words=asked.words,
    )
