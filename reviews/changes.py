"""What a reviewer has before her, beside what is public and beside what she read when it was last sent back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import TaskState

from accounts.models import User
from catalogue.differences import Change, differences
from catalogue.models import Entry
from catalogue.publication import render_draft
from reviews.models import approved_last


@dataclass(frozen=True)
class SentBack:
    """When it was last sent back: the decision, and what changed since then."""

    decision: TaskState
    is_hers: bool
    changes: list[Change]


def beside_public(document: dict, asked: Mapping[str, str]) -> list[Change] | None:
    """None while nothing of it is public. `asked`: what the form calls its fields."""
    entry = Entry.objects.visible().filter(uid=document["uid"]).first()
    return differences(entry.record, document, asked) if entry else None


def since_sent_back(step: TaskState, document: dict, user: User, asked: Mapping[str, str]) -> SentBack | None:
    """Beside the text on which she last decided so since anything was published; else on which somebody else did in this
    review.
    """
    decision = _last_sent_back(step, user)
    if decision is None or decision.revision_id in (None, step.revision_id):
        return None
    read = render_draft(decision.revision.as_object())
    return SentBack(decision, decision.finished_by_id == user.pk, differences(read, document, asked))


def _last_sent_back(step: TaskState, user: User) -> TaskState | None:
    """What was approved since, or published past its review, she knows from what is public."""
    review = step.workflow_state
    record = review.content_object
    since = Q(workflow_state__pk__gt=approved_last(type(record), str(record.pk)))
    known = TaskState.objects.for_instance(record).filter(since, status=TaskState.STATUS_REJECTED)
    latest = (
        known.filter(revision__gt=record.live_revision_id or 0)
        .select_related("revision", "finished_by")
        .order_by("-finished_at", "-pk")
    )
    return latest.filter(finished_by=user).first() or latest.filter(workflow_state=review).first()
