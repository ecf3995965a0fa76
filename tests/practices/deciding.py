"""Deciding on practices, and what has been decided."""

from wagtail.models import TaskState, WorkflowState

from catalogue import reviewing
from practices.models import GoodPractice


def to_decide(user):
    return list(GoodPractice.objects.reviewable_by(user))


def steps(practice):
    """(task, status) of every step that the review has had."""
    states = TaskState.objects.for_instance(practice).order_by("pk")
    return [(type(state.task.specific), state.status) for state in states]


def approve(practice, by):
    reviewing.approve(record=practice, by=by, revision=practice.latest_revision_id)


def send_back(practice, by):
    reviewing.send_back(record=practice, by=by, revision=practice.latest_revision_id, message="Who pays?")


def statuses(practice):
    states = WorkflowState.objects.for_instance(practice).order_by("pk")
    return list(states.values_list("status", flat=True))
