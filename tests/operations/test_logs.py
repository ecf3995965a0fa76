"""Log lines: one JSON object each for machines, words for people, and the request's id in every one."""

import io
import json
import logging
from uuid import UUID

import pytest
import structlog

from operations import readiness
from operations.logs import CutInShort, formatter

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def log(request):
    """What the root logger writes, as the servers' settings have it written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(as_json=getattr(request, "param", "json") == "json"))
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_is_one_object_with_time_level_and_logger(log):
    logging.getLogger("catalogue").warning("Two\nlines, %s", "čšž")

    [line] = lines(log)
    assert (line["event"], line["level"], line["logger"]) == ("Two\nlines, čšž", "warning", "catalogue")
    assert line["timestamp"].endswith("Z")
    assert set(line) == {"event", "level", "logger", "timestamp"}


def test_structured_events_look_alike(log):
    structlog.get_logger("catalogue").warning("published", uid="1")

    [line] = lines(log)
    assert (line["event"], line["level"], line["uid"]) == ("published", "warning", "1")


def test_an_exception_is_told_in_the_same_line(log):
    try:
        raise ZeroDivisionError("nothing to divide by")
    except ZeroDivisionError:
        logging.getLogger("catalogue").exception("It failed")

    [line] = lines(log)
    assert line["exception"].splitlines()[-1] == "ZeroDivisionError: nothing to divide by"


def timed_out(where: str):
    """gunicorn's record of a time that ran out in a module of this name."""
    try:
        exec("raise TimeoutError('timed out')", {"__name__": where})
    except TimeoutError as error:
        told = (TimeoutError, error, error.__traceback__)
    return logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "Error handling request", (), told)


def test_a_reader_who_takes_nothing_is_told_in_a_line_and_an_answer_that_took_too_long_as_a_mistake():
    cut, mistake = timed_out("gunicorn.util"), timed_out("exchange.lists")

    assert CutInShort().filter(cut)
    assert CutInShort().filter(mistake)

    assert (cut.getMessage(), cut.levelname, cut.exc_info) == ("A reader took too little and was cut", "INFO", None)
    assert (mistake.getMessage(), mistake.levelname) == ("Error handling request", "ERROR")
    assert mistake.exc_info


@pytest.mark.parametrize("log", ["words"], indirect=True)
def test_people_read_words_and_never_the_values_of_variables(log):
    password = "correct horse"
    try:
        raise ValueError(len(password))
    except ValueError:
        logging.getLogger("catalogue").exception("It failed")

    assert "It failed" in log.getvalue() and "ValueError: 13" in log.getvalue()
    assert "horse" not in log.getvalue().replace('password = "correct horse"', "")


def fail():
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("address", "questions", "status"),
    [
        ("/no-such-page", {}, 404),
        ("/readyz", {"queue": lambda: (False, "too long")}, 503),
        ("/readyz", {"broken": fail}, 503),
    ],
)
def test_every_line_of_a_request_bears_its_id(client, log, monkeypatch, address, questions, status):
    monkeypatch.setattr(readiness, "_questions", questions)

    assert client.get(address).status_code == status

    ids = [line.get("request_id") for line in lines(log)]
    assert len(set(ids)) == 1
    assert str(UUID(ids[0])) == ids[0]


def test_a_visitor_cannot_choose_the_id(client, log):
    client.get("/no-such-page", headers={"X-Request-ID": "chosen"})

    assert "chosen" not in log.getvalue()


def test_neither_secrets_nor_questions_nor_addresses_of_visitors_are_written(client, log):
    logging.getLogger().setLevel("INFO")  # as on a server
    for address in ("password/reset/key/1-s3cret-key/", "no-such-page/"):
        client.get(f"/accounts/{address}?q=whom+I+look+for", REMOTE_ADDR="192.0.2.7")
    logging.getLogger("django.request").warning("Not Found: /accounts/password/reset/key/1-s3cret-key/")

    asked = [line["request"] for line in lines(log) if line["event"] == "request_started"]
    assert asked == ["GET /accounts/password/reset/key/…/", "GET /accounts/no-such-page/"]
    assert [secret for secret in ("s3cret", "look", "192.0.2.7") if secret in log.getvalue()] == []


def test_what_a_draft_is_called_is_not_told():
    assert not logging.getLogger("wagtail").isEnabledFor(logging.INFO)


def test_two_requests_have_two_ids_and_what_follows_has_none(client, log):
    client.get("/no-such-page")
    client.get("/no-such-page")
    logging.getLogger("catalogue").warning("Afterwards")

    *during, after = lines(log)
    ids = {line.get("request_id") for line in during}
    assert (len(ids), None in ids, "request_id" in after) == (2, False, False)
