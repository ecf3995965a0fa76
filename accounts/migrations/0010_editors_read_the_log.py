"""Editors are staff, too: they read the audit log."""

from django.db import migrations

from accounts import roles


def grant(apps, schema_editor):
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_letters_taken_up")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
