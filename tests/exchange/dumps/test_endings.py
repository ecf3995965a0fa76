"""How live dumps end, over real sockets from a real gunicorn: read, left, stalled, broken off; and what happens meanwhile."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.utils.timezone import now

from catalogue.models import CatalogueState, Entry
from tests.factories import GoodPracticeFactory, publish, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

RECORDS, LENGTH = 600, 50_000  # more than sockets hold on both sides
WHOLE = "/api/v1/dumps/practices.ndjson"
THREADS = 6


@pytest.fixture
def large():
    """A catalogue of 30 MB, and its documents as a dump gives them."""
    practice = publish(GoodPracticeFactory())
    document = Entry.objects.get(uid=practice.uid).document
    for number in range(1, RECORDS):
        Entry.objects.create(
            uid=UUID(int=number),
            kind="practices",
            slug=f"large-{number}",
            position=100 + number,
            published=now(),
            modified=now(),
            card="{}",
            document=f'{{"number":{number},"text":"{"x" * LENGTH}"}}',
        )
    CatalogueState.objects.update(position=100 + RECORDS)
    documents = Entry.objects.order_by("pk").values_list("document", flat=True)
    assert documents[0] == document
    return practice, "".join(f"{each}\n" for each in documents).encode()


@pytest.fixture
def port(large, tmp_path):
    """A portal that gives one live dump at once, and waits a second for readers who take nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    own = {"MER_VAR_DIR": str(tmp_path / "var"), "DUMPS_AT_ONCE": "1", "STALLED_AFTER": "1"}
    command = [sys.executable, "-m", "gunicorn", "mer_portal.wsgi", f"--threads={THREADS}", f"--bind=127.0.0.1:{free}"]
    root = Path(__file__).resolve().parents[3]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen([*command, "--no-control-socket"], cwd=root, env=os.environ | own, stderr=log) as server,
    ):
        try:
            assert soon(lambda: status(free, "/healthz") == 200)
            yield free
        finally:
            server.terminate()


def soon(is_so, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if is_so():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("HEAD" if path == "/healthz" else "GET", path)
        return line.getresponse().status


def place_is_free(port: int) -> bool:
    """A filtered dump is small: whoever gets it needs the place for a moment only."""
    return status(port, f"{WHOLE}?country=XK") == 200


def begun(port: int, *, path: str = WHOLE, version: str = "HTTP/1.1") -> socket.socket:
    """A reader who has taken the first bytes, over a line that holds little."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    line.settimeout(30)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET {path} {version}\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert line.recv(1000).startswith(b"HTTP/1.1 200" if version == "HTTP/1.1" else b"HTTP/1.0 200")
    return line


def rest_of(line: socket.socket) -> bytes:
    found = bytearray()
    while chunk := line.recv(65536):
        found += chunk
    return bytes(found)


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
