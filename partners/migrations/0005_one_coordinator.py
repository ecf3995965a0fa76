from django.db import migrations


def keep_the_earliest(apps, schema_editor):
    """Where several coordinate an organisation, the first of them goes on, and the others stay as members."""
    Membership = apps.get_model("partners", "Membership")
    coordinators = Membership.objects.filter(role="coordinator").order_by("organisation", "since", "pk")
    coordinated = set()
    for membership in coordinators:
        if membership.organisation_id in coordinated:
            Membership.objects.filter(pk=membership.pk).update(role="member")
        coordinated.add(membership.organisation_id)


class Migration(migrations.Migration):
    """Alone in its transaction: the constraint comes with the next one."""

    dependencies = [("partners", "0004_areas")]

    operations = [migrations.RunPython(keep_the_earliest, migrations.RunPython.noop)]
