"""What happens to a record, where Wagtail's log does not tell it already: who, when and why, in that same log.

Its rows are read in the portal (`reviews.history`) and in the admin's histories; an erasure takes the person from them.
"""

from functools import partial

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from catalogue.models import WithdrawalReason
from operations import reasons

BEGUN, DELETED = "wagtail.create", "wagtail.delete"
WITHDRAWN = "catalogue.withdraw"
REVIEW_ENDED = "catalogue.review_ended"
MOVED = "catalogue.move"
COMMENTED = "catalogue.comments_sent"
SETTLED, REOPENED = "catalogue.comment_settled", "catalogue.comment_reopened"


class Ending(TextChoices):
    """Why a review ends without a decision."""

    MOVED = "moved", _("another organisation answers for it now")
    WITHDRAWN = "withdrawn", _("it was withdrawn")
    ANEW = "anew", _("somebody else handed it in: it is read from the first step on")
    PUBLISHED = "published", _("an editor has published it without waiting for a decision")
    TAKEN_BACK = "taken_back", _("its people took it back, to go on writing")
    STAFF = "staff", _("an editor ended it")


# What is its own reason, whoever does it.
OWN_REASONS: dict[str, str | Promise] = {
    "wagtail.lock": _("so that nobody changes it meanwhile"),
    "wagtail.unlock": _("it can be changed again"),
}
LABELS: dict[str, str | Promise] = {
    WITHDRAWN: _("Withdrawn"),
    REVIEW_ENDED: _("Review ended"),
    MOVED: _("Put in another organisation’s charge"),
    COMMENTED: _("Comments sent to the author"),
    SETTLED: _("Comment settled"),
    REOPENED: _("Comment opened again"),
}


def note(record, action: str, *, by, **data) -> None:
    """In the transaction at hand; `data` are words of ours and numbers."""
    log(instance=record, action=action, user=by, data=data or None, deleted=action == DELETED)


def reason_in(action: str, data: dict) -> str:
    """Why it was done, in the language at hand; "" where nobody has said so."""
    if action == WITHDRAWN:
        return _label(WithdrawalReason, data.get("reason"))
    if action == DELETED:
        return reasons.in_words(data.get("reason"))
    if action == REVIEW_ENDED:
        return _label(Ending, data.get("why"))
    if action == COMMENTED:
        number = data.get("comments") or 0
        return ngettext("%(number)s comment", "%(number)s comments", number) % {"number": number}
    return data.get("comment") or str(OWN_REASONS.get(action, ""))


def _label(choices: type[TextChoices], value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""


class _WithReason(LogFormatter):
    def __init__(self, action: str, label: str | Promise):
        self.action, self.label = action, label

    def format_message(self, log_entry) -> str:
        reason = reason_in(self.action, log_entry.data)
        return f"{self.label}: {reason}" if reason else str(self.label)


def register(actions: LogActionRegistry) -> None:
    for action, label in (LABELS | {DELETED: _("Deleted")}).items():
        actions.register_action(action)(partial(_WithReason, action, label))
