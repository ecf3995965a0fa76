from django.db import migrations
from django.db.models import F
from django.utils import timezone

TASK = "Organisation's check"
ACTIVE = ("in_progress", "needs_changes")


def add_check(apps, schema_editor):
    """The organisation's check goes before the expert's review, in every workflow that has that. A review under way is past
    it: else Wagtail would ask for it after the expert.
    """
    types = apps.get_model("contenttypes", "ContentType").objects
    task_type, _is_new = types.get_or_create(app_label="partners", model="organisationchecktask")
    tasks = apps.get_model("partners", "OrganisationCheckTask").objects
    check = tasks.first() or tasks.create(name=TASK, content_type=task_type)
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    reviews = apps.get_model("wagtailcore", "WorkflowState").objects
    state_type, _is_new = types.get_or_create(app_label="wagtailcore", model="taskstate")
    for first in _experts_steps(apps):
        others = steps.filter(workflow=first.workflow)
        if others.filter(task_id=check.pk).exists():
            continue
        others.filter(sort_order__gte=first.sort_order).update(sort_order=F("sort_order") + 1)
        steps.create(workflow=first.workflow, task_id=check.pk, sort_order=first.sort_order)
        for review in reviews.filter(workflow=first.workflow, status__in=ACTIVE, current_task_state__isnull=False):
            review.task_states.create(
                task_id=check.pk,
                revision_id=review.current_task_state.revision_id,
                status="skipped",
                finished_at=timezone.now(),
                content_type=state_type,
            )


def _experts_steps(apps) -> list:
    """The expert's, where it is in a workflow."""
    experts = apps.get_model("practices", "ExpertReviewTask").objects.values("pk")
    found = apps.get_model("wagtailcore", "WorkflowTask").objects.filter(task__in=experts)
    return list(found.select_related("workflow").order_by("workflow", "sort_order"))


def remove_check(apps, schema_editor):
    """What waits at the check goes on to the expert, and what was sent back there comes back to her."""
    checks = apps.get_model("partners", "OrganisationCheckTask").objects
    states = apps.get_model("wagtailcore", "TaskState").objects.filter(task__in=checks.values("pk"))
    expert = apps.get_model("practices", "ExpertReviewTask").objects.first()
    states.filter(status__in=("approved", "skipped")).delete()
    if expert:
        states.update(task_id=expert.pk)
    checks.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0007_status_is_chosen"),
        ("partners", "0008_organisation_check"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(add_check, remove_check, elidable=False)]
