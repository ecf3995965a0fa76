"""The short way in for machines: what holds for all answers holds there, and the database is not asked more than needed."""

import json
import logging

import pytest
from django.db import connections

from exchange import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.mark.parametrize(("path", "status"), [("practices/", 200), ("practices/?foo=1", 400), ("nowhere/", 404)])
def test_an_answer_is_safe_and_bears_its_id(api, path, status):
    response = api(path, status=status)

    assert len(response["X-Request-ID"]) == 36
    assert (response["X-Content-Type-Options"], response["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_two_answers_have_two_ids(api):
    assert api("practices/")["X-Request-ID"] != api("practices/")["X-Request-ID"]


def test_who_comes_without_https_is_sent_there(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    middleware_of_now = middleware.ReadDoors(lambda request: None)

    response = middleware_of_now.door(client.get("/api/v1/practices/").wsgi_request)

    assert (response.status_code, response["Location"]) == (301, "https://testserver/api/v1/practices/")


def test_one_line_in_the_log_tells_of_it_without_what_was_asked(api, caplog):
    with caplog.at_level(logging.INFO, logger="exchange.requests"):
        identity = api("practices/?q=secret")["X-Request-ID"]

    [line] = [record.msg for record in caplog.records if record.name == "exchange.requests"]
    assert (line["request"], line["code"], line["request_id"]) == ("GET /api/v1/practices/", 200, identity)
    assert "secret" not in json.dumps(line)


@pytest.mark.parametrize(("seconds", "is_trusted"), [(0.5, True), (1.5, False)])
def test_a_connection_that_has_just_served_is_not_asked_whether_it_lives(monkeypatch, seconds, is_trusted):
    moments = iter([100.0, 100.0 + seconds])
    monkeypatch.setattr(middleware.time, "monotonic", lambda: next(moments))
    doors = middleware.ReadDoors(lambda request: None)
    doors._trust_the_connection()
    connection = connections["default"]
    monkeypatch.setattr(connection, "health_check_done", False)

    doors._trust_the_connection()

    assert connection.health_check_done is is_trusted
