"""The workflow that Wagtail brings for pages is read by editors: there are no moderators here."""

from django.db import migrations

WAGTAILS, OURS = "Moderators approval", "Read by another editor / Prebere še en urednik"


def let_editors_read(apps, schema_editor):
    Group, Task = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "GroupApprovalTask")
    editors, _is_new = Group.objects.get_or_create(name="Editors")
    for task in Task.objects.filter(name=WAGTAILS):
        task.name = OURS
        task.save()
        task.groups.set([editors])
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WAGTAILS).update(name=OURS)
    Group.objects.filter(name="Moderators", user=None).delete()


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_homes"), ("accounts", "0003_roles_of_new_kinds")]

    operations = [migrations.RunPython(let_editors_read, migrations.RunPython.noop)]
