"""The only writers of comments on fields, and the way back of what they are about.

Who may decide on a submission comments on it while it waits for her; who writes the record answers once it is hers to change
again. Pressing a button twice says a thing once.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue import kinds, record_log, reviewing
from partners.models import ReviewedRecord
from reviews.models import FieldComment, FieldCommentQuerySet
from reviews.outside import advises

Role = FieldComment.Role


class Said(NamedTuple):
    """A new comment; as `FieldComment` has it."""

    text: str
    field: str = ""
    language: str = ""
    child: UUID | None = None


@transaction.atomic
def keep(
    *,
    record: ReviewedRecord,
    by: User,
    comments: Iterable[Said] = (),
    revision: int | None = None,
    replies: Mapping[int, str] | None = None,
    settled: Iterable[int] = (),
    reopened: Iterable[int] = (),
) -> None:
    """What somebody said of a record at one go; threads are given by their keys, those of other records have no effect.

    `revision` is what a reviewer has read; EditConflict if it is another now. Raises PermissionDenied, and Locked where its
    authors speak while it is under review.
    """
    record = type(record).objects.select_for_update().filter(pk=record.pk).first()
    role = speaks_as(record, by)
    threads = {each.pk: each for each in seen_by(role, record, by).threads()}
    if comments:
        _comment(record, by, role, comments, revision)
    for key, text in (replies or {}).items():
        if key in threads:
            _write(_answer(threads[key], text), by, role)
    if role == Role.OUTSIDE:  # what is settled, those decide whom she advises
        return
    for key in settled:
        if key in threads and threads[key].is_open:
            _mark(threads[key], timezone.now(), by)
            _log(record, threads[key], record_log.SETTLED, by)
    for key in reopened:
        if key in threads and not threads[key].is_open:
            _mark(threads[key], None, None)
            _log(record, threads[key], record_log.REOPENED, by)


def speaks_as(record: ReviewedRecord | None, user: User) -> FieldComment.Role:
    """Raises PermissionDenied, and Locked."""
    if record is None:
        raise PermissionDenied
    if type(record).objects.reviewable_by(user).filter(pk=record.pk).exists():
        return Role.CHECKER if reviewing.hands_on(record.current_workflow_task_state) else Role.REVIEWER
    if advises(record, user):
        return Role.OUTSIDE
    if not record.is_written_by(user):
        raise PermissionDenied
    if reviewing.is_locked(record, user):
        raise reviewing.Locked
    return Role.AUTHOR


def seen_by(role: FieldComment.Role, record: ReviewedRecord, user: User) -> FieldCommentQuerySet:
    found = FieldComment.objects.about(record)
    if role == Role.OUTSIDE:
        return found.sent_or_by(user)
    return found.sent() if role == Role.AUTHOR else found


def _comment(record: ReviewedRecord, by: User, role, comments: Iterable[Said], revision: int | None) -> None:
    if role == Role.AUTHOR:
        raise PermissionDenied
    step = record.current_workflow_task_state
    if step.revision_id != revision:
        raise reviewing.EditConflict(step.revision)
    for said in comments:
        written = FieldComment(review=step.workflow_state, revision=step.revision, **said._asdict())
        written.about_kind, written.about_uid = kinds.of(record).name, record.uid
        _write(written, by, role)


def _answer(thread: FieldComment, text: str) -> FieldComment:
    names = ("about_kind", "about_uid", "review_id", "field", "child", "language")
    return FieldComment(parent=thread, text=text, **{name: getattr(thread, name) for name in names})


def _write(comment: FieldComment, by: User, role: FieldComment.Role) -> None:
    same = ("review_id", "parent_id", "field", "child", "language", "text")
    if FieldComment.objects.filter(author=by, **{name: getattr(comment, name) for name in same}).exists():
        return
    comment.author, comment.role = by, role
    comment.sent_at = timezone.now() if role == Role.AUTHOR else None
    if role == Role.OUTSIDE:
        comment.is_named = comment.review.outside_reviews.held().of(by).filter(is_named=True).exists()
    comment.save()


def _mark(thread: FieldComment, when, by: User | None) -> None:
    thread.resolved_at, thread.resolved_by = when, by
    thread.save(update_fields=["resolved_at", "resolved_by"])


def _log(record: ReviewedRecord, thread: FieldComment, action: str, by: User) -> None:
    """Of what its authors have not seen yet, the log is silent, for they read it."""
    if thread.sent_at:
        record_log.note(record, action, by=by, about=thread.pk, field=thread.field)


@transaction.atomic
def send_back(*, record: ReviewedRecord, by: User, message: str, revision: int, step: int | None = None) -> None:
    """As `catalogue.reviewing.send_back`, with what was said of the fields: its authors see that from now on."""
    said = FieldComment.objects.about(record)
    commented = said.open().exists()
    reviewing.send_back(record=record, by=by, message=message, revision=revision, step=step, commented=commented)
    if number := said.filter(sent_at=None).update(sent_at=timezone.now()):
        record_log.note(record, record_log.COMMENTED, by=by, comments=number)
