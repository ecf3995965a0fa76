"""What a reviewer has before her, beside what is public and beside what she read when it was last sent back."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import TaskState

from accounts.models import User
from catalogue.differences import Change, differences
from catalogue.models import Entry
from catalogue.publication import render_draft


@dataclass(frozen=True)
class SentBack:
    """When it was last sent back: the decision, and what changed since then."""

    decision: TaskState
    is_hers: bool
    changes: list[Change]


def beside_public(document: dict) -> list[Change] | None:
    """None while nothing of it is public."""
    entry = Entry.objects.visible().filter(uid=document["uid"]).first()
    return differences(entry.record, document) if entry else None


def since_sent_back(step: TaskState, document: dict, user: User) -> SentBack | None:
    """Beside the text on which she last decided so; else on which somebody else did in this review."""
    decision = _last_sent_back(step, user)
    if decision is None or decision.revision_id in (None, step.revision_id):
        return None
    read = render_draft(decision.revision.as_object())
    return SentBack(decision, decision.finished_by_id == user.pk, differences(read, document))


def _last_sent_back(step: TaskState, user: User) -> TaskState | None:
    review = step.workflow_state
    of_record = Q(
        workflow_state__base_content_type=review.base_content_type_id, workflow_state__object_id=review.object_id
    )
    known = TaskState.objects.filter(of_record, status=TaskState.STATUS_REJECTED).select_related(
        "revision", "finished_by"
    )
    latest = known.order_by("-finished_at", "-pk")
    return latest.filter(finished_by=user).first() or latest.filter(workflow_state=review).first()
