"""A large catalogue, given by a real gunicorn to readers over real sockets."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

from django.utils.timezone import now

from catalogue.models import CatalogueState, Entry
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, publish

LENGTH = 50_000  # of most documents
WHOLE = "/api/v1/dumps/practices.ndjson"
THREADS = 6


def filled(records: int) -> tuple[GoodPractice, bytes]:
    """A catalogue of so many practices: the first one, and their documents as a dump gives them."""
    practice = publish(GoodPracticeFactory())
    document = Entry.objects.get(uid=practice.uid).document
    for number in range(1, records):
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
    CatalogueState.objects.update(position=100 + records)
    documents = Entry.objects.order_by("pk").values_list("document", flat=True)
    assert documents[0] == document
    return practice, "".join(f"{each}\n" for each in documents).encode()


@contextmanager
def serving(place: Path, **own: str) -> Iterator[tuple[int, subprocess.Popen]]:
    """A portal with settings of its own: its port, and gunicorn's first process. It logs to `log` in the folder `place`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    own |= {"MER_VAR_DIR": str(place / "var")}
    command = [sys.executable, "-m", "gunicorn", "mer_portal.wsgi", f"--threads={THREADS}", f"--bind=127.0.0.1:{free}"]
    root = Path(__file__).resolve().parents[3]
    with (
        (place / "log").open("w") as log,
        subprocess.Popen([*command, "--no-control-socket"], cwd=root, env=os.environ | own, stderr=log) as server,
    ):
        try:
            assert soon(lambda: status(free, "/healthz") == 200)
            yield free, server
        finally:
            server.terminate()


def soon(is_so: Callable[[], bool], seconds: float = 60) -> bool:
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
