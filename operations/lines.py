"""The line to the one who reads an answer: nobody holds a thread by taking nothing."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PIECE = 256 * 1024  # bytes


def line_of(environ: Mapping) -> socket.socket | None:
    """Which gunicorn lends; none where others' answers are on the same line."""
    return None if environ.get("HTTP_VERSION") == "2" else environ.get("gunicorn.socket")


def impatient(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sending any answer fails when a piece of it is not taken within STALLED_AFTER seconds.

    The time is not for each byte but for all of a piece (`socket.sendall`). A proxy that keeps answers for its readers is the
    reader itself.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        line = line_of(request.META)
        if line is not None:
            with suppress(OSError):
                line.settimeout(settings.STALLED_AFTER)
        return response

    return answer


class InPieces(HttpResponse):
    """Sent piece by piece, so that who is slow, but takes something, has the time for it."""

    def __iter__(self) -> Iterator[bytes]:
        content = self.content
        if len(content) <= PIECE:
            return iter((content,))
        return (content[start : start + PIECE] for start in range(0, len(content), PIECE))
