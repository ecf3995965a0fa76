"""What every answer carries."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.log import log_response


def request_id_header(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Every answer tells the id that its log lines carry, so that people can quote it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code >= 400:  # as Django does a little later, when the id is forgotten
            log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request)
        if request_id := structlog.contextvars.get_contextvars().get("request_id"):
            response["X-Request-ID"] = request_id
        return response

    return answer


def head_without_body(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Who asks for the head alone gets it with the length of the whole, and no body (RFC 9110, 9.3.2).

    It stands before all others: what they keep, or make a fingerprint of, is the whole.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "HEAD":
            return response
        if response.streaming:
            response.streaming_content = ()
        else:
            if response.status_code not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
                response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer


# What caches may keep for as long as they like where nothing is said (RFC 9110, 15.1), and what may be otherwise tomorrow.
_ASKED_AGAIN = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.PERMANENT_REDIRECT,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.GONE,
)


def asked_again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What is not there, or not any more, is asked for again: a withdrawn record may return, a former address be given anew.

    It stands before the read doors, which leave the chain.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in _ASKED_AGAIN:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere, a looser one below the admin's address, whose own pages carry inline scripts."""

    def process_response(self, request, response):
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            response.headers.pop("Content-Security-Policy", None)  # a preview brings that of the public page
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return super().process_response(request, response)
