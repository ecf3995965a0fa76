"""What a person sets for herself: her name, her language, her letters; and where she is signed in."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.sessions import forget_ended
from accounts.templatetags.user_agent import browser
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/sl/my/preferences/").url == "/accounts/login/?next=/sl/my/preferences/"


def test_she_changes_them_and_reads_on_in_her_language(client):
    user = UserFactory(language="en")
    client.force_login(user)
    answer = client.post(
        "/en/my/preferences/", {"first_name": "Maja", "last_name": "Hribar", "language": "sl", "mail": User.Mail.DIGEST}
    )

    assert answer.url == "/sl/my/preferences/"
    user.refresh_from_db()
    assert (str(user), user.language, user.mail) == ("Maja Hribar", "sl", "digest")


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"first_name": "a\nb"}, "first_name"), ({"language": "xx"}, "language"), ({"mail": "hourly"}, "mail")],
)
def test_what_cannot_be_is_refused(client, typed, field):
    client.force_login(UserFactory())
    page = client.post("/en/my/preferences/", {"first_name": "", "language": "en", "mail": "all"} | typed)

    assert list(page.context["form"].errors) == [field]


def test_nobody_changes_what_is_not_hers_to_change(client):
    user = UserFactory()
    client.force_login(user)
    client.post(
        "/en/my/preferences/", {"language": "en", "mail": "all", "email": "x@example.org", "is_superuser": "on"}
    )

    fresh = User.objects.get()
    assert (fresh.email, fresh.is_superuser, fresh.mail) == (user.email, False, "all")


# Sessions


def signed_in(user, user_agent=FIREFOX) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_she_sees_her_own_browsers_and_signs_out_the_others():
    user = UserFactory()
    here, there, foreign = signed_in(user), signed_in(user, "curl/8"), signed_in(UserFactory())

    page = here.get("/accounts/sessions/").content.decode()
    assert (page.count("Firefox, Linux"), page.count("An unknown browser")) == (1, 1)
    assert "127.0.0.1" not in page.partition("<main")[2].partition("</main")[0]

    here.post("/accounts/sessions/")
    assert [each.get("/en/my/").status_code for each in (here, there, foreign)] == [200, 302, 200]


def test_of_ended_sessions_nothing_is_kept():
    user = UserFactory()
    here, gone, old = signed_in(user), signed_in(user), signed_in(user)
    gone.post("/accounts/logout/")
    Session.objects.filter(pk=old.session.session_key).update(expire_date=timezone.now())

    forget_ended()

    assert [row.session_key for row in UserSession.objects.all()] == [here.session.session_key]
    assert here.get("/en/my/").status_code == 200


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1 Safari/1 Edg/1",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18 Safari/1", "Safari, iPhone"),
        ("", "An unknown browser"),
    ],
)
def test_browsers_are_called_by_their_names(told, name):
    assert browser(told) == name
