"""What people are told of reviews: by a notice in the portal, and by a letter if they want one (`notices`).

Wagtail says when something happened to a review; its own letters about what is reviewed in the portal, which lead to the
admin, are held back.
"""

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_approved, task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from catalogue.reviewing import hands_on
from notices import kinds
from notices.kinds import Kind
from partners.review_letters import authors_of, tell
from reviews.models import FieldComment

TO_CHECK = Kind(
    "record-to-check",
    what=gettext_lazy("To check"),
    subject=gettext_lazy("To check for your organisation: %(title)s"),
    sentence=gettext_lazy(
        "%(name)s has submitted “%(title)s” for your organisation. Read it as the public would, and hand it on to a reviewer or"
        " send it back:"
    ),
    nameless=gettext_lazy(
        "“%(title)s” has been submitted for your organisation. Read it as the public would, and hand it on to a reviewer or"
        " send it back:"
    ),
    waits=True,
)
TO_CHECK_AS_STAFF = Kind(
    "record-to-check-as-staff",
    what=gettext_lazy("To check"),
    subject=gettext_lazy("To check: %(title)s"),
    sentence=gettext_lazy(
        "%(name)s has submitted “%(title)s”, and its organisation has nobody else who could check it. Read it as the public"
        " would, and hand it on to a reviewer or send it back:"
    ),
    nameless=gettext_lazy(
        "“%(title)s” has been submitted, and its organisation has nobody who could check it. Read it as the public would, and"
        " hand it on to a reviewer or send it back:"
    ),
    waits=True,
)
CHECKED = Kind(
    "record-checked",
    what=gettext_lazy("Checked"),
    subject=gettext_lazy("Checked for your organisation: %(title)s"),
    sentence=gettext_lazy("“%(title)s” has been checked for your organisation. A reviewer reads it next."),
)
SUBMITTED = Kind(
    "record-submitted",
    what=gettext_lazy("To review"),
    subject=gettext_lazy("To review: %(title)s"),
    sentence=gettext_lazy("%(name)s has submitted “%(title)s”. Read it as the public would, and decide:"),
    nameless=gettext_lazy("“%(title)s” has been submitted. Read it as the public would, and decide:"),
    waits=True,
)
SENT_BACK_AT_CHECK = Kind(
    "record-sent-back-at-check",
    what=gettext_lazy("Changes asked for"),
    subject=gettext_lazy("Changes asked for: %(title)s"),
    sentence=gettext_lazy("“%(title)s” has been read for your organisation, and you are asked for changes:"),
    lead=gettext_lazy("Change it here and submit it again:"),
    waits=True,
)
SENT_BACK = Kind(
    "record-sent-back",
    what=gettext_lazy("Changes asked for"),
    subject=gettext_lazy("Changes asked for: %(title)s"),
    sentence=gettext_lazy("a reviewer has read “%(title)s” and asks you for changes:"),
    lead=gettext_lazy("Change it here and submit it again:"),
    waits=True,
)
PUBLISHED = Kind(
    "record-published",
    what=gettext_lazy("Published"),
    subject=gettext_lazy("Published: %(title)s"),
    sentence=gettext_lazy("a reviewer has approved “%(title)s”. It is public now:"),
    waits=True,  # nothing is left to do, but its author waits to hear it
)
APPROVED = Kind(
    "record-approved",
    what=gettext_lazy("Approved"),
    subject=gettext_lazy("Approved: %(title)s"),
    sentence=gettext_lazy("a reviewer has approved “%(title)s”. It will be public at the time that an editor has set."),
)
STILL_TO_DECIDE = Kind(
    "reviews-still-waiting",
    what=gettext_lazy("Still waiting for you"),
    subject=gettext_lazy("Waiting for your decision: %(title)s"),
    sentence=gettext_lazy("people have waited for your decision for more than a week (%(title)s):"),
    lead=gettext_lazy("All that waits for you, oldest first:"),
    waits=True,
)
STILL_TO_CHANGE = Kind(
    "record-still-sent-back",
    what=gettext_lazy("Still waiting for your changes"),
    subject=gettext_lazy("Still waiting for your changes: %(title)s"),
    sentence=gettext_lazy("you were asked for changes in “%(title)s”, and for a while nothing has been written there."),
    lead=gettext_lazy("Change it here and submit it again, when you find the time:"),
    waits=True,
)
KINDS = (
    *(TO_CHECK, TO_CHECK_AS_STAFF, CHECKED, SUBMITTED),
    *(SENT_BACK_AT_CHECK, SENT_BACK, PUBLISHED, APPROVED),
    *(STILL_TO_DECIDE, STILL_TO_CHANGE),
)


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    for signal, notifier, name in _WAGTAILS_OWN:  # connected before Wagtail connects its own by the same name
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
    task_submitted.connect(_to_deciders, sender=TaskState)
    task_approved.connect(_checked, sender=TaskState)
    workflow_rejected.connect(_sent_back, sender=WorkflowState)
    workflow_approved.connect(_approved, sender=WorkflowState)


