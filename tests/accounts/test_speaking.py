"""Which languages a person speaks, and whether she may be asked for translations."""

import json

import pytest
from django.conf import settings
from django.utils.translation import override

from accounts import speaking
from accounts.export import json_of
from accounts.models import User
from tests.factories import UserFactory

pytestmark = [pytest.mark.core, pytest.mark.django_db]
SENT = {"first_name": "Maja", "language": "en", "mail": "all"}


def send(client, **more):
    return client.post("/en/my/preferences/", SENT | more)


def test_she_says_what_she_speaks_and_that_she_may_be_asked(client):
    maja = UserFactory()
    client.force_login(maja)
    assert send(client, languages=["sl", "it"], translates="on").status_code == 302

    assert (speaking.of(maja), User.objects.get().translates) == (["it", "sl"], True)
    form = client.get("/en/my/preferences/").context["form"]
    assert (form["languages"].value(), form["translates"].value()) == (["it", "sl"], True)


def test_what_she_unticks_is_gone(client):
    maja = UserFactory()
    speaking.keep(by=maja, languages=["sl", "it"])
    client.force_login(maja)
    send(client, languages=["de", "it"])

    assert speaking.of(maja) == ["de", "it"]


def test_nothing_of_it_is_asked_of_anybody(client):
    maja = UserFactory()
    client.force_login(maja)
    assert send(client).status_code == 302

    assert (speaking.of(maja), User.objects.get().translates) == ([], False)


def test_who_may_be_asked_says_into_what(client):
    client.force_login(UserFactory())
    page = send(client, translates="on")

    assert page.context["form"].errors == {
        "languages": ["Tick the languages into which you may be asked to translate."]
    }
    assert page.context["form"]["translates"].value() is True


@pytest.mark.parametrize("invented", ["xx", "", "sl' OR 1=1"])
def test_other_languages_are_refused(client, invented):
    maja = UserFactory()
    client.force_login(maja)
    page = send(client, languages=["sl", invented])

    assert (list(page.context["form"].errors), speaking.of(maja)) == (["languages"], [])


def test_the_list_has_every_language_of_the_portal_by_the_alphabet():
    assert {code for code, _name in settings.LANGUAGES} <= set(speaking.CODES)
    assert len(speaking.CODES) == len(set(speaking.CODES)) == 31
    with override("sl"):
        names = dict(speaking.choices())
    assert (names["sl"], list(names)[:4], list(names)[-1]) == ("Slovenščina", ["sq", "en", "bg", "bs"], "uk")


def test_she_takes_them_along():
    maja = UserFactory(translates=True)
    speaking.keep(by=maja, languages=["sl"])
    taken = json.loads("".join(json_of(maja)))["account"]

    assert (taken["languages"], taken["translates"]) == (["sl"], True)
