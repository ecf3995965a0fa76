"""Demo users: made once, with passwords that only a file of the portal's own knows, and only where the demo is on."""

import pytest
from django.contrib.auth import authenticate

from accounts import demo
from accounts.demo import ensure_demo_users, new_password, passwords_file
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["partner", "partner2", "partner-elsewhere", "reviewer", "editor", "admin"]


@pytest.fixture(autouse=True)
def demo_mode(settings, tmp_path):
    settings.DEMO = True
    settings.VAR_DIR = tmp_path / "var"


def told() -> dict[str, tuple[str, str]]:
    """Role → e-mail and password, as the file has them."""
    rows = [line.split() for line in passwords_file().read_text().splitlines()]
    return {role: (email, password) for role, email, password in rows}


def signed_in(role: str) -> User | None:
    email, password = told()[role]
    return authenticate(None, email=email, password=password)


def test_without_the_demo_nobody_is_made_and_nothing_written(settings):
    settings.DEMO = False

    assert ensure_demo_users() == []
    assert User.objects.count() == 0
    assert not passwords_file().exists()


def test_each_role_can_sign_in_with_what_the_file_says():
    ensure_demo_users()

    assert list(told()) == ROLES
    assert [signed_in(role).email for role in ROLES] == [f"{role}@example.org" for role in ROLES]
    assert all(user.is_demo for user in User.objects.all())


def test_nobody_signs_in_once_the_demo_is_off(settings):
    ensure_demo_users()

    settings.DEMO = False

    assert [signed_in(role) for role in ROLES] == [None] * 6


def test_roles_are_what_their_names_say():
    ensure_demo_users()

    reviewer, editor, admin, partner = (signed_in(role) for role in ("reviewer", "editor", "admin", "partner"))

    assert [str(group) for group in reviewer.groups.all()] == ["Reviewers"]
    assert [str(group) for group in editor.groups.all()] == ["Editors"]
    assert (admin.is_superuser, admin.is_staff) == (True, True)
    assert (partner.is_superuser, partner.is_staff, partner.groups.count()) == (False, False, 0)
    assert {user.language for user in User.objects.all()} == {"en", "sl"}


def test_the_file_is_for_the_portals_own_account_alone():
    ensure_demo_users()

    assert passwords_file().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in passwords_file().parent.iterdir()] == ["demo-users.txt"]


def test_passwords_are_long_random_and_readable():
    passwords = {new_password() for _ in range(200)}

    assert len(passwords) == 200
    assert {len(password) for password in passwords} == {14}
    assert set("".join(passwords)) <= {*demo.READABLE, "-"}


def test_a_second_time_changes_nothing():
    ensure_demo_users()
    before = (
        told(),
        list(User.objects.order_by("pk").values_list("email", "password")),
        passwords_file().stat().st_mtime_ns,
    )

    assert ensure_demo_users() == []

    assert (
        told(),
        list(User.objects.order_by("pk").values_list("email", "password")),
        passwords_file().stat().st_mtime_ns,
    ) == before


def test_a_password_that_somebody_chose_is_kept():
    ensure_demo_users()
    partner = User.objects.get(email="partner@example.org")
    partner.set_password("chosen by Petra herself")
    partner.save()

    ensure_demo_users()

    assert authenticate(None, email="partner@example.org", password="chosen by Petra herself") == partner


def test_a_lost_file_brings_new_passwords():
    ensure_demo_users()
    before = told()
    passwords_file().unlink()

    ensure_demo_users()

    assert [signed_in(role).email for role in ROLES] == [email for email, _password in before.values()]
    assert not set(before.values()) & set(told().values())


def test_a_new_database_takes_the_passwords_of_the_file():
    ensure_demo_users()
    before = told()
    User.objects.all().delete()

    ensure_demo_users()

    assert told() == before
    assert signed_in("reviewer") is not None


def test_a_file_that_a_stranger_spoilt_is_written_anew():
    ensure_demo_users()
    passwords_file().write_text("partner partner@example.org\n\n")

    ensure_demo_users()

    assert all(signed_in(role) for role in ROLES)


def test_a_real_user_at_such_an_address_is_left_alone():
    somebody = UserFactory(email="partner@example.org")

    made = ensure_demo_users()

    somebody.refresh_from_db()
    assert not somebody.is_demo
    assert somebody not in made
    assert "partner" not in told()
