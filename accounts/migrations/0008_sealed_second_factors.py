from django.db import migrations

from accounts.sealing import sealed_anew


def seal(apps, schema_editor):
    """Those that were set up before secrets were sealed."""
    for factor in apps.get_model("mfa", "Authenticator").objects.all():
        factor.data = sealed_anew(factor.data)
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_former_addresses"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
