"""What every answer carries."""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, StreamingHttpResponse

from operations.middleware import head_without_body

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def policy(response):
    header = response["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/no-such-page"])
def test_public_answers_allow_nothing_inline_and_nothing_from_elsewhere(client, address):
    found = policy(client.get(address))

    assert found == settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {source for sources in found.values() for source in sources} == {"'self'", "'none'", "data:"}


def test_the_admin_has_a_policy_of_its_own(client):
    found = policy(client.get("/cms/"))

    assert found == settings.ADMIN_CONTENT_SECURITY_POLICY
    assert "'unsafe-inline'" in found["script-src"]


def test_a_policy_holds_for_its_own_addresses_only(client):
    before = policy(client.get("/healthz"))
    client.get("/cms/")

    assert policy(client.get("/healthz")) == before == policy(client.get("/cmsx/"))


def as_the_server_gets_it(request) -> tuple[str, dict[str, str], bytes]:
    """Past the test client, which takes bodies away by itself."""
    told = []
    body = WSGIHandler()(request.environ, lambda status, headers: told.extend([status, dict(headers)]))
    try:
        return told[0], told[1], b"".join(body)
    finally:
        body.close()


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/",
        "/en/events/",
        "/feeds/events.ics",
        "/api/v1/events/",
        "/api/v1/x/",
        "/healthz",
        "/x",
        "/robots.txt",
    ],
)
def test_a_head_has_no_body_and_says_how_long_it_would_be(rf, address):
    status, headers, body = as_the_server_gets_it(rf.head(address))
    whole = as_the_server_gets_it(rf.get(address))

    assert (status, body) == (whole[0], b"")
    assert headers["Content-Length"] == str(len(whole[2])) != "0"


@pytest.mark.parametrize("status", [204, 304])
def test_where_the_whole_has_no_body_no_length_is_told(rf, status):
    answer = head_without_body(lambda request: HttpResponse(status=status))(rf.head("/"))

    assert "Content-Length" not in answer


def test_what_is_kept_of_a_page_whose_head_was_asked_for_first_is_the_whole(rf):
    as_the_server_gets_it(rf.head("/en/events/"))

    assert b"</html>" in as_the_server_gets_it(rf.get("/en/events/"))[2]


def test_a_stream_is_not_read_for_its_head(rf):
    response = head_without_body(lambda request: StreamingHttpResponse(iter([b"told"])))(rf.head("/x"))

    assert list(response) == []
