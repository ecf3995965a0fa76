"""The only writer of a record's states: draft, under review, sent back, published, withdrawn.

For every kind whose querysets say by `editable_by`, `removable_by` and `reviewable_by` who may do what, and whose model
says by `problems` what a draft still lacks. Every function checks what its user may do, reads the rows again under a
lock, and is one transaction. Those that may change the catalogue take its lock first (`catalogue.locking`). Pressing a
button twice does a thing once.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision, TaskState, Workflow, WorkflowState

from accounts.models import User
from catalogue import deletion, record_log
from catalogue.locking import in_publication
from catalogue.models import WithdrawalReason
from catalogue.origins import Place
from catalogue.problems import Problem
from catalogue.record_log import Ending
from catalogue.records import Record, RecordQuerySet

Edit = Callable[[Record], None]  # changes a draft in memory


class EditConflict(Exception):
    """Somebody saved another text since this one was read."""

    def __init__(self, revision: Revision | None):
        super().__init__(revision)
        self.revision = revision


class Locked(Exception):
    """What is submitted cannot be changed until it is decided or taken back, nor what an editor locked or scheduled."""


class Published(Exception):
    """What has been public is withdrawn, not deleted."""


class NotReady(Exception):
    """The draft lacks what reviewers need."""

    def __init__(self, problems: list[Problem]):
        super().__init__(problems)
        self.problems = problems


class Objected(Exception):
    """Somebody who may decide holds that what was read must not be published. Says who and why, in a reader's words."""


Objection = Callable[[Record, TaskState], str]  # in words; "" where there is none
_objections: list[Objection] = []


def register_objection(objection: Objection) -> None:
    """Called in `AppConfig.ready()`; it is asked under the lock of the record, in the transaction that would publish it."""
    if objection not in _objections:
        _objections.append(objection)


# Writing


def is_locked(record: Record, by: User) -> bool:
    lock = record.get_lock()
    return lock is not None and lock.for_user(by)


@transaction.atomic
def save_draft(
    *,
    record: Record,
    by: User,
    edit: Edit,
    expected_revision: int | None,
    even_unchanged: bool = False,
    by_machine: Collection[Place] = (),
    read: Collection[Place] = (),
    among: RecordQuerySet | None = None,
) -> Record:
    """Save the edit as the latest draft; a live text stays until the draft is approved.

    `expected_revision` is the revision that the user had before her. Raises EditConflict when another came since, and
    Locked; an edit that would change nothing is welcome in any case. `even_unchanged`: something beside the text changes
    with it, and who reads the text now shall hear of it. `by_machine`: which translations in it a machine has made; `read`:
    which of a machine's she has read and found right. `among`: the records that she may write, where that is said otherwise;
    what of them, the edit minds.
    """
    record = _held(record, type(record).objects.editable_by(by) if among is None else among)
    draft = record.draft_to_write()
    before = content_of(draft)
    edit(draft)
    changed = content_of(draft) != before
    if changed or even_unchanged:
        if is_locked(record, by):
            raise Locked
        if record.latest_revision_id not in (None, expected_revision):
            raise EditConflict(record.latest_revision)
        draft.save_revision(user=by, changed=changed, by_machine=by_machine, read=read)
        # the row is as it was, but for what Wagtail wrote into it
        record.latest_revision_id = draft.latest_revision_id
        record.has_unpublished_changes = draft.has_unpublished_changes
    return record


def content_of(draft: Record) -> dict:
    """What travels in revisions, as they would hold it."""
    return _of_content(type(draft), draft.serializable_data())


def text_of(record: Record, revision: Revision) -> dict:
    """What travelled in the revision; equal where two say the same."""
    return _of_content(type(record), revision.content)


def _of_content(model: type[Record], written: dict) -> dict:
    parts = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return {name: written.get(name) for name in (*model.content_fields, *parts)}


def delete_draft(*, record: Record, by: User, reason: str = "") -> None:
    """Only what was never published; the rest is withdrawn. With a reason (`operations.reasons`) where it is not hers alone.
    Raises Published, also when that happened a moment ago, Locked, and ReasonNeeded.
    """
    with transaction.atomic():
        record = _held(record, type(record).objects.removable_by(by))
        if record.was_public:
            raise Published
        if is_locked(record, by):
            raise Locked
        deletion.carry_out(record, by=by, reason=reason)


# Review


def submit(*, record: Record, by: User) -> bool:
    """Hand the latest draft to the reviewers; what is under review already stays so. Raises NotReady.

    What was sent back goes on where it was; past its organisation's check, only for who submitted it or answers for it.
    False when there is nothing to review: the text is published as it stands.
    """
    with transaction.atomic():
        record = _held(record, type(record).objects.editable_by(by))
        review = record.current_workflow_state
        if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
            return True
        if not review and not record.has_unpublished_changes:
            return False
        if problems := record.latest_draft().problems():
            raise NotReady(problems)
        if review and _goes_on(review, record, by):
            review.requested_by = by
            review.resume(user=by)
        else:
            end(record=record, by=by, why=Ending.ANEW)
            _complete(record.get_workflow()).start(record, by)
        return True


