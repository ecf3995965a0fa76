"""An organisation's own sign-in: there when the settings name it; it joins accounts by a confirmed address alone."""

import html
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import consents, erasure
from accounts.models import User
from mer_portal.oidc import oidc_providers
from tests.accounts.test_audited import told
from tests.factories import PASSWORD, AdminFactory, GoodPracticeFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/organisation/login/"


class OtherSide(BaseHTTPRequestHandler):
    """The least that an OpenID provider says; `server.person` is who has signed in there."""

    def do_GET(self):
        self.tell(self.server.person if self.path == "/userinfo" else self.server.configuration)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.asked.append(parse_qs(self.rfile.read(length).decode()))
        self.tell({"access_token": "token", "token_type": "Bearer"})

    def tell(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def other_side(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), OtherSide)
    url = f"http://127.0.0.1:{server.server_port}"
    server.configuration = {
        "issuer": url,
        "authorization_endpoint": f"{url}/authorize",
        "token_endpoint": f"{url}/token",
        "userinfo_endpoint": f"{url}/userinfo",
        "jwks_uri": f"{url}/keys",
    }
    server.person = {}
    server.asked = []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(
        {"NAME": "SPIRIT Slovenia", "URL": url, "CLIENT_ID": "mer", "SECRET": "secret"}
    )
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_in(client, other_side, **person):
    """Over to the other side and back."""
    other_side.person = {"sub": "42", "given_name": "Živa", "family_name": "Čuk", **person}
    away = client.get(f"{LOGIN}?next=/sl/my/")
    asked = SimpleNamespace(**{name: values[0] for name, values in parse_qs(urlsplit(away.url).query).items()})
    assert (asked.client_id, asked.code_challenge_method) == ("mer", "S256")
    return client.get(f"{LOGIN}callback/", {"code": "code", "state": asked.state})


def agree(client, **typed):
    """The form of who is new."""
    form = client.get("/accounts/oidc/signup/").context["form"]
    return client.post("/accounts/oidc/signup/", {**form.initial, "terms": "on", **typed})


def is_told_clearly(page) -> bool:
    return "socialaccount/authentication_error.html" in [template.name for template in page.templates]


def is_in(client) -> bool:
    return client.get("/sl/my/").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["socialaccount_signup", "socialaccount_login_cancelled", "socialaccount_login_error"],
)
def test_without_the_settings_nothing_of_it_is_there(client, name):
    assert client.get(reverse(name)).status_code == 404
    assert client.get(LOGIN).status_code == client.get(f"{LOGIN}callback/").status_code == 404
    assert "Sign in with" not in client.get("/accounts/login/").content.decode()


def test_with_them_the_door_has_a_button_that_leads_there(client, other_side):
    page = client.get("/accounts/login/?next=/sl/my/").content.decode()

    assert 'href="/accounts/oidc/organisation/login/?next=%2Fsl%2Fmy%2F"' in page
    assert "SPIRIT Slovenia" in page
    assert client.get("/accounts/oidc/other/login/").status_code == 404


def test_somebody_new_gets_an_account(client, other_side):
    assert come_in(client, other_side, email="ziva@example.org", email_verified=True).url == "/accounts/oidc/signup/"
    assert (User.objects.count(), is_in(client)) == (0, False)
    assert agree(client, terms="").status_code == 200
    assert agree(client).url == "/sl/my/"

    user = User.objects.get()
    assert (str(user), user.email, user.language, user.has_usable_password()) == (
        "Živa Čuk",
        "ziva@example.org",
        "sl",
        False,
    )
    assert is_in(client)
    assert consents.has(user, "terms")
    assert told() == [("account.opened", user.email, None), ("sign-in.joined", user.email, None)]
    assert other_side.asked[0]["client_secret"] == ["secret"]


def test_who_has_an_account_with_the_confirmed_address_comes_into_it(client, other_side):
    user = UserFactory(email="ziva@example.org")
    come_in(client, other_side, email="ziva@example.org", email_verified=True)

    assert is_in(client)
    assert SocialAccount.objects.get().user == user
    assert told() == [("sign-in.joined", user.email, None)]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "false"}, {}], ids=repr)
def test_an_address_that_is_not_confirmed_there_opens_nobodys_account(client, other_side, said):
    UserFactory(email="ziva@example.org")
    come_in(client, other_side, email="ziva@example.org", **said)
    agree(client)

    assert not is_in(client)
    assert SocialAccount.objects.count() == 0
    assert User.objects.count() == 1


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "false"}], ids=repr)
def test_who_is_new_confirms_it_here(client, other_side, said):
    come_in(client, other_side, email="ziva@example.org", **said)
    agree(client)

    assert not is_in(client)
    assert [letter.to for letter in mail.outbox] == [["ziva@example.org"]]


def test_a_name_from_there_stays_on_one_line(client, other_side):
    name = "Eve\nBcc: all@example.org\u202e" + "n" * 300
    come_in(client, other_side, email="eve@example.org", email_verified=True, given_name=name)
    agree(client)

    assert User.objects.get().first_name.startswith("Eve Bcc: all@example.org")
    assert len(User.objects.get().first_name) <= 150


def test_where_sign_up_is_closed_nobody_new_comes_in(client, other_side, settings):
    settings.SIGN_UP = "closed"
    come_in(client, other_side, email="ziva@example.org", email_verified=True)

    assert User.objects.count() == 0