# What Wagtail would write


def _reviewed_in_portal(review: WorkflowState) -> bool:
    return getattr(review.content_object, "reviewed_in_portal", False)


class _NotOfThePortal:
    def can_handle(self, instance, **kwargs) -> bool:
        return super().can_handle(instance, **kwargs) and not _reviewed_in_portal(instance)


class _Submitted(_NotOfThePortal, mail.WorkflowStateSubmissionEmailNotifier):
    pass


class _Rejected(_NotOfThePortal, mail.WorkflowStateRejectionEmailNotifier):
    pass


class _Approved(_NotOfThePortal, mail.WorkflowStateApprovalEmailNotifier):
    pass


_WAGTAILS_OWN = (
    (workflow_submitted, _Submitted(), "submitted"),
    (workflow_rejected, _Rejected(), "rejected"),
    (workflow_approved, _Approved(), "approved"),
)


# What we write


def _to_deciders(instance: TaskState, **more) -> None:
    review = instance.workflow_state
    if not _reviewed_in_portal(review):
        return
    record, submitter = review.content_object, review.requested_by
    kind, people = SUBMITTED, record.reviewers(submitter)
    if hands_on(instance):
        people = list(record.checkers(submitter))
        its_own = set(record.coordinators())
        kind = TO_CHECK if its_own.intersection(people) else TO_CHECK_AS_STAFF
    tell(record, kind, people, to_read=True, path=f"my/reviews/{record.uid}/", by=submitter)


def _checked(instance: TaskState, user: User | None = None, **more) -> None:
    review = instance.workflow_state
    if _reviewed_in_portal(review) and hands_on(instance):
        record = review.content_object
        tell(record, CHECKED, authors_of(review), path=record.writing_address(), by=user)


def _sent_back(instance: WorkflowState, user: User | None = None, **more) -> None:
    if _reviewed_in_portal(instance):
        record, decision = instance.content_object, instance.current_task_state
        kind = SENT_BACK_AT_CHECK if hands_on(decision) else SENT_BACK
        message = _with_comments(decision.comment, FieldComment.objects.about(record).open().count())
        tell(record, kind, authors_of(instance), path=record.writing_address(), by=user, message=message)


def _with_comments(message: str, number: int) -> str | Promise:
    """Somebody's words, and in the language of each letter how much more was said."""
    return lazy(_counted, str)(message, number) if number else message


def _counted(message: str, number: int) -> str:
    told = ngettext(
        "%(number)s comment stands beside the fields of the form.",
        "%(number)s comments stand beside the fields of the form.",
        number,
    )
    return "\n\n".join(filter(None, [message, told % {"number": number}]))


def _approved(instance: WorkflowState, user: User | None = None, **more) -> None:
    if not _reviewed_in_portal(instance):
        return
    record = instance.content_object
    if record.scheduled_revision:
        tell(record, APPROVED, authors_of(instance), path=record.writing_address(), by=user)
    else:
        tell(record, PUBLISHED, authors_of(instance), path=f"/id/{record.uid}/", by=user)
