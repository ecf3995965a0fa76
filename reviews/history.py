"""What has happened to a record, for whoever may read its draft: each change of its state with who, when and why.

It is read from Wagtail's log and from the audit log; of the latter only the words that a room has registered
(`partners.record_words`).
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from accounts.models import User
from catalogue import record_log
from operations import audit
from operations.dates import moment
from operations.models import AuditEntry
from partners import record_words
from partners.models import ReviewedRecord

CANCELLED = "wagtail.workflow.cancel"
STARTED = "wagtail.workflow.start"
APPROVED = "wagtail.workflow.approve"
PUBLISHED = "wagtail.publish"
TOLD: dict[str, str | Promise] = {
    record_log.BEGUN: gettext_lazy("Begun"),
    STARTED: gettext_lazy("Submitted"),
    "wagtail.workflow.resume": gettext_lazy("Submitted again"),
    APPROVED: gettext_lazy("Approved"),
    "wagtail.workflow.reject": gettext_lazy("Sent back"),
    CANCELLED: gettext_lazy("Taken back"),
    PUBLISHED: gettext_lazy("Published"),
    "wagtail.publish.schedule": gettext_lazy("A time was set for its publication"),
    "wagtail.publish.scheduled": gettext_lazy("Published at its time"),
    "wagtail.schedule.cancel": gettext_lazy("The time for its publication was taken back"),
    "wagtail.unpublish": gettext_lazy("Withdrawn"),
    "wagtail.unpublish.scheduled": gettext_lazy("Withdrawn at its time"),
    "wagtail.lock": gettext_lazy("Locked by an editor"),
    "wagtail.unlock": gettext_lazy("Unlocked by an editor"),
    **record_log.LABELS,
}


class Step(NamedTuple):
    when: datetime
    what: str
    who: str
    why: str

    @property
    def stop(self) -> dict:
        """As `components/timeline.html` draws it."""
        told = _("by %(name)s") % {"name": self.who} if self.who else _("by the portal, or by somebody who is gone")
        text = f"{told}: {self.why}" if self.why else told
        return {"date": self.when.isoformat(), "when": moment(self.when), "title": self.what, "text": text}


def of(record: ReviewedRecord) -> list[Step]:
    """The newest first."""
    return sorted([*_logged(record), *_audited(record)], key=lambda step: step.when, reverse=True)


def _logged(record: ReviewedRecord) -> Iterator[Step]:
    entries = list(
        ModelLogEntry.objects.for_instance(record).filter(action__in=TOLD).select_related("user").order_by("-pk")
    )
    ended = {entry.data.get("step") for entry in entries if entry.action == record_log.REVIEW_ENDED}
    newer = ""
    for entry, older in zip_longest(entries, entries[1:]):
        review, newer, followed_by = entry.data.get("workflow") or {}, entry.action, newer
        if entry.action == APPROVED and followed_by == STARTED:
            continue  # what its coordinator submits counts as checked in the same breath
        if entry.action == CANCELLED and review.get("task_state_id") in ended:
            continue  # told with its reason
        what = _("Checked, and handed on") if entry.action == APPROVED and review.get("next") else TOLD[entry.action]
        why = record_log.reason_in(entry.action, entry.data)
        if entry.action == PUBLISHED and entry.user and not _is_decision(older):
            why = _("by the editors, without waiting for a review")
        yield Step(entry.timestamp, str(what), name_of(entry.user), why)


def _is_decision(entry: ModelLogEntry | None) -> bool:
    """By which a record becomes public; of a step before the last it does not."""
    return bool(entry and entry.action == APPROVED and not (entry.data.get("workflow") or {}).get("next"))


def _audited(record: ReviewedRecord) -> Iterator[Step]:
    words = record_words.told_of(record._meta.model_name)
    entries = AuditEntry.objects.filter(about_uid=record.uid, what__in=words)
    for entry in entries.select_related("actor", "whom").order_by("-pk"):
        yield Step(entry.at, audit.label_of(entry.what), name_of(entry.actor), record_words.why_of(entry))


def name_of(user: User | None) -> str:
    return (user.get_full_name() or _("somebody")) if user else ""
