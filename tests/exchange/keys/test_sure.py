"""Before a key or a secret is shown it is made sure that it is she; nothing that she has typed is lost over it."""

import html
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser

from accounts import sealing
from accounts.models import User
from exchange.keys import actions as keys
from exchange.models import Client, ClientKey, Endpoint
from exchange.webhooks import actions, sending
from tests.accounts.test_oidc import LOGIN, agree, come_in
from tests.accounts.test_second_factor import SET_UP, code_of, set_up, sign_in
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.core]

KEY = {"scopes": ["harvest", "webhooks"], "days": "30", "after": "0"}
RECEIVER = "https://203.0.113.7/hook"
HOOK = {"url": RECEIVER, "kinds": ["events"], "after": "0"}


@pytest.fixture(autouse=True)
def _open_internet(monkeypatch):
    own = sending.Door(**vars(sending.door()) | {"resolve": lambda host, port: [host], "allows": lambda address: True})
    monkeypatch.setattr(sending, "door", lambda: own)


@pytest.fixture
def endpoint(network, anna) -> Endpoint:
    endpoint = Endpoint(url=RECEIVER)
    actions.add(endpoint=endpoint, client=network, by=anna)
    return endpoint


def long_ago(browser) -> Browser:
    """She came in, and was asked the last time, more than five minutes ago."""
    session = browser.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 301
    session.save()
    return browser


@pytest.fixture
def hers(anna):
    return long_ago(sign_in(anna))


def asked(answer) -> str:
    """The address at which she is asked."""
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/reauthenticate/?next=")
    return answer.url


def answers(browser, question: str, **typed):
    """With what stands in its form."""
    return browser.post(question, {"next": parse_qs(urlsplit(question).query)["next"][0], **typed})


# By password


def test_a_key_is_made_when_her_password_is_right(hers, network):
    question = asked(hers.post(f"/en/my/networks/{network.uid}/keys/", KEY))
    assert answers(hers, question, password="wrong").status_code == 200
    assert ClientKey.objects.count() == 0

    answer = answers(hers, question, password=PASSWORD)

    key = ClientKey.objects.get()
    assert f"mer_{key.prefix}_" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert (key.scopes, (key.expires - key.made).days) == (["harvest", "webhooks"], 30)


def test_the_page_with_the_key_speaks_her_language(hers, network):
    question = asked(hers.post(f"/sl/my/networks/{network.uid}/keys/", KEY))

    assert '<html lang="sl"' in answers(hers, question, password=PASSWORD).content.decode()


def test_who_asks_for_the_key_again_is_led_to_the_network_and_none_is_made(hers, network):
    question = asked(hers.post(f"/en/my/networks/{network.uid}/keys/", KEY))
    answers(hers, question, password=PASSWORD)

    again = answers(hers, question, password=PASSWORD)

    assert again.url == f"/en/my/networks/{network.uid}/keys/"
    assert hers.get(again.url).url == f"/en/my/networks/{network.uid}/"
    assert ClientKey.objects.count() == 1


def test_what_would_be_refused_is_refused_before_she_is_asked(hers, network):
    assert hers.post(f"/en/my/networks/{network.uid}/keys/", {"days": "30", "after": "0"}).status_code == 422
    assert hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", {"url": "nowhere"}).status_code == 422


def test_a_webhook_is_added_when_her_password_is_right(hers, network):
    question = asked(hers.post(f"/en/my/networks/{network.uid}/webhooks/new/", HOOK))
    assert Endpoint.objects.count() == 0

    answer = answers(hers, question, password=PASSWORD)

    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.kinds) == (RECEIVER, ["events"])
    assert sending.secrets_of(endpoint)[0] in html.unescape(answer.content.decode())


def test_a_form_that_comes_back_after_her_password_goes_to_its_own_address(hers, network):
    address = f"/en/my/networks/{network.uid}/webhooks/new/"
    question = asked(hers.post(address, HOOK))
    actions.add(endpoint=Endpoint(url=f"{RECEIVER}/other"), client=network, by=network.owner)  # in another window

    answer = answers(hers, question, password=PASSWORD)

    assert answer.status_code == 409
    assert f'<form method="post" action="{address}"' in answer.content.decode()
    assert f'value="{RECEIVER}"' in answer.content.decode()


def test_a_secret_is_changed_when_her_password_is_right(hers, network, endpoint):
    address = f"/en/my/networks/{network.uid}/webhooks/{endpoint.uid}/"
    question = asked(hers.post(f"{address}act/", {"action": "rotate"}))
    assert len(sending.secrets_of(endpoint)) == 1

    answer = answers(hers, question, password=PASSWORD)

    new, _former = sending.secrets_of(Endpoint.objects.get())
    assert new in html.unescape(answer.content.decode())
    assert hers.get(f"{address}act/").url == address


@pytest.mark.parametrize("action", ["test", "stop"])
def test_what_shows_no_secret_is_not_asked_for(hers, network, endpoint, action):
    address = f"/en/my/networks/{network.uid}/webhooks/{endpoint.uid}/act/"

    assert hers.post(address, {"action": action}).url.startswith("/en/my/networks/")


