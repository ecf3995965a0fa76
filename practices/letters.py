"""What people are told of practices: by a notice in the portal, and by a letter if they want one (`notices`).

Wagtail says when something happened to a review; its own letters about practices, which lead to the admin, are held back.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from catalogue.texts import Text, in_language
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind

SUBMITTED = Kind(
    "practice-submitted",
    what=gettext_lazy("To review"),
    subject=gettext_lazy("To review: %(title)s"),
    sentence=gettext_lazy("%(name)s has submitted “%(title)s”. Read it as the public would, and decide:"),
    nameless=gettext_lazy("“%(title)s” has been submitted. Read it as the public would, and decide:"),
    waits=True,
)
SENT_BACK = Kind(
    "practice-sent-back",
    what=gettext_lazy("Changes asked for"),
    subject=gettext_lazy("Changes asked for: %(title)s"),
    sentence=gettext_lazy("a reviewer has read “%(title)s” and asks you for changes:"),
    lead=gettext_lazy("Change it here and submit it again:"),
    waits=True,
)
PUBLISHED = Kind(
    "practice-published",
    what=gettext_lazy("Published"),
    subject=gettext_lazy("Published: %(title)s"),
    sentence=gettext_lazy("a reviewer has approved “%(title)s”. It is public now:"),
)
APPROVED = Kind(
    "practice-approved",
    what=gettext_lazy("Approved"),
    subject=gettext_lazy("Approved: %(title)s"),
    sentence=gettext_lazy("a reviewer has approved “%(title)s”. It will be public at the time that an editor has set."),
)
WITHDRAWN = Kind(
    "practice-withdrawn",
    what=gettext_lazy("Withdrawn"),
    subject=gettext_lazy("Withdrawn: %(title)s"),
    sentence=gettext_lazy("an editor has withdrawn “%(title)s” from the public."),
    lead=gettext_lazy("Your text is still here:"),
)


def register() -> None:
    for kind in (SUBMITTED, SENT_BACK, PUBLISHED, APPROVED, WITHDRAWN):
        kinds.register(kind)
    for signal, notifier, name in _WAGTAILS_OWN:  # connected before Wagtail connects its own by the same name
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
    task_submitted.connect(_to_reviewers, sender=TaskState)
    workflow_rejected.connect(_sent_back, sender=WorkflowState)
    workflow_approved.connect(_approved, sender=WorkflowState)


# What Wagtail would write


def _reviewed_in_portal(review: WorkflowState) -> bool:
    return getattr(review.content_object, "reviewed_in_portal", False)


class _NotOfPractices:
    def can_handle(self, instance, **kwargs) -> bool:
        return super().can_handle(instance, **kwargs) and not _reviewed_in_portal(instance)


class _Submitted(_NotOfPractices, mail.WorkflowStateSubmissionEmailNotifier):
    pass


class _Rejected(_NotOfPractices, mail.WorkflowStateRejectionEmailNotifier):
    pass


class _Approved(_NotOfPractices, mail.WorkflowStateApprovalEmailNotifier):
    pass


_WAGTAILS_OWN = (
    (workflow_submitted, _Submitted(), "submitted"),
    (workflow_rejected, _Rejected(), "rejected"),
    (workflow_approved, _Approved(), "approved"),
)


# What we write


def _to_reviewers(instance: TaskState, user: User | None = None, **more) -> None:
    if getattr(instance.task.specific, "is_done_by_reviewers", False):
        review = instance.workflow_state
        practice = review.content_object
        reviewers = reviewers_of(practice).exclude(pk=review.requested_by_id)
        _tell(practice, SUBMITTED, reviewers, path=f"my/reviews/{practice.uid}/", by=user)


def reviewers_of(practice) -> QuerySet[User]:
    """Those to whom it is shown for review (`GoodPracticeQuerySet.reviewable_by`)."""
    may_review = User.objects.filter(Q(groups__name=User.Role.REVIEWER) | Q(is_superuser=True), is_active=True)
    others = may_review.exclude(pk=practice.owner_id)
    if practice.organisation_in_charge_id:
        others = others.exclude(memberships__organisation=practice.organisation_in_charge_id)
    return others.distinct()


def _sent_back(instance: WorkflowState, user: User | None = None, **more) -> None:
    if _reviewed_in_portal(instance):
        practice = instance.content_object
        message = instance.current_task_state.comment
        path = f"my/practices/{practice.uid}/"
        _tell(practice, SENT_BACK, _authors(instance), path=path, by=user, message=message)


def _approved(instance: WorkflowState, user: User | None = None, **more) -> None:
    if not _reviewed_in_portal(instance):
        return
    practice = instance.content_object
    if practice.scheduled_revision:
        _tell(practice, APPROVED, _authors(instance), path=f"my/practices/{practice.uid}/", by=user)
    else:
        _tell(practice, PUBLISHED, _authors(instance), path=f"/id/{practice.uid}/", by=user)


def _authors(review: WorkflowState) -> list[User]:
    author = review.requested_by or review.content_object.owner
    return [author] if author else []


def withdrawn(practice, *, by: User | None) -> None:
    """By staff; what its own people do, they know."""
    if by is None or type(practice).objects.editable_by(by).filter(pk=practice.pk).exists():
        return
    coordinators = User.objects.filter(
        memberships__organisation=practice.organisation_in_charge_id, memberships__role="coordinator"
    )
    its_people = {user for user in (practice.owner, *coordinators) if user}
    _tell(practice, WITHDRAWN, its_people, path=f"my/practices/{practice.uid}/", by=by)


def _tell(practice, kind: Kind, people: Iterable[User], **more) -> None:
    notify(people, kind.name, titles=titles_of(practice), about=("practices", practice.uid), **more)


def titles_of(practice) -> dict[str, str]:
    """As it was saved last, for readers of every language."""
    content = practice.latest_revision.content if practice.latest_revision else {}
    title = Text(content["title"]) if content else practice.title
    original = content.get("original_language")
    found = {code: in_language(title.data, code, original).text for code, _name in settings.LANGUAGES}
    return {code: text or _("Untitled practice") for code, text in found.items()}
