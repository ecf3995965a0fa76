"""LibreTranslate's API (https://docs.libretranslate.com), and every service that speaks it.

Nothing but what was asked for is read: no redirect is followed, wherever it leads, and no answer is read beyond its limits in
size and time. Whatever the other side does ends in a MachineError.
"""

import json
import logging
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from translations.machine import MachineError, NotReachable, Refused, TooBusy, Unreadable

logger = logging.getLogger(__name__)

MOST_BYTES = 1_000_000  # of an answer
AT_ONCE = 5_000  # characters in one request: public servers take no more
TO_CONNECT = 3  # seconds
TRIES, PAUSE = 2, 0.5
AGAIN = (NotReachable, TooBusy)  # what may be better a moment later


class LibreTranslate:
    """As `translations.machine.Service`."""

    def __init__(self, *, url: str, key: str, until: float):
        self.address, self.key, self.until = urlsplit(url), key, until

    def pairs(self) -> dict[str, list[str]]:
        told = self._ask("GET", "languages")
        if not isinstance(told, list):
            raise Unreadable
        return dict(_pair(each) for each in told)

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        found = []
        for some in in_parts(texts):
            asked = {"q": some, "source": source, "target": target, "format": "text"}
            told = self._ask("POST", "translate", asked | ({"api_key": self.key} if self.key else {}))
            found += _texts_in(told, len(some))
        return found

    def _ask(self, method: str, step: str, asked: Mapping[str, Any] | None = None) -> Any:
        """What it answers. A second try only where time is left for it."""
        for left in reversed(range(TRIES)):
            try:
                return self._once(method, step, asked)
            except AGAIN:
                if not left or self._left() < 2 * PAUSE:
                    raise
                sleep(PAUSE)
        raise NotReachable

    def _once(self, method: str, step: str, asked: Mapping[str, Any] | None) -> Any:
        body = None if asked is None else json.dumps(asked).encode()
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
        try:
            with self._line() as line:
                line.request(method, f"{self.address.path.rstrip('/')}/{step}", body, headers)
                with line.getresponse() as answer:
                    return self._read(answer)
        except (OSError, HTTPException, ValueError) as error:
            logger.info("The translation service failed: %s", type(error).__name__)
            raise NotReachable from error

    @contextmanager
    def _line(self) -> Iterator[HTTPConnection]:
        """A connection that is cut when the time is over, whatever it is at: one byte a second is an answer without end."""
        left = self._left()
        if left <= 0:
            raise NotReachable
        kind = HTTPSConnection if self.address.scheme == "https" else HTTPConnection
        with closing(kind(self.address.hostname, self.address.port, timeout=min(left, TO_CONNECT))) as line:
            line.connect()
            left = max(self._left(), 0.01)
            line.sock.settimeout(left)
            cut = Timer(left, _cut, [line.sock])
            cut.daemon = True
            cut.start()
            try:
                yield line
            finally:
                cut.cancel()

    def _read(self, answer: HTTPResponse) -> Any:
        status, body = answer.status, answer.read(MOST_BYTES + 1)
        if self._left() <= 0:
            raise NotReachable
        if status != HTTPStatus.OK:
            logger.warning("The translation service answered %s", status)
            raise _failure(status)
        if len(body) > MOST_BYTES:
            raise Unreadable
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Unreadable from error

    def _left(self) -> float:
        return self.until - monotonic()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS, which would wait for the other side's farewell


def _failure(status: int) -> MachineError:
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return TooBusy()
    return NotReachable() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Refused()


def in_parts(texts: Sequence[str]) -> Iterator[list[str]]:
    """Each no longer than one request may be; a text that is longer alone goes alone."""
    part, length = [], 0
    for text in texts:
        if part and length + len(text) > AT_ONCE:
            yield part
            part, length = [], 0
        part.append(text)
        length += len(text)
    if part:
        yield part


def _pair(told: Any) -> tuple[str, list[str]]:
    match told:
        case {"code": str(code)}:
            into = told.get("targets") or []
            if isinstance(into, list):
                return code, [each for each in into if isinstance(each, str)]
    raise Unreadable


def _texts_in(told: Any, number: int) -> list[str]:
    match told:
        case {"translatedText": [*texts]} if len(texts) == number and all(isinstance(each, str) for each in texts):
            return texts
    raise Unreadable
