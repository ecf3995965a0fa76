"""The groups of the portal's roles, as migrations leave them."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts import roles
from accounts.models import User
from catalogue import kinds
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

RECORDS = {kind.model._meta.model_name for kind in kinds.all_kinds()}


def test_every_role_is_a_group():
    names = set(Group.objects.values_list("name", flat=True))
    assert {str(role) for role in User.Role.values} <= names


def test_editors_publish_records_and_delete_none():
    editor = UserFactory(role=User.Role.EDITOR)
    allowed = {permission.partition(".")[2] for permission in editor.get_all_permissions()}
    for action in ("add", "change", "view", "publish", "lock", "unlock"):
        assert {f"{action}_{model}" for model in RECORDS} <= allowed
    assert {f"delete_{model}" for model in RECORDS} & allowed == set()
    assert editor.has_perm("wagtailadmin.access_admin")


def test_editors_give_nobody_an_account():
    editor = UserFactory(role=User.Role.EDITOR)
    assert not any(editor.has_perm(f"accounts.{action}_user") for action in ("add", "change", "delete"))
    assert not any(editor.has_perm(f"auth.{action}_group") for action in ("add", "change", "delete"))


def test_reviewers_and_partners_have_no_permission_at_all():
    for person in (UserFactory(role=User.Role.REVIEWER), MembershipFactory(role="coordinator").user):
        assert person.get_all_permissions() == set()


def test_every_permission_of_a_role_is_one_that_django_knows():
    """What was made before the models' own migrations is the same row that they would have made."""
    for names in roles.PERMISSIONS.values():
        for name in names:
            app, codename = name.split(".")
            permission = Permission.objects.get(content_type__app_label=app, codename=codename)
            assert permission.content_type.model_class() or app == "wagtailadmin"


def test_granting_again_changes_nothing_but_what_is_missing():
    editors = Group.objects.get(name=User.Role.EDITOR)
    own = Permission.objects.get(codename="view_heartbeat")
    editors.permissions.add(own)
    editors.permissions.remove(Permission.objects.get(codename="publish_project"))
    everything, counted = set(editors.permissions.all()), Permission.objects.count()
    roles.grant()
    assert set(editors.permissions.all()) - everything == {Permission.objects.get(codename="publish_project")}
    assert own in editors.permissions.all()
    assert Permission.objects.count() == counted
