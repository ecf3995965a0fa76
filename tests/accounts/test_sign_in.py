"""On the way in: the language of the page that was left, the way back to it, and who is counted at the door."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, GoodPracticeFactory, UserFactory, publish

pytestmark = pytest.mark.django_db


def sign_in(client, user, next_page=""):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": next_page})


def language(answer) -> str:
    return re.search(r'<html lang="(\w+)"', answer.content.decode())[1]


def ways_in(answer) -> set[str]:
    return set(re.findall(r'href="(/accounts/login/[^"]*)"', answer.content.decode()))


# There and back


def test_every_page_leads_to_the_door_and_back(client):
    practice = publish(GoodPracticeFactory())
    page = f"/sl/practices/{practice.slug}/"

    assert ways_in(client.get(page)) == {f"/accounts/login/?next={page}"}
    assert ways_in(client.get("/en/practices/?q=a&country=SI")) == {
        "/accounts/login/?next=/en/practices/%3Fq%3Da%26country%3DSI"
    }
    assert ways_in(client.get("/sl/nowhere/")) == {"/accounts/login/?next=/sl/nowhere/"}


def test_an_account_page_leads_where_it_would_have_led_itself(client):
    assert ways_in(client.get("/accounts/login/?next=/sl/search/")) == {"/accounts/login/?next=/sl/search/"}
    assert ways_in(client.get("/accounts/password/reset/")) == {"/accounts/login/"}


def test_the_door_speaks_the_language_of_the_page_that_was_left_and_leads_back(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-GB"
    user = UserFactory(language="en")

    door = client.get("/accounts/login/?next=/sl/projects/")
    assert (language(door), door["Content-Language"]) == ("sl", "sl")
    assert language(client.get("/accounts/password/reset/")) == "sl"
    assert sign_in(client, user, "/sl/projects/").url == "/sl/projects/"


def test_a_refused_password_keeps_the_language_and_the_way_back(client):
    answer = client.post("/accounts/login/", {"login": "a@b.si", "password": "x", "next": "/sl/projects/"})

    assert language(answer) == "sl"
    assert 'name="next" value="/sl/projects/"' in answer.content.decode()


def test_without_a_page_that_was_left_my_work_is_in_the_language_of_the_door(client):
    client.get("/accounts/login/?next=/sl/")

    assert sign_in(client, UserFactory()).url == "/sl/my/"


def test_another_language_can_be_chosen_at_the_door(client):
    door = client.get("/accounts/login/?next=/sl/projects/%3Fq%3Da").content.decode()
    back = re.search(r'name="next" value="([^"]*)"><button class="plain" name="language" value="en"', door)[1]

    answer = client.post("/language/", {"language": "en", "next": back}, follow=True)

    assert answer.redirect_chain == [("/accounts/login/?next=/en/projects/%3Fq%3Da", 302)]
    assert language(answer) == "en"


def test_signing_out_keeps_the_language(client):
    client.force_login(UserFactory())
    page = client.get("/sl/projects/").content.decode()
    home = re.search(r'name="next" value="([^"]*)"><button class="plain">', page)[1]

    assert client.post("/accounts/logout/", {"next": home}).url == "/sl/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/sl/", "//evil.example/sl/", "/\\evil.example", "javascript:alert(1)", "\\\\evil"],
)
def test_nobody_is_led_to_another_site(client, elsewhere):
    assert "evil.example" not in sign_in(client, UserFactory(), elsewhere).url
    assert "evil.example" not in client.post("/accounts/logout/", {"next": elsewhere}).url


@pytest.mark.parametrize("page", ["//[", "http://[", "https://exa]mple.org/"])
def test_what_is_no_address_leads_nowhere(client, page):
    for door in ("login", "logout", "password/reset", "signup"):
        assert client.get(f"/accounts/{door}/", {"next": page}).status_code < 400, door

    assert sign_in(client, UserFactory(), page).url == "/en/my/"


# The admin's door


@pytest.mark.parametrize("role", [None, User.Role.REVIEWER])
@pytest.mark.parametrize("path", ["/cms/", "/cms/snippets/projects/project/"])
def test_who_has_no_business_in_the_admin_is_told_so_in_her_language(client, role, path):
    client.force_login(UserFactory(role=role, language="sl"))

    answer = client.get(path, follow=True)

    assert (answer.status_code, language(answer)) == (403, "sl")
    assert answer.redirect_chain == [(f"/cms/login/?next={path}", 302)]
    assert 'class="note' not in answer.content.decode()  # Wagtail's own word for it is not said beside ours


def test_the_language_that_she_has_chosen_comes_before_that_of_her_account(client):
    client.force_login(UserFactory(language="en"))
    client.post("/language/", {"language": "sl"})

    assert language(client.get("/cms/", follow=True)) == "sl"


def test_strangers_sign_in_and_come_to_the_admin(client):
    editor = UserFactory(role=User.Role.EDITOR)

    assert client.get("/cms/projects/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=/cms/projects/"
    assert sign_in(client, editor, "/cms/").url == "/cms/"
    assert client.get("/cms/login/").url == reverse("wagtailadmin_home")


# Who is counted


def wrong_sign_ins(addresses: list[str]) -> None:
    for number, address in enumerate(addresses):
        wrong = {"login": f"nobody{number}@example.org", "password": "guess"}
        Client().post("/accounts/login/", wrong, headers={"X-Forwarded-For": address})


@pytest.fixture
def behind_proxy(settings):
    """A proxy adds the visitor's address as the last one."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()


def may_sign_in(address: str) -> bool:
    answer = Client().post(
        "/accounts/login/", {"login": UserFactory().email, "password": PASSWORD}, headers={"X-Forwarded-For": address}
    )
    return answer.status_code == 302


def test_behind_a_proxy_one_guesser_locks_out_nobody_else(behind_proxy):
    wrong_sign_ins(["6.6.6.6"] * 12)

    assert may_sign_in("7.7.7.7")
    assert not may_sign_in("6.6.6.6")


def test_addresses_that_the_guesser_puts_before_his_own_do_not_help_him(behind_proxy):
    wrong_sign_ins([f"8.8.8.{number}, 6.6.6.6" for number in range(12)])

    assert not may_sign_in("9.9.9.9, 6.6.6.6")
    assert may_sign_in("6.6.6.6, 7.7.7.7")
