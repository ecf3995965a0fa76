"""What went wrong at a door, told on a page: for people who followed a link to a file, or typed its address."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.utils import translation

from accounts.language import language_of_page_before
from operations.languages import interface_language
from operations.middleware import ContentSecurityPolicy

DECIDED_BY = "Sec-Fetch-Mode"
OF_READER = f"{DECIDED_BY}, Accept-Language, Cookie, Referer"
LONGEST = 200  # characters of what was sent
WITHOUT_FRAME = ("unavailable", "server-error", "too-many-requests")
"""The frame of pages asks the database, which is not there, or has better to do."""


def is_wanted(request: HttpRequest) -> bool:
    """Browsers alone say that somebody navigates (Fetch Metadata, section 2.2); programs that take HTML do not."""
    return request.META.get("HTTP_SEC_FETCH_MODE") == "navigate"


def page(request: HttpRequest, told: Mapping[str, Any], **more) -> HttpResponse:
    """`told` is the problem as programs get it; `title` and `remedy` are its type's, `wait` seconds until another try.

    What passes the read doors has met none of the middlewares that give pages their language, policy and reader.
    """
    name = told["type"].rpartition("/")[2]
    errors = [{part: _legible(text) for part, text in error.items()} for error in told.get("errors", ())]
    shown = {"name": name, "told": told, "errors": errors, "detail": _legible(told["detail"])}
    shown |= {"address": request.get_full_path(), **more}

    def drawn(request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            response = HttpResponse(_drawn(request, shown), status=told["status"])
            response["Content-Language"] = interface_language()
        response["Vary"], response["Cache-Control"] = OF_READER, "private, no-cache"
        return response

    for of_pages in (XFrameOptionsMiddleware, AuthenticationMiddleware, SessionMiddleware, ContentSecurityPolicy):
        drawn = of_pages(drawn)
    return drawn(request)


def _legible(text: str) -> str:
    """What somebody sent, repeated: not for ever, and without what no page may hold or would read backwards."""
    return "".join(each if each.isprintable() else "\ufffd" for each in truncatechars(text, LONGEST))


def _drawn(request: HttpRequest, shown: dict[str, Any]) -> str:
    if shown["name"] not in WITHOUT_FRAME:
        try:
            return render_to_string("exchange/fault.html", shown, request)
        except Error:
            pass  # the database went between the door and its page
    return render_to_string("exchange/fault_bare.html", shown | {"language": interface_language()})


def _language(request: HttpRequest) -> str:
    """Of the page with the link, else what the reader chose, else what her browser asks for."""
    try:
        before = language_of_page_before(request)
    except DisallowedHost:
        before = None
    return before or translation.get_language_from_request(request)
