"""One reader who keeps her connection, as those do who pull a catalogue."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected

BUFFER = 1024 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float  # from the first byte sent to the last one read


class Reader:
    """Asks one server over loopback; `close` when done."""

    def __init__(self, port: int):
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, **headers: str) -> Answer:
        """Names of headers have underscores for their hyphens."""
        begun = time.perf_counter()
        response = self._asked(path, headers)
        body = response.read()
        return Answer(response.status, response.headers, body, time.perf_counter() - begun)

    def pull(self, path: str) -> tuple[int, float]:
        """Reads an answer of any size and keeps nothing of it: (bytes, seconds)."""
        begun, number, buffer = time.perf_counter(), 0, bytearray(BUFFER)
        response = self._asked(path, {})
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {response.read(500)!r}")
        while read := response.readinto(buffer):
            number += read
        return number, time.perf_counter() - begun

    def close(self) -> None:
        self._connection.close()

    def _asked(self, path: str, headers: dict[str, str]) -> HTTPResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        with suppress(RemoteDisconnected, ConnectionError):  # gunicorn closes what is silent for two seconds
            self._connection.request("GET", path, headers=told)
            return self._connection.getresponse()
        self._connection.close()
        self._connection.request("GET", path, headers=told)
        return self._connection.getresponse()
