"""Who tries too often waits: guessers of passwords and codes, and those who fill other people's mailboxes."""

import time

import pytest
from allauth.core.internal import ratelimit
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts import own_place
from tests.accounts.mail import link_in
from tests.accounts.test_second_factor import code_of, set_up, sign_in
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def behind_proxy(settings):
    """So that a test can say from where somebody comes."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


@pytest.fixture
def victim():
    return UserFactory(email="victim@example.org")


def visitor(address: str) -> Client:
    return Client(headers={"X-Forwarded-For": address})


def enters(client, email="victim@example.org", password=PASSWORD) -> bool:
    return client.post("/accounts/login/", {"login": email, "password": password}).status_code == 302


def guessed(times: int, email="victim@example.org") -> None:
    """Wrong passwords from as many addresses."""
    for number in range(times):
        assert not enters(visitor(f"6.6.{number}.6"), email, f"guess {number}")


def test_guessers_with_many_addresses_get_no_more_tries_than_one(victim):
    guessed(5)

    assert not enters(visitor("6.6.99.6"))  # even with the right password


def test_the_victim_comes_in_from_her_own_place(victim):
    home = visitor("7.7.7.7")
    assert enters(home)
    home.post("/accounts/logout/")

    guessed(20)

    assert enters(home)


def test_without_a_place_of_her_own_she_comes_in_by_her_mail(victim):
    guessed(20)
    client = visitor("7.7.7.7")
    client.post("/accounts/password/reset/", {"email": victim.email})
    form = client.get(link_in(mail.outbox[-1])).url
    client.post(form, {"password1": "newer battery", "password2": "newer battery"})

    assert enters(client, password="newer battery")


def test_guessing_at_her_own_place_is_slowed_too(victim):
    home = visitor("7.7.7.7")
    enters(home)
    home.post("/accounts/logout/")
    for number in range(5):
        home.defaults["HTTP_X_FORWARDED_FOR"] = f"7.7.{number}.7"
        enters(home, password="guess")

    assert not enters(home)


def test_a_place_is_good_for_one_account_and_cannot_be_invented(victim, rf):
    own = visitor("6.6.6.6")
    assert enters(own, UserFactory().email)

    for cookie in (own.cookies[own_place.COOKIE].value, "invented", ""):
        request = rf.get("/")
        request.COOKIES[own_place.COOKIE] = cookie
        assert own_place.of(request, victim.email) == ""


def test_the_cookie_of_a_place_is_for_the_server_alone_and_names_nobody(victim):
    client = visitor("7.7.7.7")
    enters(client)
    cookie = client.cookies[own_place.COOKIE]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "victim" not in cookie.value


def test_unknown_addresses_are_slowed_alike():
    guessed(5, "nobody@example.org")
    page = visitor("9.9.9.9").post("/accounts/login/", {"login": "nobody@example.org", "password": "x"})

    assert "Too many" in page.content.decode()


def test_one_address_gets_ten_wrong_passwords_a_minute(victim):
    client = visitor("6.6.6.6")
    for number in range(10):
        enters(client, f"person{number}@example.org", "guess")

    assert not enters(client)
    assert enters(visitor("7.7.7.7"))


def test_one_address_opens_twenty_accounts_a_minute():
    client = visitor("6.6.6.6")
    statuses = [client.post("/accounts/signup/", {}).status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]
    assert "Too many tries" in client.post("/accounts/signup/", {}).content.decode()


def test_a_mailbox_gets_one_letter_about_signing_up_in_three_minutes(victim):
    for number in range(3):
        typed = {"first_name": "Eve", "email": victim.email, "terms": "on"}
        typed |= {"password1": PASSWORD, "password2": PASSWORD}
        visitor(f"6.6.{number}.6").post("/accounts/signup/", typed)

    assert len(mail.outbox) == 1


@pytest.fixture
def hours_later(monkeypatch):
    """The clock of the limits, so many hours on."""

    begun = time.time()

    def go(hours: float) -> None:
        later = begun + hours * 3600
        monkeypatch.setattr(ratelimit.time, "time", lambda: later)

    return go


def ask_for_a_new_password(times: int, email="victim@example.org") -> set[int]:
    answers = [
        visitor(f"6.6.{number}.6").post("/accounts/password/reset/", {"email": email}) for number in range(times)
    ]
    return {(answer.status_code, answer.url) for answer in answers}


@pytest.mark.parametrize("email", ["victim@example.org", "nobody@example.org"])
def test_a_mailbox_gets_five_letters_about_a_new_password_an_hour_and_everybody_the_same_answer(victim, email):
    assert ask_for_a_new_password(30, email) == {(302, "/accounts/password/reset/done/")}

    assert len(mail.outbox) == 5


def test_and_fifteen_a_day(victim, hours_later):
    for hour in range(5):
        hours_later(hour * 1.01)
        ask_for_a_new_password(8)
    assert len(mail.outbox) == 15

    hours_later(25)
    ask_for_a_new_password(1)
    assert len(mail.outbox) == 16


def test_who_asks_without_end_cannot_keep_her_from_a_new_password(victim):
    """She on a new device, guessers of her password at the door: one of the letters that they caused is good for her."""
    guessed(12)
    ask_for_a_new_password(12)
    client = visitor("7.7.7.7")
    assert client.post("/accounts/password/reset/", {"email": victim.email}).status_code == 302
    form = client.get(link_in(mail.outbox[0])).url
    client.post(form, {"password1": "newer battery", "password2": "newer battery"})

    assert enters(client, password="newer battery")


def test_letters_about_signing_up_do_not_use_up_those_about_a_new_password(victim, hours_later):
    for hour in range(6):
        hours_later(hour / 10)
        typed = {"first_name": "Eve", "email": victim.email, "terms": "on"}
        typed |= {"password1": PASSWORD, "password2": PASSWORD}
        visitor(f"6.6.{hour}.6").post("/accounts/signup/", typed)
    assert len(mail.outbox) == 5

    ask_for_a_new_password(1)
    assert len(mail.outbox) == 6


def test_codes_cannot_be_guessed(victim):
    """Who comes here knows the password already: wherever strangers come from, they are slowed as one, for five minutes."""
    secret, _codes = set_up(sign_in(victim))
    cache.clear()
    client = sign_in(victim)
    for number in range(5):
        client.post("/accounts/second-factor/authenticate/", {"code": f"00000{number}"})

    page = client.post("/accounts/second-factor/authenticate/", {"code": code_of(secret)})
    assert page.status_code == 200
    assert "Too many" in page.content.decode()


def second_step(client, code) -> bool:
    return client.post("/accounts/second-factor/authenticate/", {"code": code}).status_code == 302


def wrong_codes(victim, times: int) -> None:
    """By somebody who knows the password, from as many addresses."""
    for number in range(times):
        assert not second_step(sign_in(victim, visitor(f"6.6.{number}.6")), f"{number:06}")


def test_who_knows_the_password_cannot_keep_her_out_of_her_own_place(victim):
    home = sign_in(victim, visitor("7.7.7.7"))
    secret, codes = set_up(home)
    home.post("/accounts/logout/")

    wrong_codes(victim, 12)
    assert not second_step(sign_in(victim, visitor("8.8.8.8")), code_of(secret))

    assert second_step(sign_in(victim, home), code_of(secret))
    home.post("/accounts/logout/")
    assert second_step(sign_in(victim, home), codes[0])


def test_on_a_new_device_a_new_password_wipes_the_strangers_codes(victim):
    secret, _codes = set_up(sign_in(victim, visitor("7.7.7.7")))
    wrong_codes(victim, 12)
    client = visitor("8.8.8.8")
    client.post("/accounts/password/reset/", {"email": victim.email})
    form = client.get(link_in(mail.outbox[-1])).url
    client.post(form, {"password1": "newer battery", "password2": "newer battery"})

    enters(client, password="newer battery")
    assert second_step(client, code_of(secret))


def test_codes_at_her_own_place_cannot_be_guessed_either(victim):
    home = sign_in(victim, visitor("7.7.7.7"))
    secret, _codes = set_up(home)
    home.post("/accounts/logout/")
    sign_in(victim, home)
    for number in range(5):
        home.defaults["HTTP_X_FORWARDED_FOR"] = f"7.7.{number}.7"
        second_step(home, f"{number:06}")

    assert not second_step(home, code_of(secret))
