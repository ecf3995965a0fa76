"""The Wagtail admin as the portal's own room: its language is the editor's, its name and mark are the portal's."""

import re
import zoneinfo

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SLOVENIAN, ENGLISH = ("sl", "Nadzorna plošča"), ("en", "Dashboard")


def editor(client, **fields) -> User:
    user = UserFactory(role=User.Role.EDITOR, **fields)
    client.force_login(user)
    return user


def speaks(answer) -> tuple[str, str]:
    html = answer.content.decode()
    return re.search(r'<html lang="(\w+)"', html)[1], re.search(r"<title>(.*?) - ", html, re.DOTALL)[1].strip()


# Language


def test_the_admin_speaks_the_language_of_the_editors_account(client):
    editor(client, language="sl")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-GB"

    answer = client.get("/cms/")

    assert (speaks(answer), answer["Content-Language"]) == (SLOVENIAN, "sl")


def test_what_she_chose_for_now_comes_before_her_account(client):
    editor(client, language="en")
    client.post("/language/", {"language": "sl"})

    assert speaks(client.get("/cms/")) == SLOVENIAN


def test_the_page_from_which_she_comes_in_is_remembered(client):
    editor(client, language="en")

    first = client.get("/cms/", headers={"referer": "http://testserver/sl/my/"})

    assert speaks(first) == SLOVENIAN
    assert speaks(client.get("/cms/")) == SLOVENIAN


def test_looking_at_a_page_in_another_language_changes_nothing(client):
    editor(client, language="en")

    within = client.get("/cms/account/", headers={"referer": "http://testserver/sl/events/"})

    assert within.content.decode().count('lang="en"') == 1
    assert speaks(client.get("/cms/")) == ENGLISH


def test_other_sites_have_no_say(client):
    editor(client, language="en")

    assert speaks(client.get("/cms/", headers={"referer": "https://elsewhere.example/sl/"})) == ENGLISH


@pytest.mark.parametrize("page", ["//[", "http://[::1", "https://exa]mple.org/", "x", "\x00"])
def test_what_is_no_address_has_none_either(client, page):
    editor(client, language="sl")

    assert speaks(client.get("/cms/", headers={"referer": page})) == SLOVENIAN


def test_what_she_set_in_the_admin_comes_first(client):
    user = editor(client, language="sl")
    UserProfile.objects.create(user=user, preferred_language="en")

    answer = client.get("/cms/", headers={"referer": "http://testserver/sl/my/"})

    assert (speaks(answer), answer["Content-Language"]) == (ENGLISH, "en")


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_in_the_portals_other_languages_the_admin_is_english(client, language):
    editor(client, language=language)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    answer = client.get("/cms/", headers={"referer": f"http://testserver/{language}/"})

    assert speaks(answer) == ENGLISH


def test_without_a_choice_it_says_that_it_follows_the_portal(client):
    editor(client)

    account = client.get("/cms/account/").content.decode()

    assert "As in the portal" in account and "server language" not in account


# Account


def test_the_time_zones_are_those_that_browsers_know(client):
    editor(client)

    account = client.get("/cms/account/").content.decode()

    assert set(settings.WAGTAIL_USER_TIME_ZONES) <= zoneinfo.available_timezones()
    assert 'value="Europe/Ljubljana"' in account and 'value="localtime"' not in account


def test_nobody_takes_an_address_that_is_not_confirmed(client):
    user = editor(client)

    client.post("/cms/account/", {"name_email-email": "other@example.org"})

    assert 'name="name_email-email"' not in client.get("/cms/account/").content.decode()
    assert User.objects.get(pk=user.pk).email == user.email


# Name and mark


@pytest.mark.parametrize("path", ["/cms/", "/cms/account/", "/cms/snippets/events/event/add/", "/cms/nowhere/"])
def test_the_admin_bears_the_portals_name_and_mark(client, path):
    editor(client)

    page = client.get(path).content.decode()

    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert title.endswith(" - MER") and "Wagtail" not in title
    assert "icon-wagtail" not in page and "favicon.ico" not in page
    assert len(re.findall(r'(?:href|src)="/static/img/mark\.svg"', page)) == 2
    assert finders.find("img/mark.svg")


def test_an_address_where_nothing_stands_leads_back_to_the_desk(client):
    editor(client)

    answer = client.get("/cms/nowhere/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode() and "Wagtail admin" not in answer.content.decode()
