"""What authors see of scores, beside their form: the questions beforehand, the answers when a text comes back to them."""

from django import template
from django.template import Context

from partners.models import ReviewedRecord
from reviews.criteria import Criterion
from reviews.scores import Assessment
from reviews.scoresheet import Answer, answers_of

register = template.Library()


@register.inclusion_tag("reviews/asked.html", takes_context=True)
def asked_by_reviewers(context: Context, kind: str, record: ReviewedRecord | None = None) -> dict:
    """Costs one query; a few more while the record is sent back."""
    answers = _answers(record) if record and context.get("sent_back") else []
    return {"criteria": Criterion.objects.asked_of(kind), "answers": answers}


def _answers(record: ReviewedRecord) -> list[Answer]:
    """Of who sent it back, and of nobody else."""
    decision = record.current_workflow_state.current_task_state
    hers = Assessment.objects.filter(revision=decision.revision_id, reviewer__isnull=False)
    found = hers.filter(reviewer=decision.finished_by_id, role=Assessment.Role.REVIEWER).with_scores().first()
    return answers_of(found) if found else []
