"""Whatever is asked, the answer says what is wrong with it, and is never a 500 of its own making."""

import logging
import re
import runpy
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings as portal
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.cursors import Cursor
from catalogue.filters import LONGEST_QUERY
from exchange.doors import MOST_PARAMETERS
from exchange.lists import OWN_PARAMETERS, RecordList
from exchange.parameters import FILTERS
from exchange.problems import PROBLEM_TYPES
from tests.factories import GoodPracticeFactory, publish, withdraw

pytestmark = pytest.mark.django_db

DOORS = ["", "practices/", "projects/", "programmes/", "partners/", "changes/", "state/", "schema/"]


def test_the_contracts_example(problem):
    told = problem("practices/?country=XX1", 400)

    del told["name"]
    assert told == {
        "type": "https://portal.example/problems/invalid-parameter",
        "title": "Invalid parameter",
        "status": 400,
        "detail": "country: 'XX1' is not an ISO 3166-1 code.",
        "instance": "/api/v1/practices/",
        "errors": [{"parameter": "country", "code": "invalid", "message": "'XX1' is not an ISO 3166-1 code."}],
    }


@pytest.mark.parametrize("door", DOORS)
def test_no_door_ignores_a_parameter(problem, door):
    errors = problem(f"{door}?foo=1", 400)["errors"]

    assert [(error["parameter"], error["code"]) for error in errors] == [("foo", "unknown")]


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("page_size=0", "page_size", "invalid"),
        ("page_size=101", "page_size", "invalid"),
        ("page_size=-1", "page_size", "invalid"),
        ("page_size=", "page_size", "invalid"),
        ("page_size=ten", "page_size", "invalid"),
        ("page_size=%EF%BC%91", "page_size", "invalid"),
        ("page_size=1.0", "page_size", "invalid"),
        (f"page_size={'9' * 5000}", "page_size", "invalid"),
        ("page_size=1&page_size=2", "page_size", "repeated"),
        ("view=all", "view", "invalid"),
        ("count=true", "count", "invalid"),
        ("facets=1", "facets", "invalid"),
        ("ordering=modified", "ordering", "invalid"),
        ("ordering=", "ordering", "invalid"),
        ("ordering=id", "ordering", "invalid"),
        ("ordering=relevance", "ordering", "invalid"),
        (f"q={'x' * 201}", "q", "max_length"),
        ("q=a%00b", "q", "null_characters_not_allowed"),
        ("q=a&q=b", "q", "repeated"),
        ("country=si", "country", "invalid"),
        ("country=%00", "country", "invalid"),
        ("country=%ED%A0%80", "country", "invalid"),
        ("nuts=si032", "nuts", "invalid"),
        ("topic=space", "topic", "invalid"),
        ("project=1", "project", "invalid"),
        ("organisation=%00", "organisation", "invalid"),
        ("programme=smart", "programme", "invalid"),
        ("area=x", "area", "invalid"),
        ("period=2007", "period", "invalid"),
        ("year=07", "year", "invalid"),
        ("language=xx", "language", "invalid"),
        ("status=dead", "status", "invalid"),
        ("type=anything", "type", "invalid"),
        ("network=nobody", "network", "invalid"),
        ("network=%00", "network", "invalid"),
        ("modified_since=yesterday", "modified_since", "invalid"),
        ("modified_since=2026-11-22", "modified_since", "invalid"),
        ("modified_since=2026-11-22T10:00:00", "modified_since", "invalid"),
        ("PAGE_SIZE=1", "PAGE_SIZE", "unknown"),
        ("format=json", "format", "unknown"),
        ("=", "", "unknown"),
    ],
)
def test_a_wrong_parameter_is_named(problem, query, parameter, code):
    errors = problem(f"practices/?{query}", 400)["errors"]

    assert [(error["parameter"], error["code"]) for error in errors] == [(parameter, code)]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_beyond_all_calendars_is_named(problem, moment):
    errors = problem(f"practices/?modified_since={moment}", 400)["errors"]

    assert [error["parameter"] for error in errors] == ["modified_since"]


def test_all_faults_are_told_at_once(problem):
    told = problem("practices/?foo=1&country=XX1&page_size=0&ordering=x", 400)

    assert {error["parameter"] for error in told["errors"]} == {"foo", "country", "page_size", "ordering"}
    assert problem("practices/?foo=1&page_size=0&ordering=relevance", 400)["errors"][0]["parameter"] == "page_size"


def test_a_long_value_is_not_repeated_whole(api):
    body = api(f"changes/?kind={'x' * 3000}", status=400).content

    assert len(body) < 1000


def test_more_parameters_than_anybody_needs_are_refused(problem):
    assert problem("practices/?" + "&".join(["country=SI"] * (MOST_PARAMETERS + 1)), 400)["name"] == "bad-request"
    assert problem("practices/?" + "&".join(["country=SI"] * 10_001), 400)["name"] == "bad-request"


@pytest.mark.parametrize(
    "path",
    [
        "stars/",
        "adoptions/",
        "practices/x/y/",
        "practices/x/versions/1/2/",
        "changes/1/",
        "schema/openapi.yaml",
        "%00/",
        "%ED%A0%80/",
        "%FF",
        "%0d%0aSet-Cookie:x=1/",
        "č/",
        "practices//",
        "practices/?x/",
        "x" * 5000,
    ],
)
def test_an_unknown_address_is_a_problem_too(client, path):
    response = client.get(f"/api/v1/{path}")

    assert response.status_code == (400 if path == "practices/?x/" else 404)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("path", ["/api/v2/", "/api/x", "/api/docs/x/", "/api/v1x/"])
