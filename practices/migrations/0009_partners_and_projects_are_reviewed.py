from django.db import migrations

FORMER_NAME, NAME = "Review of good practices", "Review in the portal"
MODELS = (("partners", "organisation"), ("partners", "industrialarea"), ("projects", "project"))
ACTIVE = ("in_progress", "needs_changes")


def review_them(apps, schema_editor):
    """What coordinators write of their organisations goes the way of practices; an assignment that somebody made by hand is
    left alone.
    """
    workflow = _of_practices(apps)
    if workflow is None:
        return
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk=workflow.pk, name=FORMER_NAME).update(name=NAME)
    for content_type in _types(apps):
        apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )


def review_them_no_more(apps, schema_editor):
    """Reviews of them that are under way end; their drafts stay."""
    workflow = _of_practices(apps)
    if workflow is None:
        return
    types = _types(apps)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(
        content_type__in=types, workflow=workflow
    ).delete()
    under_way = {"workflow_state__status__in": ACTIVE, "workflow_state__base_content_type__in": types}
    steps = apps.get_model("wagtailcore", "TaskState").objects.filter(status="in_progress", **under_way)
    steps.update(status="cancelled")
    reviews = apps.get_model("wagtailcore", "WorkflowState").objects
    reviews.filter(status__in=ACTIVE, base_content_type__in=types).update(status="cancelled")
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk=workflow.pk, name=NAME).update(name=FORMER_NAME)


def _of_practices(apps):
    assigned = apps.get_model("wagtailcore", "WorkflowContentType").objects.select_related("workflow")
    found = assigned.filter(content_type__app_label="practices", content_type__model="goodpractice").first()
    return found.workflow if found else None


def _types(apps) -> list:
    types = apps.get_model("contenttypes", "ContentType").objects
    return [types.get_or_create(app_label=app, model=model)[0] for app, model in MODELS]


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0008_organisation_checks_first"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(review_them, review_them_no_more, elidable=False)]
