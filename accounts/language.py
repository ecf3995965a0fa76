"""Addresses without a language: which one they speak.

The account pages speak that of the page which was left for them; the admin the editor's own.
"""

import functools
import re
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_from_path

from operations.addresses import parts_of

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


def admin_in_editors_language(get_response: View) -> View:
    """The admin follows the editor: what she set there, the page from which she came in, what she chose, her account's.

    Only coming in counts: who looks at a page in another language from within the admin has not changed hers.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        home = reverse("wagtailadmin_home")
        if not request.path_info.startswith(home) or not request.user.is_authenticated:
            return get_response(request)
        page_left = language_of_page_before(request) if request.path_info == home else None
        language = _of_admin(page_left, request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        if page_left == language:
            remember(response, language)
        return response

    return answer


def _of_admin(page_left: str | None, request: HttpRequest) -> str:
    """The first of the wanted languages that the admin speaks; English when it speaks none of them."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    wanted = (
        profile and profile.preferred_language,
        page_left,
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        request.user.language,
    )
    spoken = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    return next((language for language in wanted if language in spoken), settings.LANGUAGE_CODE)


def language_of_page_before(request: HttpRequest) -> str | None:
    """Of the portal's page with the link that was followed; other sites' pages, and addresses without one, have none."""
    before = parts_of(request.headers.get("referer", ""))
    return _language_of(before.path) if before and before.netloc == request.get_host() else None


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
    parts = urlsplit(address)  # our own, which can be read
    query = QueryDict(parts.query, mutable=True)
    left = query.get(NEXT, "")
    if not _language_of(left):
        return address
    query[NEXT] = re.sub(r"^/[^/?#]+", f"/{language}", left)
    return urlunsplit(parts._replace(query=query.urlencode(safe="/")))


def _language_of(address: str) -> str | None:
    """Of the address's first part; other sites' addresses have none."""
    return get_language_from_path(address) if address.startswith("/") else None
