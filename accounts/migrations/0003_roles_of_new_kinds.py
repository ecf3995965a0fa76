from django.db import migrations

from accounts import roles


def grant(apps, schema_editor):
    """Portals that are there already give their editors the permissions on kinds that came since."""
    roles.grant(apps)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