def _goes_on(review: WorkflowState, record: Record, by: User) -> bool:
    """What was checked was another's; nobody of the organisation has read what she hands in."""
    return hands_on(review.current_task_state) or by.pk == review.requested_by_id or record.is_answered_for_by(by)


def end(*, record: Record, by: User, why: Ending) -> None:
    """A review that is open ends without a decision: what is submitted next is reviewed from the first step on."""
    if review := record.current_workflow_state:
        review.cancel(user=by)
        record_log.note(record, record_log.REVIEW_ENDED, by=by, why=why.value, step=review.current_task_state_id)


def _complete(workflow: Workflow | None) -> Workflow:
    """Wagtail publishes at once where a workflow has no step left; the portal never does without a reviewer."""
    tasks = workflow.tasks.filter(active=True).specific() if workflow else ()
    if all(getattr(task, "hands_on", False) for task in tasks):
        raise ImproperlyConfigured("The workflow that reviews records is missing, or has no active task of a reviewer.")
    return workflow


def hands_on(step: TaskState) -> bool:
    """Whether an approval there leads to another step, and publishes nothing."""
    return getattr(step.task.specific, "hands_on", False)


def take_back(*, record: Record, by: User) -> None:
    """Back to a draft, before anybody has decided."""
    with transaction.atomic():
        record = _held(record, type(record).objects.editable_by(by))
        review = record.current_workflow_state
        if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
            end(record=record, by=by, why=Ending.TAKEN_BACK)


def send_back(
    *, record: Record, by: User, message: str, revision: int, step: int | None = None, commented: bool = False
) -> None:
    """Ask the author for changes. `revision` is what the reviewer has read; EditConflict if it is another now. Without a
    message only where what should be changed is said otherwise (`commented`).

    `step` is where the review was then (a TaskState's key): who may decide at several steps shall decide once by pressing a
    button twice.
    """
    if not message.strip() and not commented:
        raise ValueError("A record is sent back with a message.")
    with transaction.atomic():
        _step(record, by, revision, step).reject(user=by, comment=message)


@in_publication
def approve(*, record: Record, by: User, revision: int, step: int | None = None) -> datetime | None:
    """Hand what was read on to the next step, or publish it, as the workflow's end. Raises EditConflict, NotReady, or
    Objected; `revision` and `step` as of `send_back`.

    When an editor has set a time, it is published then; returns the time.
    """
    state = _step(record, by, revision, step)
    if problems := state.revision.as_object().problems():
        raise NotReady(problems)
    if not hands_on(state) and (objected := objection_to(record, state)):
        raise Objected(objected)
    _complete(state.workflow_state.workflow)
    state.approve(user=by)
    return Revision.objects.values_list("approved_go_live_at", flat=True).get(pk=revision)


def objection_to(record: Record, state: TaskState) -> str:
    """Why what is read at the step must not be published; "" where nobody objects."""
    return next(filter(None, (objection(record, state) for objection in _objections)), "")


def _step(record: Record, by: User, revision: int, step: int | None) -> TaskState:
    """Where the review is, for somebody who may decide there and has read what she decides on."""
    record = _held(record, type(record).objects.reviewable_by(by))
    state = record.current_workflow_task_state
    if state.revision_id != revision or step not in (None, state.pk):
        raise EditConflict(state.revision)
    return state


@in_publication
def withdraw(
    *, record: Record, by: User, reason: str = WithdrawalReason.WITHDRAWN, merged_into: UUID | None = None
) -> None:
    """Take a published record from the public; a review under way ends, the draft stays with its authors."""
    record = _held(record, type(record).objects.removable_by(by))
    end(record=record, by=by, why=Ending.WITHDRAWN)
    if record.live:
        record.unpublish(user=by, reason=reason, merged_into=merged_into)


def _held(record: Record, allowed: RecordQuerySet) -> Record:
    """The row as it is now, held until the transaction ends. Raises PermissionDenied."""
    held = type(record).objects.select_for_update().filter(pk=record.pk).first()
    if held is None or not allowed.filter(pk=record.pk).exists():
        raise PermissionDenied
    if record.latest_revision_id == held.latest_revision_id and "latest_revision" in record._state.fields_cache:
        held.latest_revision = record.latest_revision  # what a revision holds never changes
    if "row_content" in record.__dict__ and _publication_of(record) == _publication_of(held):
        held.row_content = record.row_content  # nor does a row, until something is published
    return held


def _publication_of(record: Record) -> tuple:
    return record.live_revision_id, record.latest_revision_id, record.last_published_at