def test_a_key_is_revoked_without_a_question(hers, network, make_key):
    key, _whole = make_key()

    hers.post(f"/en/my/networks/{network.uid}/keys/{key.pk}/revoke/")

    assert ClientKey.objects.good().count() == 0


def test_who_has_just_signed_in_is_not_asked(anna, network):
    answer = sign_in(anna).post(f"/en/my/networks/{network.uid}/keys/", KEY)

    assert answer.status_code == 200
    assert ClientKey.objects.count() == 1


def test_who_was_asked_a_moment_ago_is_not_asked_again(hers, network):
    answers(hers, asked(hers.post(f"/en/my/networks/{network.uid}/keys/", KEY)), password=PASSWORD)
    latest = keys.latest_key(network)

    assert hers.post(f"/en/my/networks/{network.uid}/keys/", KEY | {"after": str(latest)}).status_code == 200


# By a code


def test_a_code_is_as_good_as_a_password(anna, network):
    browser = sign_in(anna)
    secret, _codes = set_up(browser)
    long_ago(browser)
    asked(browser.post(f"/en/my/networks/{network.uid}/keys/", KEY))
    path = f"/en/my/networks/{network.uid}/keys/"

    answer = browser.post(
        f"/accounts/second-factor/reauthenticate/?next={path}", {"code": code_of(secret, 1), "next": path}
    )

    assert f"mer_{ClientKey.objects.get().prefix}_" in answer.content.decode()


# By the other side


@pytest.fixture
def over_there(client, other_side):
    """Who has neither password nor second factor here, and whose network it is."""
    come_in(client, other_side, email="ziva@example.org", email_verified=True)
    agree(client)
    long_ago(client)
    ziva = User.objects.get(email="ziva@example.org")
    client.network = keys.register(client=Client(name="Karst", contact="a@karst.example", purpose="Maps."), by=ziva)
    return client


def sign_in_there(browser, page):
    """By the link of the page; gives where she comes out."""
    assert page.status_code == 403
    way = html.unescape(re.search(r'href="(/accounts/oidc/[^"]*)"', page.content.decode())[1])
    state = parse_qs(urlsplit(browser.get(way).url).query)["state"]
    return browser.get(f"{LOGIN}callback/", {"code": "code", "state": state}).url


def test_who_signs_in_there_again_finds_what_she_had_chosen(over_there):
    address = f"/en/my/networks/{over_there.network.uid}/"
    back = sign_in_there(over_there, over_there.post(f"{address}keys/", KEY))
    assert back.partition("?")[0] == address

    form = over_there.get(back).context["form"]

    assert (form["scopes"].value(), form["days"].value()) == (["harvest", "webhooks"], "30")
    assert over_there.post(f"{address}keys/", KEY).status_code == 200
    assert over_there.get(address).context["form"]["days"].value() == 365


def test_and_what_she_had_typed(over_there):
    address = f"/en/my/networks/{over_there.network.uid}/webhooks/new/"
    back = sign_in_there(over_there, over_there.post(address, HOOK))
    assert back.partition("?")[0] == address
    assert "203.0.113.7" not in back  # addresses stand in logs

    shown = over_there.get(back).content.decode()

    assert f'value="{RECEIVER}"' in shown
    assert re.search(r'value="events"[^>]* checked', shown)
    assert over_there.post(address, HOOK).status_code == 200


def test_it_is_hers_and_of_the_page_alone(over_there, anna):
    network = over_there.network
    address, other = f"/en/my/networks/{network.uid}/", f"/sl/my/networks/{network.uid}/"
    typed = sign_in_there(over_there, over_there.post(f"{address}keys/", KEY)).partition("?")[2]
    assert over_there.get(f"{other}?{typed}").context["form"]["days"].value() == 365

    Client.objects.update(owner=anna)
    assert sign_in(anna).get(f"{address}?{typed}").context["form"]["days"].value() == 365


@pytest.mark.parametrize("typed", ["", "x", "gAAAAA", "č", "%00"])
def test_what_is_no_such_thing_is_nothing(anna, network, typed):
    page = sign_in(anna).get(f"/en/my/networks/{network.uid}/?typed={typed}")

    assert page.context["form"]["days"].value() == 365


def test_the_time_is_that_of_the_account_pages(anna, network):
    browser = sign_in(anna)
    last = max(each["at"] for each in browser.session["account_authentication_methods"])
    assert time.time() - last < 300
    long_ago(browser)

    assert browser.get(SET_UP).url.startswith("/accounts/reauthenticate/")
    asked(browser.post(f"/en/my/networks/{network.uid}/keys/", KEY))


@pytest.mark.parametrize("sealed", ["GEZDGNBVGY3TQOJQ", "[1]", "{}"])
def test_what_was_sealed_for_something_else_is_nothing(anna, network, sealed):
    page = sign_in(anna).get(f"/en/my/networks/{network.uid}/?typed={sealing.seal(sealed)}")

    assert page.status_code == 200
