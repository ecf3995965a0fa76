"""Addresses for machines that watch the portal."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from operations import readiness
from operations.reading import read_only


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@read_only
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can do its work: 200, else 503; each answer by name."""
    answers = readiness.answers()
    ready = all(well for well, _ in answers.values())
    body = {"ready": ready, "checks": {name: {"ok": well, "value": value} for name, (well, value) in answers.items()}}
    return JsonResponse(body, status=200 if ready else 503)
