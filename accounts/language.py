"""The account pages have addresses without a language: they speak that of the page which was left for them."""

import functools
import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.translation import get_language_from_path

NEXT = "next"
View = Callable[..., HttpResponse]


def page_left(request: HttpRequest) -> str:
    """Where the reader came from and will be brought back to, as the address or the form says; "" if it does not."""
    return request.POST.get(NEXT) or request.GET.get(NEXT) or ""


def in_language_of_page_left(view: View) -> View:
    """The view speaks the language of the page that was left, and so do the account pages that come after it."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        language = _language_of(page_left(request))
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = view(request, *args, **kwargs)
        if language and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            remember(response, language)
        return response

    return answer


def remember(response: HttpResponse, language: str) -> None:
    """As Django does when a language is chosen."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def with_page_left_in(language: str, address: str) -> str:
    """The address of an account page, leading back to the page in another language."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    left = query.get(NEXT, "")
    if not _language_of(left):
        return address
    query[NEXT] = re.sub(r"^/[^/?#]+", f"/{language}", left)
    return urlunsplit(parts._replace(query=query.urlencode(safe="/")))


def _language_of(address: str) -> str | None:
    """Of the address's first part; other sites' addresses have none."""
    return get_language_from_path(address) if address.startswith("/") else None
