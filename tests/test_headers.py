"""What every answer carries, what it does not, and that pages outlive what they can do without."""

import json
import logging
import smtplib

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.middleware.locale import LocaleMiddleware
from django.test import Client

from operations.logs import formatter
from tests.factories import PASSWORD
from tests.pages.furnished import LANGUAGES, NAVIGATES, page_types

NOBODY_LISTENS = "redis://127.0.0.1:9/0"


@pytest.fixture
def world(furnished, db):
    return furnished


def anonymous_addresses(world) -> list[str]:
    pages = [each for each in page_types(world) if not (each.role or each.is_form or "/accounts/" in each.path)]
    api = [f"practices/{world.practice.uid}/", "practices/", "changes/", "state/", "", "practices/none/"]
    return [page.url(language) for page in pages for language in LANGUAGES] + [f"/api/v1/{path}" for path in api]


def policy(answer) -> dict[str, set[str]]:
    """Directive → sources of the Content-Security-Policy."""
    directives = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in directives}


# Security headers


def test_public_pages_allow_nothing_inline_and_nobody_elses_server(client, world):
    for page in page_types(world):
        if not page.role:
            allowed = policy(client.get(page.url("en"), headers=NAVIGATES))
            assert allowed["default-src"] == {"'none'"}, page.name
            assert allowed["frame-ancestors"] == {"'none'"} and allowed["base-uri"] == {"'none'"}
            assert set().union(*allowed.values()) == {"'none'", "'self'", "data:"}, page.name


def test_no_cache_keeps_what_only_some_may_read(client, world):
    """Drafts, reviews and accounts; a public page that a signed-in reader sees bears her name and is hers alone."""
    for page in page_types(world):
        if page.role and not page.path.startswith("/accounts/"):
            client.force_login(getattr(world, page.role))
            assert "no-store" in client.get(page.url("en")).get("Cache-Control", ""), page.name
        else:
            client.force_login(world.partner)
            answer = client.get(page.url("en"), headers=NAVIGATES)
            assert "Cookie" in answer.get("Vary", "") or page.path.startswith("/problems/"), page.name


def test_only_below_the_admins_address_may_scripts_and_styles_stand_in_the_page(client, world):
    client.force_login(world.superuser)

    inside = policy(client.get("/cms/"))
    assert "'unsafe-inline'" in inside["script-src"] and "'unsafe-inline'" in inside["style-src"]
    assert inside["frame-ancestors"] == {"'self'"}
    for beside in ("/en/my/", "/cmsx/", "/en/cms/", "/accounts/password/change/"):
        assert "'unsafe-inline'" not in set().union(*policy(client.get(beside)).values()), beside


@pytest.mark.parametrize(
    "path", ["/en/", "/en/none/", "/api/v1/", "/api/v1/none/", "/api/docs/", "/healthz", "/cms/", "/accounts/login/"]
)
def test_every_answer_keeps_browsers_from_guessing_and_telling(path, client, world):
    answer = client.get(path)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (
        "Strict-Transport-Security" not in answer.headers
    )  # embedded mode speaks http; server mode: tests/test_compose.py


def test_a_page_is_not_put_into_anybody_elses_frame(client, world):
    assert client.get("/en/").headers["X-Frame-Options"] == "DENY"


# Cookies, and the short chain of the read doors


def test_who_only_reads_gets_no_cookie(client, world):
    for path in anonymous_addresses(world):
        answer = client.get(path)
        assert not answer.cookies, path
        assert "Set-Cookie" not in answer.headers, path


def test_reads_of_the_api_pass_no_session_language_or_user(client, world, monkeypatch):
    passed = []
    for middleware in (SessionMiddleware, LocaleMiddleware, AuthenticationMiddleware):
        name = middleware.__name__
        monkeypatch.setattr(middleware, "process_request", lambda self, request, name=name: passed.append(name))

    answer = Client().get(f"/api/v1/practices/{world.practice.uid}/", headers={"Accept-Language": "sl"})

    assert answer.status_code == 200
    assert passed == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.headers.get("Vary", "") and "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_session_makes_no_difference_to_the_api(client, world):
    path = f"/api/v1/practices/{world.practice.uid}/"
    before = client.get(path)
    client.force_login(world.superuser)

    assert client.get(path).content == before.content
    assert client.get(f"/api/v1/practices/{world.draft.uid}/").status_code == 404


# Requests and their log


@pytest.mark.parametrize("path", ["/en/", "/en/none/", "/api/v1/", "/healthz"])
def test_an_answer_bears_the_number_under_which_the_log_tells_of_it(path, client, world, caplog):
    for name in ("django_structlog", "exchange.requests"):
        caplog.set_level(logging.INFO, logger=name)

    answer = client.get(path, headers={"X-Request-ID": "chosen-by-the-visitor"})

    numbers = {record.msg["request_id"] for record in caplog.records if isinstance(record.msg, dict)}
    assert numbers == {answer.headers.get("X-Request-ID")}
    assert numbers != {"chosen-by-the-visitor"}


def test_a_line_of_the_servers_log_is_one_json_object_whatever_is_in_it(rf):
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        record = logging.LogRecord(
            "portal", logging.ERROR, __file__, 1, 'š "quoted"\n%s', ("more",), (type(error), error, None)
        )

    line = formatter(as_json=True).format(record)

    told = json.loads(line)
    assert "\n" not in line
    assert (told["event"], told["level"], told["logger"]) == ('š "quoted"\nmore', "error", "portal")
    assert "ValueError: two" in told["exception"]


# What may be down


@pytest.fixture
def without_redis(settings, world):
    down = {"BACKEND": "operations.caches.ForgivingRedisCache", "LOCATION": NOBODY_LISTENS}
    settings.CACHES = dict.fromkeys(settings.CACHES, down)
    yield
    settings.CACHES = dict.fromkeys(settings.CACHES, {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})


def test_pages_and_api_stay_up_without_redis(without_redis, client, world):
    client.raise_request_exception = False

    found = {path: client.get(path).status_code for path in anonymous_addresses(world)}

    assert {path: status for path, status in found.items() if status >= 500} == {}


def test_people_can_sign_in_and_work_without_redis(without_redis, client, world):
    client.raise_request_exception = False

    signed_in = client.post("/accounts/login/", {"login": world.partner.email, "password": PASSWORD})
    assert (signed_in.status_code, signed_in.headers["Location"]) == (302, "/en/my/")
    assert client.get("/en/my/").status_code == 200
    assert client.get(f"/en/my/practices/{world.draft.uid}/").status_code == 200
    assert client.post(f"/en/my/practices/{world.draft.uid}/submit/").status_code == 302

    client.force_login(world.editor)
    assert client.get("/cms/").status_code == 200


def mail_server_is_down(settings):
    settings.EMAIL_BACKEND = "notices.outbox.Outbox"
    settings.MAIL_BACKEND = f"{EmailBackend.__module__}.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_password_is_answered_without_a_mail_server(client, settings, furnished):
    client.raise_request_exception = False
    mail_server_is_down(settings)

    known = client.post("/accounts/password/reset/", {"email": furnished.partner.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, unknown.status_code) == (302, 302)
    assert known.headers["Location"] == unknown.headers["Location"]  # nor does it tell who has an account


@pytest.mark.django_db(transaction=True)
def test_what_people_do_is_done_without_a_mail_server(client, settings, furnished):
    mail_server_is_down(settings)
    with pytest.raises((OSError, smtplib.SMTPException)):
        mail.get_connection(settings.MAIL_BACKEND).open()
    client.raise_request_exception = False
    client.force_login(furnished.partner)

    assert client.post(f"/en/my/practices/{furnished.draft.uid}/submit/").status_code == 302

    client.force_login(furnished.reviewer)
    step = furnished.submitted.current_workflow_task_state
    decided = client.post(
        f"/en/my/reviews/{furnished.submitted.uid}/", {"action": "approve", "revision": step.revision_id}
    )
    assert (decided.status_code, decided.headers["Location"]) == (302, "/en/my/")
    furnished.submitted.refresh_from_db()
    assert furnished.submitted.live
