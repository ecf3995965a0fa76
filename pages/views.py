from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from operations.reading import read_only
from pages import reading
from pages.languages import home_address, preferred_language
from pages.models.told import ToldPage


@read_only
def home(request: HttpRequest) -> HttpResponse:
    page = reading.home()
    if page is None:
        raise Http404
    return page.serve(request)


@read_only
def told_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page that an editor wrote."""
    *above, page = reading.chain_to(path) or [None]
    if not isinstance(page and (page := page.specific), ToldPage):
        raise Http404
    reading.tell_addresses(request, page)
    request.steps = [{"label": each.title, "url": each.url_path} for each in [*above[1:], page]]
    return page.serve(request)


@read_only
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads on to one of the languages. Only the browser's wish counts, no cookie, so that the answer can be cached."""
    response = HttpResponseRedirect(home_address(preferred_language(request.headers.get("Accept-Language", ""))))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"form_expired": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


# What went wrong may be the host name, the session or the database: these two pages are drawn from nothing but themselves.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)
