"""Pages for readers without an account, kept until anything that is published changes.

The key holds the version of the catalogue and that of the site: a publication makes every older page unfindable at once, and
nothing is ever deleted by hand. One query, for those versions, is all that a kept page costs.
"""

import gzip
import re
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path

from catalogue.models import CatalogueState
from operations.release import release
from pages.models import SiteState

KEPT = 3600  # seconds; what depends on the clock says so itself, by `request.fresh_until`
LONGEST_QUERY = 500  # characters
LARGEST_PAGE = 512 * 1024  # bytes
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
_PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}
_NOT_KEPT = ("Set-Cookie", "Content-Disposition", "Content-Encoding")


class PageCache:
    """Stands before the session: who has one is never given a kept page, and nothing made for them is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_for_everybody(request):
            return self.get_response(request)
        request.get_host()  # a foreign name is refused, kept page or not
        request.site_state = state()
        key = _key(request)
        if kept := caches["pages"].get(key):
            return _answer(request, kept)
        response = self.get_response(request)
        if (seconds := _seconds_to_keep(request, response)) > 0:
            headers = {name: value for name, value in response.items() if name != "Content-Length"}
            caches["pages"].set(key, (response.content, gzip.compress(response.content, 6), headers), seconds)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def state() -> SiteState:
    """The version of the site with the catalogue's beside it (`epoch`, `position`), in one query."""
    row = CatalogueState.objects.filter(pk=OuterRef("pk"))
    beside = {name: Subquery(row.values(name)) for name in ("epoch", "position")}
    return SiteState.objects.annotate(**beside).get(pk=1)


def _is_for_everybody(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and get_language_from_path(request.path_info) is not None
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not _PERSONAL & request.COOKIES.keys()
        and "Authorization" not in request.headers
        and not settings.DEBUG
    )


def _key(request: HttpRequest) -> str:
    """(path, sorted query, release, versions): the language is the beginning of the path.

    The whole path, as a server may say that the portal stands below another one, and links are made from that.
    """
    version = request.site_state
    asked = sorted((name, tuple(values)) for name, values in request.GET.lists())
    told = [
        request.path,
        request.path_info,
        asked,
        release(),
        settings.PUBLIC_URL,
        version.epoch,
        version.position,
        version.version,
    ]
    return f"page:{sha256(repr(told).encode()).hexdigest()}"


def _seconds_to_keep(request: HttpRequest, response: HttpResponse) -> int:
    """0: not at all."""
    if (
        request.method != "GET"
        or response.status_code != 200
        or response.streaming
        or not response.get("Content-Type", "").startswith("text/html")
        or any(name in response for name in _NOT_KEPT)
        or response.cookies
        or "CSRF_COOKIE" in request.META  # a form's token was asked for
        or set(response.get("Vary", "").lower().replace(" ", "").split(",")) - {"", "cookie", "accept-encoding"}
        or "no-store" in response.get("Cache-Control", "")
        or "private" in response.get("Cache-Control", "")
        or len(response.content) > LARGEST_PAGE
    ):
        return 0
    until: datetime | None = getattr(request, "fresh_until", None)
    return min(KEPT, int((until - timezone.now()).total_seconds())) if until else KEPT


def _answer(request: HttpRequest, kept: tuple[bytes, bytes, dict]) -> HttpResponse:
    """Compressed for those who take it: kept pages hold nothing secret."""
    plain, compressed, headers = kept
    takes_gzip = bool(_TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")))
    response = HttpResponse(compressed if takes_gzip else plain, headers=headers)
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = len(response.content)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
