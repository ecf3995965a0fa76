"""The short way in for machines that read."""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.urls import Resolver404
from django.utils import translation

from catalogue.filters import InvalidParameters
from exchange import problems
from exchange.doors import for_everyone, nowhere
from exchange.keys.gate import gate
from operations.middleware import request_id_header

READ_DOORS = ("/api/v1/", "/feeds/", "/oai", "/catalogue.", "/.well-known/")
SPOKEN = "en"  # machines read no headers about languages; whoever was served before in this thread may have
FRESH = 1.0  # seconds for which a connection that served is not asked first whether it still does

Answer = Callable[[HttpRequest], HttpResponse]

logger = structlog.get_logger("exchange.requests")


class ReadDoors:
    """Answers the read doors straight from their views: no session, language, CSRF, authentication or messages.

    Fifteen usual middlewares cost a request a millisecond, as much as reading a page of records does. What holds for every
    answer holds here, too: a request's id, one line in the log, and the headers of safety.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response
        handler = BaseHandler()
        handler._view_middleware, handler._template_response_middleware, handler._exception_middleware = [], [], []
        safe = SecurityMiddleware(convert_exception_to_response(or_problem(handler._get_response)))
        self.door = request_id_header(convert_exception_to_response(gate(safe)))
        self.served = threading.local()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(READ_DOORS):
            return self.get_response(request)
        self._trust_the_connection()
        structlog.contextvars.bind_contextvars(request_id=str(uuid4()))
        if translation.get_language() != SPOKEN:
            translation.activate(SPOKEN)
        try:
            response = self.door(request)
            logger.info("request_finished", request=f"{request.method} {request.path}", code=response.status_code)
        finally:
            structlog.contextvars.clear_contextvars()
        return response

    def _trust_the_connection(self) -> None:
        """Asking PostgreSQL before each request whether it is still there costs a tenth of a page."""
        now = time.monotonic()
        if now - getattr(self.served, "at", -FRESH) < FRESH:
            connection.health_check_done = True
        self.served.at = now


def or_problem(answer: Answer) -> Answer:
    """What stands at no address, although machines look for such things there, and a question that cannot be, as problems."""

    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return answer(request)
        except Resolver404:
            return nowhere(request)
        except InvalidParameters as error:  # from a view that is no `Door`: the feed of events
            return for_everyone(request, problems.answer(request, error))

    return answered
