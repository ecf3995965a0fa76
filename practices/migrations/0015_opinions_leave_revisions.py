from django.db import migrations

OF_THE_EXPERT = (
    "expert_opinion",
    "expert_opinion_name",
    "expert_opinion_date",
    "expert_opinion_network",
    "expert_opinion_version",
)


def take_out(apps, schema_editor):
    """An expert may take her opinion back from everywhere, and drafts have never brought it."""
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        base_content_type__app_label="practices", base_content_type__model="goodpractice"
    )
    for revision in revisions.iterator():
        revision.content = {name: value for name, value in revision.content.items() if name not in OF_THE_EXPERT}
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0014_co_authors"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
