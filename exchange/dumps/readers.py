"""The one who reads a long answer: watched, so that who takes nothing, or too little, does not hold a place for ever."""

import errno
import select
import socket
import struct
import time
from collections.abc import Mapping
from contextlib import suppress

from django.conf import settings

PATIENCE = 60  # seconds until anybody's pace counts


class TooSlow(BrokenPipeError):
    """The reader takes too little. An error of the line, which a server closes without more ado."""

    def __init__(self):
        super().__init__(errno.EPIPE, "The reader takes too little for too long.")


class ReaderGone(BrokenPipeError):
    """Nobody reads any longer."""


class Reader:
    """`environ` is WSGI's. gunicorn lends the socket: sending then fails when a piece is not taken in time.

    Its timeout is not for each byte but for all of a piece (`socket.sendall`), and pieces are as long as `rows.CHUNK`, more or
    less. So in DUMPS_STALLED_AFTER seconds 256 kB have to be taken, or to fit into what lies between us.

    Behind a proxy that keeps answers for its readers, the proxy is the reader.
    """

    def __init__(self, environ: Mapping):
        shared = environ.get("HTTP_VERSION") == "2"  # with other answers on the same line
        self._line: socket.socket | None = None if shared else environ.get("gunicorn.socket")
        self._begun, self._taken = time.monotonic(), 0
        if self._line is not None:
            with suppress(OSError):
                self._line.settimeout(settings.EXCHANGE["DUMPS_STALLED_AFTER"])

    def is_given(self, number: int) -> None:
        """Counts bytes that are about to be sent; raises TooSlow if what came before went too slowly."""
        allowed = PATIENCE + self._taken / (settings.EXCHANGE["DUMPS_SLOWEST"] * 1024)
        if time.monotonic() - self._begun > allowed:
            raise TooSlow
        self._taken += number

    def is_kept_waiting(self, seconds: float) -> None:
        """By us: a workbook is put together for minutes before its first byte."""
        self._begun += seconds

    def is_there(self) -> None:
        """Raises ReaderGone if the line was closed at the other end, which is known without sending anything."""
        if self._line is None:
            return
        try:
            asked = select.poll()
            asked.register(self._line, select.POLLIN)
            is_closed = bool(asked.poll(0)) and self._line.recv(1, socket.MSG_PEEK) == b""
        except (OSError, ValueError):
            is_closed = True
        if is_closed:
            raise ReaderGone(errno.EPIPE, "Nobody reads any longer.")

    def cut(self) -> None:
        """Resets the line: an answer that has no length is otherwise ended by closing it, and would look whole."""
        if self._line is not None:
            with suppress(OSError):
                self._line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self._line.close()
