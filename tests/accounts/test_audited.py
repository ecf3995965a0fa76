"""What the audit log tells of accounts."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from operations.models import AuditEntry
from tests.accounts.mail import link_in
from tests.accounts.test_people import add, change
from tests.accounts.test_second_factor import REMOVE, set_up, sign_in
from tests.factories import PASSWORD, AdminFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "another battery staple"


def told() -> list[tuple]:
    """What, by whom, to whom, and a role if one was given or taken; the oldest first."""
    entries = AuditEntry.objects.order_by("pk").select_related("actor", "whom")
    return [
        (
            entry.what,
            entry.actor and entry.actor.email,
            entry.whom and entry.whom.email,
            *([entry.facts["role"]] if entry.facts else []),
        )
        for entry in entries
    ]


# Of her own


def sign_up(client, email: str):
    typed = {"first_name": "Maja", "email": email, "password1": PASSWORD, "password2": PASSWORD, "terms": "on"}
    return client.post("/accounts/signup/", typed)


def test_somebody_opens_an_account_and_confirms_her_address(client):
    sign_up(client, "maja@example.org")
    client.post(link_in(mail.outbox[0]))

    assert EmailAddress.objects.get().verified
    assert told() == [
        ("account.opened", "maja@example.org", None),
        ("address.confirmed", "maja@example.org", None),
    ]


def test_who_tries_an_address_that_is_taken_leaves_no_trace(client):
    UserFactory(email="nina@example.org")

    sign_up(client, "nina@example.org")

    assert told() == []


def test_a_new_password(client):
    nina = UserFactory(email="nina@example.org")
    sign_in(nina, client)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    client.post("/accounts/logout/")
    client.post("/accounts/password/reset/", {"email": nina.email})
    form = client.get(link_in(mail.outbox[-1])).url
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    assert told() == [("password.changed", nina.email, None), ("password.reset", nina.email, None)]


def test_a_second_factor_is_set_up_and_removed(django_capture_on_commit_callbacks):
    client = sign_in(nina := UserFactory(email="nina@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post(REMOVE)

    assert told() == [("second-factor.set", nina.email, None), ("second-factor.removed", nina.email, None)]


def test_wrong_passwords_are_told_once_when_they_are_too_many(client):
    UserFactory(email="nina@example.org")
    for number in range(12):
        client.post("/accounts/login/", {"login": "nina@example.org", "password": f"guess {number}"})
    for number in range(12):
        client.post("/accounts/login/", {"login": f"nobody{number}@example.org", "password": "guess"})

    assert told() == [("sign-in.slowed", None, "nina@example.org")]


def test_signing_in_is_not_told():
    sign_in(UserFactory()).post("/accounts/logout/")

    assert told() == []


# By staff


@pytest.fixture
def desk():
    desk = Client()
    desk.force_login(AdminFactory(email="ana@example.org"))
    return desk


def group(role: User.Role) -> Group:
    return Group.objects.get(name=role)


def test_an_account_and_its_roles_are_given(desk):
    add(desk, groups=[group(User.Role.EDITOR).pk], is_superuser="on")

    assert told() == [
        ("account.given", "ana@example.org", "nova@example.org"),
        ("role.given", "ana@example.org", "nova@example.org", "Admins"),
        ("role.given", "ana@example.org", "nova@example.org", "Editors"),
    ]


def test_what_staff_changes_is_told_and_nothing_else(desk):
    nina = UserFactory(email="nina@example.org", role=User.Role.EDITOR)
    change(desk, nina, groups=[group(User.Role.EDITOR).pk], first_name="Nina")
    assert told() == []

    new = {"email": "new@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "is_active": ""}
    change(desk, nina, groups=[group(User.Role.REVIEWER).pk], **new)

    both = ("ana@example.org", "new@example.org")
    assert told() == [
        ("address.changed", *both),
        ("password.given", *both),
        ("account.closed", *both),
        ("role.given", *both, "Reviewers"),
        ("role.taken", *both, "Editors"),
    ]


def test_a_deleted_account_is_told_without_its_name(desk):
    nina = UserFactory(email="nina@example.org")

    desk.post(reverse("wagtailusers_users:delete", args=[nina.pk]))

    assert not User.objects.filter(pk=nina.pk).exists()
    assert told() == [("account.erased", "ana@example.org", None)]


@pytest.mark.parametrize(
    ("action", "typed", "words"),
    [
        ("set_active_state", {"mark_as_active": "False"}, ["account.closed", "account.closed"]),
        ("assign_role", {"role": "Editors"}, ["role.given"]),
        ("delete", {}, ["account.erased", "account.erased"]),
    ],
)
def test_what_is_done_to_several_at_once_is_told_of_each(desk, action, typed, words):
    people = [UserFactory(role=User.Role.EDITOR), UserFactory()]
    if "role" in typed:
        typed = {"role": group(User.Role.EDITOR).pk}
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])

    desk.post(f"{address}?id={people[0].pk}&id={people[1].pk}", typed)

    assert [entry[0] for entry in told()] == words
