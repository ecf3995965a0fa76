from django.db import migrations

TASK = "Expert review"
WORKFLOW = "Review of good practices"


def make_workflow(apps, schema_editor):
    """The workflow with its one step, for good practices; an assignment that somebody made by hand is left alone."""
    # The content types may not be there yet: Django makes them when all migrations are done.
    types = apps.get_model("contenttypes", "ContentType").objects
    task_type, _is_new = types.get_or_create(app_label="practices", model="expertreviewtask")
    practice_type, _is_new = types.get_or_create(app_label="practices", model="goodpractice")
    tasks = apps.get_model("practices", "ExpertReviewTask").objects
    task = tasks.first() or tasks.create(name=TASK, content_type=task_type)
    workflow, _is_new = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=practice_type, defaults={"workflow": workflow}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_review_and_photos"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_workflow, migrations.RunPython.noop, elidable=False)]
