"""The only writers of comments on fields, and the way back of what they are about.

Who may decide on a submission comments on it while it waits for her; who writes the record answers once it is hers to change
again. Pressing a button twice says a thing once.
"""

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalogue import kinds, record_log, reviewing
from partners.models import ReviewedRecord
from reviews.models import FieldComment, FieldCommentQuerySet
from reviews.outside import OutsideReview, advises

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
    _write([_answer(threads[key], text) for key, text in (replies or {}).items() if key in threads], by, role)
    if role == Role.OUTSIDE:  # what is settled, those decide whom she advises
        return
    to_settle = [threads[key] for key in settled if key in threads and threads[key].is_open]
    to_reopen = [threads[key] for key in reopened if key in threads and not threads[key].is_open]
    _mark(to_settle, timezone.now(), by)
    _mark(to_reopen, None, None)
    for thread in to_settle:
        _log(record, thread, record_log.SETTLED, by)
    for thread in to_reopen:
        _log(record, thread, record_log.REOPENED, by)


def speaks_as(record: ReviewedRecord | None, user: User) -> FieldComment.Role:
    """Raises PermissionDenied, and Locked."""
    if record is None:
        raise PermissionDenied
    if type(record).objects.reviewable_by(user).filter(pk=record.pk).exists():
        return Role.CHECKER if reviewing.hands_on(record.current_workflow_task_state) else Role.REVIEWER
    if record.is_written_by(user):  # nobody advises on what she writes
        if reviewing.is_locked(record, user):
            raise reviewing.Locked
        return Role.AUTHOR
    if not advises(record, user):
        raise PermissionDenied
    return Role.OUTSIDE


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
    of_it = {"review": step.workflow_state, "revision": step.revision}
    of_it |= {"about_kind": kinds.of(record).name, "about_uid": record.uid}
    _write([FieldComment(**of_it, **said._asdict()) for said in comments], by, role)


def _answer(thread: FieldComment, text: str) -> FieldComment:
    names = ("about_kind", "about_uid", "review_id", "field", "child", "language")
    return FieldComment(parent=thread, text=text, **{name: getattr(thread, name) for name in names})


def _write(comments: Collection[FieldComment], by: User, role: FieldComment.Role) -> None:
    """Each once, with as many queries for one as for many."""
    if not comments:
        return
    same = ("review_id", "parent_id", "field", "child", "language", "text")
    reviews = {comment.review_id for comment in comments}
    known = set(FieldComment.objects.filter(author=by, review__in=reviews).values_list(*same))
    named = OutsideReview.objects.held().of(by).filter(is_named=True, review__in=reviews)
    named_in = set(named.values_list("review", flat=True)) if role == Role.OUTSIDE else ()
    new = {told: comment for comment in comments if (told := attrgetter(*same)(comment)) not in known}
    for comment in new.values():
        comment.author, comment.role = by, role
        comment.sent_at = timezone.now() if role == Role.AUTHOR else None
        comment.is_named = comment.review_id in named_in
    FieldComment.objects.bulk_create(new.values())


def _mark(threads: Collection[FieldComment], when, by: User | None) -> None:
    if threads:
        keys = [thread.pk for thread in threads]
        FieldComment.objects.filter(pk__in=keys).update(resolved_at=when, resolved_by=by)


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
