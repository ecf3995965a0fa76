from django.db import migrations

from accounts.elsewhere import confirmed_in


def keep_least(apps, schema_editor):
    """Of what the other side told, the number by which it knows her stays; addresses that it confirmed, for her erasure."""
    former = apps.get_model("accounts", "FormerAddress").objects
    for account in (
        apps.get_model("socialaccount", "SocialAccount").objects.exclude(extra_data={}).select_related("user")
    ):
        for address in sorted(confirmed_in(account.extra_data) - {account.user.email.lower()}):
            if not former.filter(user_id=account.user_id, email=address).exists():
                former.create(user_id=account.user_id, email=address[:254], until=account.user.date_joined)
        account.extra_data = {}
        account.save(update_fields=["extra_data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_editors_read_the_log"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunPython(keep_least, migrations.RunPython.noop)]
