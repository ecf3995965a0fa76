"""What outside reviewers are told, and what is told of them to who asked them (`notices`)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_cancelled

from accounts.models import User
from catalogue.reviewing import hands_on
from notices import kinds
from notices.actions import notify
from notices.kinds import Kind
from operations import audit
from operations.reasons import Reason
from partners import review_letters
from partners.models import ReviewedRecord
from reviews.outside import OutsideReview

ACCEPTED = Kind(
    "outside-review-accepted",
    what=_("Advice promised"),
    subject=_("Advises on: %(title)s"),
    sentence=_("%(name)s has agreed to advise on “%(title)s”."),
    nameless=_("An outside reviewer has agreed to advise on “%(title)s”."),
)
DECLINED = Kind(
    "outside-review-declined",
    what=_("Advice declined"),
    subject=_("Does not advise on: %(title)s"),
    sentence=_("%(name)s does not advise on “%(title)s”. You can ask somebody else:"),
    nameless=_("An outside reviewer does not advise on “%(title)s”. You can ask somebody else:"),
)
GIVEN = Kind(
    "outside-review-given",
    what=_("Advice given"),
    subject=_("Advice on: %(title)s"),
    sentence=_("%(name)s has said what there is to say of “%(title)s”. It stands beside the fields and the scores:"),
    nameless=_(
        "An outside reviewer has said what there is to say of “%(title)s”. It stands beside the fields and the scores:"
    ),
)
REVOKED = Kind(
    "outside-review-revoked",
    what=_("Advice no longer needed"),
    subject=_("Your advice is no longer needed: %(title)s"),
    sentence=_("%(name)s no longer needs your advice on “%(title)s”. What you have said is kept."),
    nameless=_("Your advice on “%(title)s” is no longer needed. What you have said is kept."),
    waits=True,  # nothing is left to do, but she is told why
)
LATE = Kind(
    "outside-review-late",
    what=_("Advice asked for"),
    subject=_("Your advice is waited for: %(title)s"),
    sentence=_(
        "the day until which you were asked for advice on “%(title)s” is over. You can still give it, or say that you cannot;"
        " you are not reminded again:"
    ),
    waits=True,
)
CHANGED = Kind(
    "outside-review-changed",
    what=_("Changed text"),
    subject=_("Changed and submitted again: %(title)s"),
    sentence=_("“%(title)s” was changed and submitted again. You can read what is new, and advise on it:"),
    waits=True,
)
OVER = Kind(
    "outside-review-over",
    what=_("Review over"),
    subject=_("The review is over: %(title)s"),
    sentence=_(
        "the review of “%(title)s” is over, be it decided or taken back. Your advice is no longer needed, and the text that was"
        " shown to you is closed again; what you have said is kept. Thank you."
    ),
)
KINDS = (ACCEPTED, DECLINED, GIVEN, REVOKED, LATE, CHANGED, OVER)

# What the audit log calls it.
ACTS = {
    "outside_review.asked": (_("Outside reviewer asked"), None),
    "outside_review.accepted": (_("Outside review accepted"), Reason.WANTED),
    "outside_review.declined": (_("Outside review declined"), Reason.OWN_WISH),
    "outside_review.revoked": (_("Outside review revoked"), None),
    "outside_review.given": (_("Advice given"), Reason.WANTED),
}


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
    for act, (label, reason) in ACTS.items():
        audit.register(act, label, reason=reason)
    task_submitted.connect(_changed, sender=TaskState)
    for signal in (workflow_approved, workflow_cancelled):
        signal.connect(_over, sender=WorkflowState)


def path_of(asked: OutsideReview) -> str:
    return f"my/advice/{asked.pk}/"


def tell(record: ReviewedRecord, kind: Kind, people: Iterable[User | None], **more) -> None:
    review_letters.tell(record, kind, [user for user in people if user], **more)


def tell_who_asked(asked: OutsideReview, record: ReviewedRecord, kind: Kind, *, by: User | None = None) -> None:
    path = f"my/reviews/{record.uid}/outside/"
    tell(record, kind, [asked.invited_by], known_as=asked.titles, path=path, by=by or asked.reviewer)


def _changed(instance: TaskState, **more) -> None:
    """A review that goes on where it was: those who advise in it hear of the new text."""
    if hands_on(instance):
        return
    for asked in OutsideReview.objects.held().filter(review=instance.workflow_state).select_related("reviewer"):
        record = instance.workflow_state.content_object
        tell(record, CHANGED, [asked.reviewer], to_read=True, path=path_of(asked))


def _over(instance: WorkflowState, **more) -> None:
    """Those who advise in it lose the text: of what it has come to be called since they hear nothing."""
    for asked in OutsideReview.objects.agreed().filter(review=instance).select_related("reviewer"):
        record = instance.content_object
        path = f"/id/{record.uid}/" if record.live else "my/"
        about = (asked.about_kind, asked.about_uid)
        notify([asked.reviewer], OVER.name, titles=asked.titles, path=path, about=about)