def test_addresses_beside_version_1_as_well(client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/api/v1", "/api/v1/"),
        ("/api/v1/practices?country=SI", "/api/v1/practices/?country=SI"),
        ("/api/v1/practices/x/related", "/api/v1/practices/x/related/"),
        ("/api/docs", "/api/docs/"),
    ],
)
def test_only_the_last_slash_is_missing(client, path, target):
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, target)


def test_writing_to_an_unknown_address_is_not_redirected(client):
    assert client.post("/api/v1/practices").status_code == 404


# Methods


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("door", [*DOORS, "practices/6f1c9c0a-0000-4000-8000-000000000000/"])
def test_nothing_can_be_written(door, method):
    response = Client(enforce_csrf_checks=True).generic(method, f"/api/v1/{door}", b"\xff{", "application/json")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["type"] == "https://portal.example/problems/method-not-allowed"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/api/", "/api/docs/", "/problems/withdrawn"])
def test_nor_can_what_is_for_people(path, method):
    response = Client(enforce_csrf_checks=True).generic(method, path, b"a=1", "application/x-www-form-urlencoded")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_the_start_leads_to_the_guide(client):
    assert client.get("/api/").url == "/api/docs/"


# The longest question


def test_the_longest_question_that_is_allowed_fits_into_gunicorns_line(api):
    """Uids are the longest values that may be repeated; the longest search and the longest cursor go with them."""
    once = {"q": "\U0001f3ed" * LONGEST_QUERY, "cursor": longest_cursor(), "ordering": "relevance", "view": "summary"}
    uids = [str(uuid4()) for _number in range(MOST_PARAMETERS - len(once))]
    question = urlencode([*once.items(), *(("organisation", uid) for uid in uids)])
    line = f"GET /api/v1/programmes/?{question} HTTP/1.1\r\n"

    assert len(line) <= runpy.run_path(str(portal.BASE_DIR / "gunicorn.conf.py"))["limit_request_line"]
    assert [error["parameter"] for error in api(f"programmes/?{question}", status=400).json()["errors"]] == ["cursor"]


def longest_cursor() -> str:
    """By title, of 200 letters of which JSON makes six characters each."""
    return Cursor("0" * 12, "title", ("α" * 200, 10**12)).encode()


# Accept


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/*",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "application/json;q=0.1, text/html",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json;q=high",
        "",
        " , ,*/*",
        "application/json;q*=nope''1",
    ],
)
def test_who_takes_json_gets_it(api, accept):
    assert api("practices/", accept=accept)["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "application/xml",
        "application/json;q=0",
        "application/json;q=0, */*",
        "*/*;q=0",
        "json",
        ";;;",
        ",",
        "application/ld+json",
        "x" * 9000,
    ],
)
def test_who_does_not_take_json_is_told_so(problem, accept):
    assert problem("practices/", 406, accept=accept)["name"] == "not-acceptable"


# Faults of ours


def test_a_mistake_of_ours_is_told_without_its_inside(client, monkeypatch, caplog):
    def stumble(door):
        raise ValueError("the inside")

    monkeypatch.setattr(RecordList, "body", stumble)
    client.raise_request_exception = False

    with caplog.at_level(logging.ERROR):
        response = client.get("/api/v1/practices/")

    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["type"] == "https://portal.example/problems/server-error"
    assert response.json()["request_id"]
    assert b"the inside" not in response.content
    assert "the inside" in caplog.text


def test_a_database_that_does_not_answer_is_worth_another_try(client, monkeypatch):
    def stumble(door):
        raise OperationalError("database is locked")

    monkeypatch.setattr(RecordList, "body", stumble)

    response = client.get("/api/v1/practices/")

    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert int(response["Retry-After"]) > 0
    assert b"locked" not in response.content


# Language


def test_problems_are_told_in_english_whoever_was_served_before(client, problem):
    publish(GoodPracticeFactory())
    client.get("/sl/practices/")

    assert problem("practices/?foo=1", 400, accept_language="sl")["detail"] == "foo: There is no such parameter."
    assert problem("practices/?country=XX1", 400)["detail"] == "country: 'XX1' is not an ISO 3166-1 code."


# Pages that explain


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_the_type_of_a_problem_is_an_address_that_explains_it(client, name):
    response = client.get(f"/problems/{name}")

    assert response.status_code == 200
    assert str(PROBLEM_TYPES[name].title) in response.content.decode()


def test_other_types_have_no_page(client):
    assert client.get("/problems/boredom").status_code == 404


def test_the_type_that_is_sent_can_be_followed(client, problem):
    one = withdraw(publish(GoodPracticeFactory()))

    address = problem(f"practices/{one.uid}/", 410)["type"]

    assert client.get(address.removeprefix("https://portal.example")).status_code == 200


# Whatever comes


ANYTHING = st.text(alphabet=st.characters(), max_size=30)
NAMES = st.sampled_from([*FILTERS, *OWN_PARAMETERS, "since", "kind", "format"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    door=st.sampled_from([*DOORS, "practices/{}/", "practices/{}/related/", "practices/{}/versions/"]),
    query=st.lists(st.tuples(NAMES, ANYTHING), max_size=4),
    accept=st.one_of(st.just("*/*"), st.text(alphabet=st.characters(max_codepoint=255, min_codepoint=32), max_size=40)),
    known=st.text(alphabet=st.characters(max_codepoint=255, min_codepoint=32), max_size=40),
    uid=ANYTHING,
)
def test_no_question_is_a_mistake_of_ours(client, door, query, accept, known, uid):
    def safe(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    response = client.get(
        "/api/v1/" + door.replace("{}", re.sub("[/?#]", "", safe(uid))),
        [(name, safe(value)) for name, value in query],
        headers={"accept": accept, "if-none-match": known},
    )

    assert response.status_code in (200, 304, 400, 404, 406, 410)
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == response.status_code
