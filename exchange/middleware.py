"""The short way in for machines that read."""

from collections.abc import Callable

from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils import translation

READ_DOORS = ("/api/v1/", "/feeds/", "/oai")
SPOKEN = "en"  # machines read no headers about languages; whoever was served before in this thread may have

Answer = Callable[[HttpRequest], HttpResponse]


class ReadDoors:
    """Answers the read doors straight from their views: no session, language, CSRF, authentication or messages.

    Fifteen usual middlewares cost a request a millisecond, as much as reading a page of records does.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response
        handler = BaseHandler()
        handler._view_middleware, handler._template_response_middleware, handler._exception_middleware = [], [], []
        self.door = convert_exception_to_response(handler._get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(READ_DOORS):
            return self.get_response(request)
        with translation.override(SPOKEN):
            return self.door(request)
