"""The only writer of a practice's states: draft, under review, sent back, published, withdrawn.

Every function checks what its user may do, reads the rows again under a lock, and is one transaction. Those that may
change the catalogue take its lock first (`catalogue.locking`). Pressing a button twice does a thing once.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.models import Revision, TaskState, Workflow, WorkflowState

from accounts.models import User
from catalogue import publication
from catalogue.locking import in_publication, publishing
from catalogue.models import WithdrawalReason
from partners.models import Organisation
from practices.models import GoodPractice, GoodPracticeQuerySet
from practices.readiness import Problem, problems_of

Edit = Callable[[GoodPractice], None]  # changes a draft in memory


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


# Writing


def create_draft(
    *, by: User, edit: Edit, organisation: Organisation | None = None, uid: UUID | None = None
) -> GoodPractice:
    """A new practice of the user's. With the `uid` of one that she began a moment ago, that one is saved instead."""
    mine = GoodPractice.objects.filter(owner=by)
    begun = mine.filter(uid=uid).first() if uid else None
    if begun is None:
        try:
            return _begin(uid or uuid4(), edit, organisation, by)
        except IntegrityError:  # she pressed the button twice, or the uid is somebody else's
            begun = mine.filter(uid=uid).first()
            if begun is None:
                return _begin(uuid4(), edit, organisation, by)
    return save_draft(practice=begun, by=by, edit=edit, organisation=organisation, expected_revision=None)


def is_locked(practice: GoodPractice, by: User) -> bool:
    lock = practice.get_lock()
    return lock is not None and lock.for_user(by)


@transaction.atomic
def _begin(uid: UUID, edit: Edit, organisation: Organisation | None, by: User) -> GoodPractice:
    practice = GoodPractice(uid=uid, owner=by, organisation_in_charge=_own(organisation, None, by))
    edit(practice)
    practice.save()
    practice.save_revision(user=by)
    return practice


def save_draft(
    *, practice: GoodPractice, by: User, edit: Edit, organisation: Organisation | None, expected_revision: int | None
) -> GoodPractice:
    """Save the edit as the latest draft; a live text stays until the draft is approved.

    `expected_revision` is the revision that the user had before her. Raises EditConflict when another came since, and
    Locked; an edit that would change nothing is welcome in any case. The organisation in charge is in the ledger:
    it changes at once, for a published practice in the catalogue, too.
    """
    held = GoodPractice.objects.filter(pk=practice.pk).values_list("organisation_in_charge", flat=True).first()
    moves = held != (organisation.pk if organisation else None)
    with publishing() if moves else transaction.atomic():
        practice = _locked(practice, GoodPractice.objects.editable_by(by))
        draft = practice.latest_draft()
        before = _content(draft)
        edit(draft)
        changed = _content(draft) != before
        if not changed and not moves:
            return practice
        if is_locked(practice, by):
            raise Locked
        if practice.latest_revision_id not in (None, expected_revision):
            raise EditConflict(practice.latest_revision)
        if moves:
            if not may_move(practice, by) or (practice.live and organisation is None):
                raise PermissionDenied
            publication.change_ledger(practice, organisation_in_charge=_own(organisation, practice, by))
            draft.organisation_in_charge = organisation
        draft.save_revision(user=by, changed=changed)
    practice.refresh_from_db()
    return practice


def _content(draft: GoodPractice) -> dict:
    """What travels in revisions, as they would hold it."""
    written = draft.serializable_data()
    return {name: written[name] for name in (*draft.content_fields, "images")}


def may_move(practice: GoodPractice, by: User) -> bool:
    """Whether she may put it in another organisation's charge: what is public changes there at once, without a review."""
    return not practice.live or GoodPractice.objects.removable_by(by).filter(pk=practice.pk).exists()


def _own(organisation: Organisation | None, practice: GoodPractice | None, by: User) -> Organisation | None:
    """Practices are put in charge of organisations that their author belongs to."""
    if organisation is None or organisation.memberships.filter(user=by).exists():
        return organisation
    if practice and practice.organisation_in_charge_id == organisation.pk:
        return organisation
    raise PermissionDenied


