"""What the portal's roles may do in the Wagtail admin.

Editors look after the catalogue there. Reviewers and the partners' people work in the portal's own pages and have no
access to the admin at all: what they may do follows from their role and memberships, not from permissions. The table of
acts (`accounts.acts`) names the permissions.

Permissions stand here as words, because the models are in rooms above this one. `grant` makes those that are not there
yet, as Wagtail's own first migrations do; when Django comes to make them after a migration, it finds them. So groups and
permissions exist on a fresh database whatever the order of the apps' migrations is.
"""

from django.apps import apps as installed_apps

from accounts.access import GROUPS
from accounts.acts import TABLE

PERMISSIONS: dict[str, tuple[str, ...]] = {
    group: tuple(permission for act in TABLE if role in act.who for permission in act.permissions)
    for role, group in GROUPS.items()
}


def grant(apps=installed_apps) -> None:
    """Makes the roles' groups and gives them their permissions; what is there already stays, added ones included.

    `apps` is the registry of a migration, or the installed one.
    """
    Group = apps.get_model("auth", "Group")
    for role, names in PERMISSIONS.items():
        group, _is_new = Group.objects.get_or_create(name=str(role))
        group.permissions.add(*(_permission(name, apps) for name in names))


def _permission(name: str, apps):
    app, codename = name.split(".")
    model = codename.split("_", 1)[1]  # Wagtail's own permission hangs on a "model" `admin`, too
    content_type, _is_new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    permission, _is_new = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission
