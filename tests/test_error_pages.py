"""Pages for what goes wrong, in both languages; and input that nobody sends by accident."""

import re

import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.urls import clear_url_caches, path, set_urlconf

from mer_portal import urls as portal_urls
from tests.pages.furnished import furnish


@pytest.fixture
def visitor(db):
    return Client(raise_request_exception=False)


def heading(answer) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1]


def language(answer) -> str:
    return re.search(r'<html lang="(\w+)"', answer.content.decode())[1]


# Pages


@pytest.mark.parametrize("code", ["en", "sl"])
def test_a_page_that_is_not_there_is_so_in_the_readers_language(code, visitor):
    answer = visitor.get(f"/{code}/nowhere/")

    assert (answer.status_code, language(answer)) == (404, code)
    assert heading(visitor.get("/sl/nowhere/")) != heading(visitor.get("/en/nowhere/"))
    assert f'href="/{code}/practices/"' in answer.content.decode()


@pytest.mark.parametrize("code", ["en", "sl"])
def test_a_record_that_was_withdrawn_is_gone_in_the_readers_language(code, visitor):
    world = furnish()

    answer = visitor.get(f"/{code}/practices/{world.withdrawn.slug}/")

    assert (answer.status_code, language(answer)) == (410, code)
    assert str(world.withdrawn) not in answer.content.decode()


@pytest.mark.parametrize("code", ["en", "sl"])
def test_a_form_without_its_token_is_refused_with_a_page(code, db):
    careful = Client(enforce_csrf_checks=True)

    answer = careful.post(f"/{code}/practices/new/", {"title_0": "Mine"})

    assert (answer.status_code, language(answer)) == (403, code)
    assert (heading(answer) == "The form could not be accepted") == (code == "en")


@pytest.mark.parametrize("code", ["en", "sl"])
def test_what_cannot_be_read_is_told_in_both_languages(code, visitor):
    answer = visitor.get(f"/{code}/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    text = answer.content.decode()
    assert "The request could not be read" in text and "Zahteve ni bilo mogoče prebrati" in text


@pytest.fixture
def broken(settings):
    """An address whose view fails, beside all others."""

    def fail(request):
        raise RuntimeError("inside")

    portal_urls.urlpatterns.insert(0, path("broken/", fail))
    clear_url_caches()
    set_urlconf(None)
    yield "/broken/"
    portal_urls.urlpatterns.pop(0)
    clear_url_caches()


def test_a_mistake_of_ours_is_owned_in_both_languages_and_tells_nothing_of_the_inside(visitor, broken):
    answer = visitor.get(broken)

    text = answer.content.decode()
    assert answer.status_code == 500
    assert (
        "Something went wrong here" in text and '<section lang="sl">' in text and "Pri nas je šlo nekaj narobe" in text
    )
    assert "inside" not in text and "Traceback" not in text


def test_without_a_database_there_is_a_page_a_problem_and_a_sign_for_the_watchers(visitor, monkeypatch):
    def refuse(*arguments, **options):
        raise OperationalError("the database is gone")

    with monkeypatch.context() as without:
        without.setattr(connections["default"], "cursor", refuse)
        page = visitor.get("/en/practices/")
        signed_in = visitor.get("/en/", headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"})
        problem = visitor.get("/api/v1/practices/")
        health, readiness = visitor.get("/healthz"), visitor.get("/readyz")

    for answer in (page, signed_in):
        assert answer.status_code in (500, 503)
        assert "Something went wrong here" in answer.content.decode()
    assert problem.status_code in (500, 503)
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert (health.status_code, readiness.status_code) == (200, 503)


# Input


HOSTILE = [
    "%",
    "%zz",
    "%ff%fe",
    "%00",
    "a%00b",
    "%ed%a0%80",  # a lone surrogate
    "%c0%ae%c0%ae/",
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aSet-Cookie:%20a=b",
    "%e2%80%ae",
    "a" * 5000,
    "<script>alert(1)</script>",
    "%F0%9F%98%80",
    "'%22%3B--",
    "{{7*7}}",
    "９９９９",
    "99999999999999999999999",
]
PLACES = [
    "/{}",
    "/{}/",
    "/en/{}",
    "/sl/{}/",
    "/en/practices/{}/",
    "/en/practices/a/v/{}/",
    "/en/my/practices/{}/",
    "/en/practices/?q={}",
    "/en/practices/?cursor={}",
    "/en/practices/?country={}&topic={}&project={}&organisation={}",
    "/en/practices/?year={}&modified_since={}&ordering={}&nuts={}",
    "/en/practices/?{}",
    "/en/practices/?{}=1&page={}",
    "/en/search/?q={}&q={}",
    "/id/{}/",
    "/photos/{}.jpg",
    "/api/{}",
    "/api/v1/{}/",
    "/api/v1/practices/{}/",
    "/api/v1/practices/{}/versions/{}/",
    "/api/v1/practices/?q={}&country={}",
    "/api/v1/practices/?cursor={}&page_size={}",
    "/api/v1/changes/?since={}",
    "/problems/{}",
    "/accounts/{}/",
    "/accounts/login/?next={}",
    "/accounts/password/reset/key/{}/",
    "/language/?next={}",
    "/static/{}",
    "/media/{}",
    "/documents/1/{}",
    "/cms/{}/",
    "/{}/practices/",
]


@pytest.mark.parametrize("place", PLACES)
def test_hostile_input_is_refused_and_never_a_mistake_of_ours(place, visitor):
    for text in HOSTILE:
        address, _mark, query = place.replace("{}", text).partition("?")
        answer = as_sent(visitor, address, query)
        assert answer.status_code < 500, (address, query)
        assert "Set-Cookie" not in str(answer.headers.get("Location", "")).partition("\n")[2]
        if address.startswith("/api/") and answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json", (address, query)


def as_sent(visitor, address: str, query: str):
    """The request as gunicorn hands it on: octets of the path, unquoted, as latin-1; the query as it came."""
    octets = re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), address.encode())
    return visitor.generic(
        "GET", "/", PATH_INFO=octets.decode("latin-1"), QUERY_STRING=query.encode().decode("latin-1")
    )


@pytest.mark.parametrize(
    "cookie", ["sessionid=%00", "sessionid=" + "a" * 4000, "csrftoken=\x7f; messages=[[", "=;=;;", "django_language=xx"]
)
def test_a_hostile_cookie_is_a_visitor_like_any_other(cookie, visitor):
    assert visitor.get("/en/", headers={"Cookie": cookie}).status_code == 200
    assert visitor.get("/en/my/", headers={"Cookie": cookie}).status_code == 302


@pytest.mark.parametrize("accept_language", ["*", "x" * 10_000, "sl;q=abc", "\x00", "sl-SI;q=1,,,", "zz"])
def test_a_strange_wish_for_a_language_leads_somewhere(accept_language, visitor):
    answer = visitor.get("/", headers={"Accept-Language": accept_language})

    assert (answer.status_code, answer.headers["Location"]) in [(302, "/en/"), (302, "/sl/")]


@pytest.mark.parametrize("prefix", ["xx", "EN", "en-gb", "en_GB", "sl-SI", "eng", "pt"])
def test_a_language_that_is_none_of_ours_is_not_found(prefix, visitor):
    assert visitor.get(f"/{prefix}/practices/").status_code == 404


@pytest.mark.parametrize("prefix", ["it", "de", "fr"])
def test_a_language_that_we_do_not_speak_yet_answers_in_english(prefix, visitor):
    answer = visitor.get(f"/{prefix}/practices/")

    assert (answer.status_code, language(answer)) == (200, "en")


# Methods


@pytest.mark.parametrize("address", ["/en/", "/en/practices/", "/en/search/?q=a", "/healthz", "/api/v1/practices/"])
def test_pages_to_read_can_be_asked_for_their_head_and_take_nothing(address, visitor):
    whole, head = visitor.get(address), visitor.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(visitor, method)(address)
        assert refused.status_code == 405
        assert "GET" in refused.headers["Allow"]
    assert visitor.options(address).status_code in (200, 204, 405)


@pytest.mark.parametrize("address", ["/", "/en/", "/en/practices/", "/en/search/", "/healthz", "/readyz", "/en/my/"])
def test_pages_to_read_name_their_methods_to_strangers_too(address, db):
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(Client(enforce_csrf_checks=True), method)(address)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_a_text_longer_than_any_field_takes_is_refused_beside_it_and_kept(visitor):
    visitor.force_login(furnish().partner)

    answer = visitor.post("/en/practices/new/", {"title_en": "Kept", "how_it_works_en": "x" * (3 * 1024 * 1024)})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Kept"' in page and "x" * (3 * 1024 * 1024) in page


def test_a_body_larger_than_any_form_is_refused(visitor):
    visitor.force_login(furnish().partner)

    answer = visitor.post("/en/practices/new/", {"how_it_works_en": "x" * (11 * 1024 * 1024)})

    assert answer.status_code in (400, 413)