def delete_draft(*, practice: GoodPractice, by: User) -> None:
    """Only what was never published; the rest is withdrawn. Raises Published, also when that happened a moment ago, and
    Locked.
    """
    with transaction.atomic():
        practice = _locked(practice, GoodPractice.objects.removable_by(by))
        if practice.live or practice.first_published_at:
            raise Published
        if is_locked(practice, by):
            raise Locked
        practice.delete()


# Review


def submit(*, practice: GoodPractice, by: User) -> bool:
    """Hand the latest draft to the reviewers; what is under review already stays so. Raises NotReady.

    False when there is nothing to review: the text is published as it stands.
    """
    with transaction.atomic():
        practice = _locked(practice, GoodPractice.objects.editable_by(by))
        review = practice.current_workflow_state
        if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
            return True
        if not review and not practice.has_unpublished_changes:
            return False
        if problems := problems_of(practice.latest_draft()):
            raise NotReady(problems)
        if review:
            review.requested_by = by
            review.resume(user=by)
        else:
            _workflow(practice).start(practice, by)
        return True


def _workflow(practice: GoodPractice) -> Workflow:
    """Wagtail publishes at once where a workflow has no step left; the portal never does without a reviewer."""
    workflow = practice.get_workflow()
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        raise ImproperlyConfigured("The workflow that reviews good practices is missing or has no active task.")
    return workflow


def take_back(*, practice: GoodPractice, by: User) -> None:
    """Back to a draft, before anybody has decided."""
    with transaction.atomic():
        practice = _locked(practice, GoodPractice.objects.editable_by(by))
        review = practice.current_workflow_state
        if review and review.status == WorkflowState.STATUS_IN_PROGRESS:
            review.cancel(user=by)


def send_back(*, practice: GoodPractice, by: User, message: str, revision: int) -> None:
    """Ask the author for changes. `revision` is what the reviewer has read; EditConflict if it is another now."""
    if not message.strip():
        raise ValueError("A practice is sent back with a message.")
    with transaction.atomic():
        _task_state(practice, by, revision).reject(user=by, comment=message)


@in_publication
def approve(*, practice: GoodPractice, by: User, revision: int) -> datetime | None:
    """Publish what the reviewer has read, as the workflow's end. Raises EditConflict, or NotReady.

    When an editor has set a time, it is published then; returns the time.
    """
    task_state = _task_state(practice, by, revision)
    if problems := problems_of(task_state.revision.as_object()):
        raise NotReady(problems)
    task_state.approve(user=by)
    return Revision.objects.values_list("approved_go_live_at", flat=True).get(pk=revision)


def _task_state(practice: GoodPractice, by: User, revision: int) -> TaskState:
    practice = _locked(practice, GoodPractice.objects.reviewable_by(by))
    task_state = practice.current_workflow_task_state
    if task_state.revision_id != revision:
        raise EditConflict(task_state.revision)
    return task_state


@in_publication
def withdraw(
    *,
    practice: GoodPractice,
    by: User,
    reason: str = WithdrawalReason.WITHDRAWN,
    merged_into: UUID | None = None,
) -> None:
    """Take a published practice from the public; a review under way ends, the draft stays with its authors."""
    practice = _locked(practice, GoodPractice.objects.removable_by(by))
    if review := practice.current_workflow_state:
        review.cancel(user=by)
    if practice.live:
        practice.unpublish(user=by, reason=reason, merged_into=merged_into)


def _locked(practice: GoodPractice, allowed: GoodPracticeQuerySet) -> GoodPractice:
    """The row as it is now, held until the transaction ends. Raises PermissionDenied."""
    held = GoodPractice.objects.select_for_update().filter(pk=practice.pk).first()
    if held is None or not allowed.filter(pk=practice.pk).exists():
        raise PermissionDenied
    return held
