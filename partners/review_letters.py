"""What people are told of reviews: by a notice in the portal, and by a letter if they want one (`notices`).

Wagtail says when something happened to a review; its own letters about what is reviewed in the portal, which lead to the
admin, are held back.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_approved, task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from catalogue import kinds as record_kinds
from catalogue.latest import latest_words
from catalogue.reviewing import hands_on
from catalogue.texts import in_language
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind

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
WITHDRAWN = Kind(
    "record-withdrawn",
    what=gettext_lazy("Withdrawn"),
    subject=gettext_lazy("Withdrawn: %(title)s"),
    sentence=gettext_lazy("an editor has withdrawn “%(title)s” from the public."),
    lead=gettext_lazy("Your text is still here:"),
)
KINDS = (
    *(TO_CHECK, TO_CHECK_AS_STAFF, CHECKED, SUBMITTED),
    *(SENT_BACK_AT_CHECK, SENT_BACK, PUBLISHED, APPROVED, WITHDRAWN),
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
    _tell(record, kind, people, path=f"my/reviews/{record.uid}/", by=submitter)


def _checked(instance: TaskState, user: User | None = None, **more) -> None:
    review = instance.workflow_state
    if _reviewed_in_portal(review) and hands_on(instance):
        record = review.content_object
        _tell(record, CHECKED, _authors(review), path=record.writing_address(), by=user)


def _sent_back(instance: WorkflowState, user: User | None = None, **more) -> None:
    if _reviewed_in_portal(instance):
        record, decision = instance.content_object, instance.current_task_state
        kind = SENT_BACK_AT_CHECK if hands_on(decision) else SENT_BACK
        _tell(record, kind, _authors(instance), path=record.writing_address(), by=user, message=decision.comment)


def _approved(instance: WorkflowState, user: User | None = None, **more) -> None:
    if not _reviewed_in_portal(instance):
        return
    record = instance.content_object
    if record.scheduled_revision:
        _tell(record, APPROVED, _authors(instance), path=record.writing_address(), by=user)
    else:
        _tell(record, PUBLISHED, _authors(instance), path=f"/id/{record.uid}/", by=user)


def _authors(review: WorkflowState) -> list[User]:
    author = review.requested_by or getattr(review.content_object, "owner", None)
    return [author] if author else []


def withdrawn(record, *, by: User | None) -> None:
    """By staff; what its own people do, they know."""
    if by is None or record.is_written_by(by):
        return
    its_people = {getattr(record, "owner", None), *record.coordinators()} - {None}
    _tell(record, WITHDRAWN, its_people, path=record.writing_address(), by=by)


def _tell(record, kind: Kind, people: Iterable[User], **more) -> None:
    about = (record_kinds.of(record).name, record.uid)
    notify(people, kind.name, titles=titles_of(record), about=about, **more)


def titles_of(record) -> dict[str, str]:
    """As it was saved last, for readers of every language."""
    draft, part_of, found = latest_words(record), record.reviewed_part(), {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            text = in_language(draft.title_map.data, code, draft.original_language).text or str(record.untitled)
            told = {"title": text, "organisation": part_of}
            found[code] = _("%(title)s: the part of %(organisation)s") % told if part_of else text
    return found
