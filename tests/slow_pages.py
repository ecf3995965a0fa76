"""Every page comes late and in two pieces: a story that reads a page before it is there fails here, each time.

`.venv/bin/python -m pytest -p tests.slow_pages -m browser`: not a part of the test run, which would be a quarter of an hour
longer for it; for who writes a story in the browser, and after one that failed once in a hundred runs.
"""

import time

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

LATE = 0.4
"""Seconds before the first piece and again before the second."""

answer = WSGIHandler.__call__


def in_two_pieces(response):
    try:
        whole = b"".join(response)
        time.sleep(LATE)
        yield whole[:600]
        time.sleep(LATE)
        yield whole[600:]
    finally:
        response.close()


def late(handler, environ, start_response):
    response = answer(handler, environ, start_response)
    if not isinstance(response, HttpResponse) or response.status_code >= 300 or environ["REQUEST_METHOD"] == "HEAD":
        return response
    return in_two_pieces(response) if response.get("Content-Type", "").startswith("text/html") else response


WSGIHandler.__call__ = late
