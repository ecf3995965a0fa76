"""Which addresses without a language lead to the same address with one."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path


class LanguageOfAddress(LocaleMiddleware):
    """As Django's, but only where the portal has a view of its own: an editor might write a page at any address.

    So what is not there below `/id/` or `/api/` is simply not there.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or get_language_from_path(request.path_info) or not _might_be_a_page(request):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", get_language())
        return response


def _might_be_a_page(request: HttpRequest) -> bool:
    path = request.path_info if request.path_info.endswith("/") else f"{request.path_info}/"
    try:
        return resolve(f"/{get_language()}{path}").url_name == "wagtail_serve"
    except Resolver404:
        return False