def test_an_answer_that_nobody_asked_for_is_refused(client, other_side):
    page = client.get(f"{LOGIN}callback/", {"code": "code", "state": "foreign"})

    assert "Signing in did not succeed" in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "said",
    [
        {"sub": ""},
        {"sub": " "},
        {"sub": "4" * 500},
        {"sub": None},
        {"sub": 42},
        {"sub": ["42"]},
        {"sub": "4\u00002"},
        {"sub": "\ud800"},
    ],
    ids=ascii,
)
def test_who_has_no_name_there_by_which_we_know_her_again_does_not_come_in(client, other_side, said):
    assert is_told_clearly(come_in(client, other_side, email="ziva@example.org", email_verified=True, **said))
    assert (User.objects.count(), is_in(client)) == (0, False)


@pytest.mark.parametrize("person", [{}, [], "nobody", None, {"email": "ziva@example.org"}], ids=repr)
def test_an_answer_that_is_none_is_answered_clearly(client, other_side, person, monkeypatch):
    monkeypatch.setattr(
        OtherSide, "tell", lambda self, what, tell=OtherSide.tell: tell(self, person if "sub" in what else what)
    )

    assert is_told_clearly(come_in(client, other_side))


def test_a_side_that_does_not_say_where_to_ask_is_answered_clearly(client, other_side):
    del other_side.configuration["userinfo_endpoint"]
    assert is_told_clearly(come_in(client, other_side))

    del other_side.configuration["token_endpoint"]
    assert is_told_clearly(client.get(LOGIN))


def test_what_is_no_text_is_left_out(client, other_side):
    odd = {"given_name": {"a": 1}, "family_name": ["Čuk"], "name": 7, "email": None, "email_verified": "true"}
    come_in(client, other_side, **odd, picture="kept by nobody")
    assert agree(client, first_name="Živa", email="ziva@example.org").status_code == 302

    assert str(User.objects.get()) == "Živa"
    assert SocialAccount.objects.get().extra_data == {}


def test_an_address_that_is_confirmed_there_is_not_exchanged_for_another(client, other_side):
    come_in(client, other_side, email="evil@example.org", email_verified=True)
    agree(client, first_name="Zlatko", email="ziva@example.org")

    assert list(EmailAddress.objects.values_list("email", "verified")) == [("evil@example.org", True)]


def test_who_shows_that_an_address_is_hers_finds_nothing_of_who_only_typed_it(client, other_side):
    claimed = User.objects.create_user("ziva@example.org", first_name="Zlatko")
    claimed.emailaddress_set.update_or_create(email=claimed.email, defaults={"verified": False, "primary": True})
    other = UserFactory(email="evil@example.org")
    EmailAddress.objects.create(user=other, email="also-ziva@example.org")

    come_in(client, other_side, email="ziva@example.org", email_verified=True)
    agree(client, first_name="Živa")
    come_in(Client(), other_side, sub="43", email="also-ziva@example.org", email_verified=True)

    assert sorted(str(user) for user in User.objects.all()) == sorted([str(other), "Živa Čuk"])
    assert not EmailAddress.objects.filter(email="also-ziva@example.org").exists()


# Who has no password


def come_in_long_ago(client, other_side):
    come_in(client, other_side, email="ziva@example.org", email_verified=True)
    agree(client)
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 301
    session.save()


@pytest.mark.parametrize(
    ("path", "back", "typed"),
    [("/en/my/data/download/", "/en/my/data/", {}), ("/en/my/data/erase/", "/en/my/data/erase/", {"sure": "on"})],
)
def test_before_her_data_leave_or_go_she_signs_in_there_again(client, other_side, path, back, typed):
    come_in_long_ago(client, other_side)
    if typed:
        AdminFactory()
    page = client.post(path, typed)
    assert page.status_code == 403
    assert "First we make sure that it is you" in page.content.decode()
    way = html.unescape(re.search(r'href="(/accounts/oidc/[^"]*)"', page.content.decode())[1])
    away = client.get(way)
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["prompt"] == ["login"]
    assert client.get(f"{LOGIN}callback/", {"code": "code", "state": asked["state"][0]}).url == back

    answer = client.post(path, typed)
    assert answer.status_code == (302 if typed else 200)
    answer.getvalue()  # to its end, which closes it
    assert User.objects.filter(email="ziva@example.org").exists() is not bool(typed)


def test_who_has_just_come_in_is_not_asked_again(client, other_side):
    come_in(client, other_side, email="ziva@example.org", email_verified=True)
    agree(client)

    answer = client.post("/en/my/data/download/")
    assert answer["Content-Type"] == "application/zip"
    answer.getvalue()


def test_accounts_are_not_joined_by_hand(client, other_side):
    client.force_login(UserFactory())

    assert client.get(f"{LOGIN}?process=connect").status_code == 404


def test_of_what_the_other_side_tells_her_number_is_kept_and_her_erasure_finds_its_addresses(client, other_side):
    come_in(client, other_side, email="ziva@example.org", email_verified=True, phone_number="041 000 000")
    agree(client, first_name="Živa")
    come_in(Client(), other_side, email="kanarek@example.org", email_verified=True)
    come_in(Client(), other_side, email="boss@example.org", email_verified="true")  # said, not confirmed

    account, user = SocialAccount.objects.get(), User.objects.get()
    assert (account.uid, account.extra_data) == ("42", {})
    assert erasure.addresses_of(user) == {"ziva@example.org", "kanarek@example.org"}
    practice = GoodPracticeFactory(title={"en": "Ask Kanarek@example.org, boss@example.org"})

    erasure.erase(user=user, by=user)

    assert str(type(practice).objects.get().title) == "Ask […], boss@example.org"
