"""A second factor: set up, asked for, lost and removed; and wanted of those who have the keys to the editors' desk."""

import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts import second_factor
from accounts.models import User
from tests.factories import PASSWORD, AdminFactory, UserFactory

pytestmark = pytest.mark.django_db
SET_UP, REMOVE, CODES = (
    "/accounts/second-factor/app/",
    "/accounts/second-factor/app/remove/",
    "/accounts/second-factor/codes/",
)


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later: each code is good once."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + later))


def sign_in(user, client=None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def set_up(client) -> tuple[str, list[str]]:
    """The key, and the recovery codes that are shown once."""
    client.post(f"/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    secret = re.search(r'class="secret">(\w+)<', client.get(SET_UP).content.decode())[1]
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer.url == CODES
    codes = re.findall(r"<li><code>(\d+)</code>", client.get(CODES).content.decode())
    cache.clear()  # a code is good once in its half minute
    return secret, codes


@pytest.fixture
def user():
    return UserFactory()


def is_in(client) -> bool:
    return client.get("/en/my/").status_code == 200


def test_it_is_set_up_and_asked_for(user):
    secret, _codes = set_up(sign_in(user))
    client = sign_in(user)
    assert not is_in(client)

    assert client.post("/accounts/second-factor/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post("/accounts/second-factor/authenticate/", {"code": code_of(secret)}).url.endswith("/my/")
    assert is_in(client)


def test_it_is_told_by_letter(user, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_up(sign_in(user))

    assert [letter.subject for letter in mail.outbox] == ["Your account has a second factor"]


def test_setting_up_takes_the_password_again(user):
    assert unquote(sign_in(user).get(SET_UP).url) == f"/accounts/reauthenticate/?next={SET_UP}"


def test_recovery_codes_are_shown_once_and_good_once(user):
    client = sign_in(user)
    _secret, codes = set_up(client)
    assert len(codes) == 10
    assert "<li><code>" not in client.get(CODES).content.decode()

    for good in (True, False):
        lost = sign_in(user)
        lost.post("/accounts/second-factor/authenticate/", {"code": codes[0]})
        assert is_in(lost) == good


def test_it_is_removed_only_after_the_password(user):
    set_up(sign_in(user))
    client = Client()
    client.force_login(user)
    assert client.post(REMOVE).url.startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.count() == 2

    client.post(f"/accounts/reauthenticate/?next={REMOVE}", {"password": PASSWORD})
    client.post(REMOVE)
    assert Authenticator.objects.count() == 0
    assert is_in(sign_in(user))


def test_its_pages_carry_no_inline_style_and_the_key_as_text(user):
    client = sign_in(user)
    client.post(f"/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    page = client.get(SET_UP).content.decode()

    assert 'src="data:image/svg+xml;base64,' in page
    assert "style=" not in page
    assert re.search(r'<code class="secret">[A-Z2-7]{32}</code>', page)


def test_a_code_is_good_once_whatever_the_cache_forgets(user):
    secret, _codes = set_up(sign_in(user))
    for good in (True, False):
        client = sign_in(user)
        client.post("/accounts/second-factor/authenticate/", {"code": code_of(secret)})
        assert is_in(client) is good
        cache.clear()


def test_a_code_from_before_the_last_one_is_good_no_more(user):
    secret, _codes = set_up(sign_in(user))
    for later, good in ((1, True), (0, False)):
        client = sign_in(user)
        client.post("/accounts/second-factor/authenticate/", {"code": code_of(secret, later)})
        assert is_in(client) is good


@pytest.mark.django_db(transaction=True)
def test_of_two_who_bring_the_same_code_at_once_one_comes_in(user, together):
    secret, _codes = set_up(sign_in(user))
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    code = code_of(secret)

    assert sorted(together(*[lambda: second_factor.takes(factor, code)] * 3)) == [False, False, True]


def test_while_it_is_set_up_its_secret_is_sealed(user):
    client = sign_in(user)
    client.post(f"/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    secret = re.search(r'class="secret">(\w+)<', client.get(SET_UP).content.decode())[1]
    assert secret not in str(dict(client.session)) and "mfa.totp.secret" in client.session

    page = client.post(SET_UP, {"code": "no code"}).content.decode()
    assert f'class="secret">{secret}<' in page
    assert client.post(SET_UP, {"code": code_of(secret)}).url == CODES
    assert "mfa.totp.secret" not in client.session


# Of staff


@pytest.fixture
def required(settings):
    settings.REQUIRE_MFA = True


@pytest.mark.parametrize("person", [lambda: AdminFactory(language="sl"), lambda: UserFactory(role=User.Role.EDITOR)])
def test_staff_without_one_is_led_to_set_it_up(person, required):
    client = sign_in(person())

    assert client.get("/cms/").url == "/accounts/second-factor/?next=/cms/"
    assert client.post("/cms/users/new/", {}).url == "/accounts/second-factor/?next=/cms/users/new/"
    assert "/accounts/second-factor/app/" in client.get("/accounts/second-factor/?next=/cms/").content.decode()


def test_staff_with_one_comes_in(required):
    client = sign_in(AdminFactory())
    set_up(client)

    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("path", ["/cms/reports/", "/sl/my/organisations/"])
def test_when_it_is_set_up_she_goes_on_to_where_she_was_going(path, required):
    client = sign_in(AdminFactory())
    client.get(f"/accounts/second-factor/?next={path}")
    client.post(f"/accounts/reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    secret = re.search(r'class="secret">(\w+)<', client.get(SET_UP).content.decode())[1]

    codes = client.get(client.post(SET_UP, {"code": code_of(secret)}).url).content.decode()

    assert f'<a class="btn" href="{path}">' in codes


@pytest.mark.parametrize("path", ["https://evil.example/", "//[", "javascript:alert(1)"])
def test_and_nowhere_else(path, required):
    client = sign_in(AdminFactory())
    client.get("/accounts/second-factor/", {"next": path})

    assert "back_from_second_factor" not in client.session


def test_of_others_none_is_asked(required, client, user):
    assert client.get("/cms/").url == "/cms/login/?next=/cms/"
    assert is_in(sign_in(user))
    assert sign_in(user).get("/cms/", follow=True).status_code == 403


def test_where_it_is_not_required_staff_comes_in_without(settings):
    settings.REQUIRE_MFA = False

    assert sign_in(AdminFactory()).get("/cms/").status_code == 200
