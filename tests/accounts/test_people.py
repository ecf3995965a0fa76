"""People in the Wagtail admin: known by their e-mail address, without a user name."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.models import User
from accounts.retention import forget_unconfirmed
from tests.accounts.mail import link_in
from tests.admin import errors_of
from tests.factories import PASSWORD, AdminFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = "wagtailusers_users:index"
NEW = {
    "email": "Nova@Example.org",
    "first_name": "Nova",
    "last_name": "Čebela",
    "language": "sl",
    "password1": "",
    "password2": "",
}


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory(email="ana@example.org"))
    return client


def add(desk, **typed):
    return desk.post(reverse("wagtailusers_users:add"), NEW | typed)


def change(desk, person, **typed):
    fields = {"email": person.email, "language": person.language, "is_active": "on", "password1": "", "password2": ""}
    return desk.post(reverse("wagtailusers_users:edit", args=[person.pk]), fields | typed)


def test_somebody_gets_an_account_by_her_address(desk):
    reviewers = Group.objects.get(name=User.Role.REVIEWER)
    assert add(desk, groups=[reviewers.pk], password1=PASSWORD, password2=PASSWORD).status_code == 302
    person = User.objects.get(email="nova@example.org")
    assert (str(person), person.language, person.is_superuser) == ("Nova Čebela", "sl", False)
    assert person.group_names == {User.Role.REVIEWER}
    desk.logout()
    assert desk.login(email="nova@example.org", password=PASSWORD)


def test_she_can_choose_her_password_herself(desk):
    add(desk)
    person = User.objects.get(email="nova@example.org")
    assert not person.has_usable_password()


def test_a_name_is_not_needed(desk):
    assert add(desk, first_name="", last_name="").status_code == 302
    assert str(User.objects.get(email="nova@example.org")) == "a colleague"  # to others; her address is hers


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "ANA@example.org"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"language": "xx"}, "language"),
        ({"password1": PASSWORD, "password2": "another one"}, "password2"),
        ({"password1": "12345", "password2": "12345"}, "password2"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(desk, typed, field):
    page = add(desk, **typed)
    assert page.status_code == 200
    assert list(errors_of(page)) == [field]
    assert User.objects.count() == 1


def test_the_forms_show_address_language_and_roles(desk):
    person = UserFactory(language="sl")
    for url in (reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[person.pk])):
        page = BeautifulSoup(desk.get(url).content, "html.parser")
        drawn = {control.get("name") for control in page.select("form [name]")}
        assert {"email", "first_name", "last_name", "language", "groups", "password1"} <= drawn
        assert "username" not in drawn
    assert page.select_one("select[name=language] option[selected]")["value"] == "sl"


def test_language_and_roles_change_and_the_password_stays(desk):
    person = UserFactory(language="sl", role=User.Role.REVIEWER)
    change(desk, person, language="it", groups=[Group.objects.get(name=User.Role.EDITOR).pk])
    person = User.objects.get(pk=person.pk)
    assert (person.language, person.group_names) == ("it", {User.Role.EDITOR})
    assert person.check_password(PASSWORD)


# Another address or password: she is told


@pytest.fixture
def nina():
    return UserFactory(email="old@example.org", language="sl")


def at_home(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client) -> bool:
    return client.get("/en/my/").status_code == 200


def letters() -> list[tuple]:
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def enters(email, password=PASSWORD) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return is_in(client)


def test_of_another_address_both_are_told_and_it_counts_when_she_has_confirmed_it(desk, nina):
    home = at_home(nina)
    change(desk, nina, language="en", email="new@example.org")

    assert letters() == [
        ("old@example.org", "The address of your account has changed"),
        ("new@example.org", "Confirm your address"),
    ]
    assert "new@" not in mail.outbox[0].body
    assert not is_in(home)
    assert not enters("old@example.org") and not enters("new@example.org")

    Client().post(link_in(mail.outbox[1]))
    assert enters("new@example.org")


def test_staff_may_say_that_it_is_hers(desk, nina):
    change(desk, nina, language="en", email="new@example.org", is_confirmed="on")

    assert letters() == [
        ("old@example.org", "The address of your account has changed"),
        ("new@example.org", "This is now the address of your account"),
    ]
    assert enters("new@example.org")


def test_staff_may_say_it_later(desk, nina):
    change(desk, nina, email="new@example.org")
    change(desk, User.objects.get(pk=nina.pk), first_name="Nina")
    assert not enters("new@example.org")

    change(desk, User.objects.get(pk=nina.pk), is_confirmed="on")
    assert enters("new@example.org")


def test_of_a_password_that_staff_gives_she_is_told(desk, nina):
    home = at_home(nina)
    change(desk, nina, language="en", password1="newer battery", password2="newer battery")

    assert letters() == [("old@example.org", "Your account has a new password")]
    assert "newer battery" not in mail.outbox[0].body
    assert "/accounts/password/reset/" in mail.outbox[0].body
    assert not is_in(home) and enters("old@example.org", "newer battery")


def test_of_nothing_else_a_letter_is_written_and_nobody_is_signed_out(desk, nina):
    home = at_home(nina)
    change(desk, nina, first_name="Nina")

    assert letters() == [] and is_in(home)


def test_who_changes_her_own_stays_where_she_is(desk):
    herself = User.objects.get(email="ana@example.org")
    change(desk, herself, email="anica@example.org", is_confirmed="on", is_superuser="on")

    assert desk.get(reverse(PEOPLE)).status_code == 200


def test_an_account_whose_address_was_put_right_is_not_forgotten_as_never_confirmed(desk, nina):
    change(desk, nina, email="new@example.org")
    User.objects.filter(pk=nina.pk).update(last_login=None)

    forget_unconfirmed(now() + timedelta(days=1))

    assert User.objects.filter(pk=nina.pk).exists()


def test_an_account_is_closed(desk):
    person = UserFactory()
    change(desk, person, is_active="")
    assert not User.objects.get(pk=person.pk).is_active


def test_people_are_listed_and_found(desk):
    person = UserFactory(last_name="Žnidaršič", email="z@example.org")
    page = desk.get(reverse(PEOPLE), {"q": "z@example"})
    assert [each.pk for each in page.context["users"]] == [person.pk]
    assert page.content.decode().count("z@example.org") >= 1


@pytest.mark.parametrize("role", [User.Role.EDITOR, User.Role.REVIEWER, None])
def test_only_administrators_see_people(client, role):
    client.force_login(UserFactory(role=role))
    for url in (reverse(PEOPLE), reverse("wagtailusers_users:add"), reverse("wagtailusers_groups:index")):
        assert client.get(url).status_code == 302
        assert client.post(url, NEW).status_code == 302
    assert not User.objects.filter(email="nova@example.org").exists()


def test_an_administrator_cannot_lock_herself_out(desk):
    herself = User.objects.get(email="ana@example.org")
    change(desk, herself, is_active="", is_superuser="")
    herself.refresh_from_db()
    assert (herself.is_active, herself.is_superuser) == (True, True)
