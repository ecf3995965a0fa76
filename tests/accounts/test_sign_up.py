"""A stranger opens an account: her address is confirmed by a link, and nobody learns who has one already."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.mail import link_in
from tests.factories import PASSWORD, AdminFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = {
    "first_name": "Živa",
    "last_name": "Čuk",
    "email": "Ziva@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "terms": "on",
}


def sign_up(client, **typed):
    return client.post("/accounts/signup/", NEW | typed)


def told(answer) -> str:
    """The page without what is random in it."""
    return re.sub(r'value="[\w-]{64}"', "", answer.content.decode())


def test_she_confirms_her_address_and_is_in(client):
    client.get("/accounts/signup/?next=/sl/")
    answer = sign_up(client, next="/sl/")
    assert answer.url == "/accounts/confirm-email/"
    user = User.objects.get()
    assert (user.email, str(user), user.language) == ("ziva@example.org", "Živa Čuk", "sl")

    assert client.get("/sl/my/").status_code == 302  # not yet
    [letter] = mail.outbox
    assert letter.to == ["ziva@example.org"]
    page = client.get(link_in(letter))
    assert page.status_code == 200
    assert not EmailAddress.objects.get().verified  # whoever looks has confirmed nothing
    assert client.post(link_in(letter)).url == "/sl/"

    assert client.get("/sl/my/").status_code == 200


def test_without_a_page_that_was_left_she_comes_to_my_work(client):
    sign_up(client)

    assert client.post(link_in(mail.outbox[0])).url == "/en/my/"


def test_in_another_browser_the_link_confirms_and_she_signs_in_herself(client):
    sign_up(client)
    elsewhere = Client()

    assert elsewhere.post(link_in(mail.outbox[0])).url == "/en/my/"
    assert elsewhere.get("/en/my/").status_code == 302
    assert elsewhere.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD}).url == "/en/my/"


def test_the_link_is_good_once(client):
    sign_up(client)
    link = link_in(mail.outbox[0])
    client.post(link)

    assert Client().post(link).status_code == 404
    assert "This link no longer works" in Client().get(link).content.decode()


def test_the_link_is_good_for_three_days(client, monkeypatch):
    sign_up(client)
    link = link_in(mail.outbox[0])
    later = (timezone.now() + datetime.timedelta(days=3, minutes=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert client.post(link).status_code == 404
    assert not EmailAddress.objects.get().verified


def test_an_edited_link_confirms_nothing(client):
    sign_up(client)
    path, _, query = link_in(mail.outbox[0]).partition("?")

    for edited in (path[:-3] + "x/", path.replace("confirm-email/", "confirm-email/Mg"), "/accounts/confirm-email/1/"):
        assert client.post(edited).status_code == 404
    assert not EmailAddress.objects.get().verified


# Nobody learns who is there


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_known_address_gets_the_same_answer_and_another_letter(client, confirmed):
    known = UserFactory(email="known@example.org", language="sl")
    known.emailaddress_set.update(verified=confirmed)

    stranger, of_known = Client(), Client()
    new = sign_up(stranger)
    old = sign_up(of_known, email="known@example.org")

    assert (old.status_code, old.url) == (new.status_code, new.url)
    assert told(of_known.get(old.url)) == told(stranger.get(new.url))
    assert User.objects.count() == 2
    assert "/accounts/password/reset/?next=/sl/my/" in mail.outbox[1].body
    assert "/confirm-email/" in mail.outbox[0].body


def test_a_wrong_password_and_an_unknown_address_are_refused_alike():
    UserFactory(email="known@example.org")

    pages = [
        Client().post("/accounts/login/", {"login": login, "password": "wrong"})
        for login in ("known@example.org", "nobody@example.org")
    ]
    assert {page.status_code for page in pages} == {200}
    assert told(pages[0]).replace("known@", "nobody@") == told(pages[1])


def test_a_forgotten_password_is_answered_alike():
    UserFactory(email="known@example.org")

    pages = [
        Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("known@example.org", "nobody@example.org")
    ]
    assert told(pages[0]) == told(pages[1])
    assert [letter.to for letter in mail.outbox] == [["known@example.org"], ["nobody@example.org"]]
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "/password/reset/key/" not in mail.outbox[1].body


def test_two_sign_ups_with_one_address_at_once_make_one_account(client, monkeypatch):
    UserFactory(email="ziva@example.org")
    monkeypatch.setattr("accounts.forms.Names.validate_unique_email", lambda form, email: email, raising=False)
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.validate_unique_email", lambda form, email: email)

    assert sign_up(client).url == "/accounts/confirm-email/"
    assert User.objects.count() == 1


# What is typed


@pytest.mark.parametrize(
    "name", ["n" * 300, "Eve\nBcc: all@example.org", "Eve\u2028x", "Eve\x00", "\u202eevE", ""], ids=repr
)
def test_names_that_cannot_be_are_refused_in_words(client, name):
    page = sign_up(client, first_name=name)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["first_name"]
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["李", "محمد", "🦊 Živa", "O’Brien-Žnidaršič", "n" * 150])
def test_names_of_all_scripts_are_welcome(client, name):
    sign_up(client, first_name=name)

    assert User.objects.get().first_name == name


def test_an_address_that_is_too_long_is_refused(client):
    page = sign_up(client, email=f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org")

    assert list(page.context["form"].errors) == ["email"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client, elsewhere):
    sign_up(client, next=elsewhere)
    path = link_in(mail.outbox[0]).partition("?")[0]

    assert client.post(f"{path}?next={elsewhere}").url == "/en/my/"


def test_where_sign_up_is_closed_nobody_signs_up(client, settings):
    settings.SIGN_UP = "closed"

    page = sign_up(client)

    assert (page.status_code, User.objects.count()) == (200, 0)
    assert "Accounts by invitation" in page.content.decode()
    assert "/accounts/signup/" not in client.get("/accounts/login/").content.decode()


# Letters


def test_letters_lead_to_the_portal_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://portal.example"
    client.post("/accounts/signup/", NEW, headers={"Host": "evil.example"})

    [letter] = mail.outbox
    assert "https://portal.example/accounts/confirm-email/" in letter.body
    assert "evil.example" not in letter.body


def test_a_letter_is_in_its_readers_language_as_text_and_as_html(client):
    user = UserFactory(email="known@example.org", language="sl")
    client.post("/accounts/password/reset/", {"email": user.email})

    [letter] = mail.outbox
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    assert '<html lang="sl">' in html
    assert f'<a href="http://127.0.0.1:8000{link_in(letter)}">'.replace("&", "&amp;") in html
    assert "\n" not in letter.subject


def test_a_new_password_is_told_by_letter(client):
    client.force_login(UserFactory())
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "newer battery", "password2": "newer battery"},
    )

    assert [letter.subject for letter in mail.outbox] == ["Your password has changed"]


# Those who were there before


def test_whom_staff_gives_an_account_need_not_confirm_it(client):
    client.force_login(AdminFactory())
    typed = {"email": "nova@example.org", "language": "sl", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/cms/users/new/", typed)
    assert Client().post("/accounts/login/", {"login": "nova@example.org", "password": PASSWORD}).url.endswith("/my/")

    nova = User.objects.get(email="nova@example.org")
    changed = {"email": "novejsa@example.org", "language": "sl", "is_active": "on", "password1": "", "password2": ""}
    client.post(f"/cms/users/edit/{nova.pk}/", changed | {"is_confirmed": "on"})
    assert list(nova.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("novejsa@example.org", True, True)
    ]
    cache.clear()
    assert Client().post("/accounts/login/", {"login": "nova@example.org", "password": PASSWORD}).status_code == 200
    assert Client().post("/accounts/login/", {"login": "novejsa@example.org", "password": PASSWORD}).status_code == 302


def test_the_form_says_its_labels_once_and_counts_no_names(client):
    page = client.get("/accounts/signup/").content.decode()

    assert "placeholder=" not in page.partition("<form")[2].partition("</main>")[0]
    assert "150" not in page


def test_letters_about_accounts_come_in_the_frame_of_all_letters(client):
    sign_up(client)

    [(html, kind)] = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert "<style>" in html and '<p class="brand"><a href="http://127.0.0.1:8000/en/">MER</a></p>' in html
    assert f'<a href="http://127.0.0.1:8000{link_in(mail.outbox[0])}">' in html
