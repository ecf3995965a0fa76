from django.db import migrations


def confirm(apps, schema_editor):
    """Until now every address was given by staff, and such ones count as confirmed."""
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    without = User.objects.filter(emailaddress__isnull=True).exclude(email="")
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email.lower(), verified=True, primary=True) for user in without],
        batch_size=500,
    )
    EmailAddress.objects.exclude(user__emailaddress__verified=True).update(verified=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_mail"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
