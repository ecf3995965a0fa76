from django.conf import settings
from django.db import migrations, models


def keep_uploaders(apps, schema_editor):
    for photo in apps.get_model("practices", "Photo").objects.exclude(uploaded_by=None):
        photo.uploaders.add(photo.uploaded_by_id)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0005_keywords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="uploaders",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="uploaders"),
        ),
        migrations.RunPython(keep_uploaders, migrations.RunPython.noop),
        migrations.RemoveField(model_name="photo", name="uploaded_by"),
    ]
