"""The groups of the portal's roles, with their permissions."""

from django.db import migrations

from accounts import roles


def grant(apps, schema_editor):
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),  # Wagtail makes a group "Editors" before it
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
