"""How live dumps end, over real sockets from a real gunicorn: read, left, stalled, broken off; and what happens meanwhile."""

import http.client
import time
from contextlib import closing, suppress

import pytest
from django.db import connection

from tests.exchange.dumps.served import (
    LENGTH,
    THREADS,
    WHOLE,
    begun,
    filled,
    place_is_free,
    rest_of,
    serving,
    soon,
    status,
)
from tests.factories import GoodPracticeFactory, publish, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]


@pytest.fixture
def large():
    """A catalogue of 30 MB, and its documents as a dump gives them: more than sockets hold on both sides."""
    return filled(600)


@pytest.fixture
def port(large, tmp_path):
    """A portal that gives one live dump at once, and waits a second for readers who take nothing."""
    with serving(tmp_path, DUMPS_AT_ONCE="1", STALLED_AFTER="1") as (port, _server):
        yield port


def copying() -> list[int]:
    """The processes of the database that copy a dump out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%'"
        )
        return [pid for (pid,) in cursor]


def test_a_dump_is_of_one_moment_and_nobody_waits_for_its_end(port, large):
    practice, dump = large
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as reader:
        reader.request("GET", WHOLE)
        answer = reader.getresponse()
        first = answer.read(1000)

        withdraw(practice)
        publish(GoodPracticeFactory())

        assert first + answer.read() == dump
    assert soon(lambda: place_is_free(port))


def test_who_goes_away_in_the_middle_leaves_the_place_and_the_database(port):
    with begun(port):
        assert not place_is_free(port)

    assert soon(lambda: place_is_free(port))
    if connection.vendor == "postgresql":
        assert soon(lambda: copying() == [])


@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
def test_who_takes_nothing_is_cut_off_and_told_no_end(port, version):
    with begun(port, version=version) as line:
        assert not place_is_free(port)
        assert soon(lambda: place_is_free(port))
        if connection.vendor == "postgresql":
            assert soon(lambda: copying() == [])

        with pytest.raises(ConnectionResetError):
            rest_of(line)


@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
def test_a_database_that_dies_in_the_middle_is_no_end(port, postgresql, version):
    with begun(port, version=version) as line:
        (pid,) = copying()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

        with pytest.raises(ConnectionResetError):
            rest_of(line)

    assert soon(lambda: place_is_free(port))


@pytest.mark.parametrize("path", ["/api/v1/practices/?page_size=100", "/api/v1/changes/"])
def test_who_asks_for_a_page_and_takes_nothing_holds_a_thread_for_a_moment_only(port, large, tmp_path, path):
    lines = [begun(port, path=path) for _thread in range(THREADS)]
    try:
        assert soon(lambda: status(port, "/healthz") == 200)
        for line in lines:
            with suppress(ConnectionResetError):
                assert len(rest_of(line)) < 100 * LENGTH
    finally:
        for line in lines:
            line.close()
    log = (tmp_path / "log").read_text()
    assert "A reader took too little and was cut" in log
    assert "Traceback" not in log


def test_who_is_slow_but_takes_something_has_the_whole_page(port, large):
    found = bytearray()
    with closing(begun(port, path="/api/v1/practices/?page_size=100")) as line:
        while chunk := line.recv(32 * 1024):
            found += chunk
            time.sleep(0.01)

    assert found.endswith(b"}]}")
    assert len(found) > 99 * LENGTH
