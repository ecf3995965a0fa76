"""Where calendars fetch their files: one event's, and all of them to subscribe to."""

import hashlib
import json
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext

from catalogue.filters import EntryFilter, InvalidParameters
from catalogue.models import CatalogueState, Entry, OldSlug
from events import calendars
from operations.reading import read_only
from operations.release import release

NOT_OURS = "network"  # the feed has our own events alone: networks must not echo each other


@read_only
def of_event(request: HttpRequest, slug: str) -> HttpResponse:
    entry = Entry.objects.at_slug("events", slug)
    if entry is None:
        return _moved(slug)
    if not entry.is_visible:
        return _withdrawn(entry)
    language, etag = get_language(), _etag(entry.etag, entry.position, get_language())
    return _conditional(request, etag, lambda: calendars.of_event(entry.record, language), f"{entry.slug}.ics")


def _moved(slug: str) -> HttpResponse:
    """Former addresses lead to the present one for ever."""
    former = OldSlug.objects.at("events", slug)
    entry = Entry.objects.filter(uid=former.uid).first() if former else None
    if entry is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("events:file", args=[entry.slug])) if entry.slug else _withdrawn(entry)


def _withdrawn(entry: Entry) -> HttpResponse:
    body = calendars.withdrawn(entry.uid, entry.version, entry.modified)
    return HttpResponse(body, content_type=f"{calendars.CONTENT_TYPE}; method=CANCEL", status=410)


@read_only
def feed(request: HttpRequest) -> HttpResponse:
    """With the filters of the list of events, and `lang` for the language of what is told. Raises InvalidParameters."""
    language, filters = _asked(request)
    state = CatalogueState.objects.current()
    # what is still to come changes with the minute
    minute = f"{timezone.now():%Y-%m-%d %H:%M}" if "when" in request.GET else ""
    etag = _etag(state.epoch, state.position, request.META.get("QUERY_STRING", ""), minute)
    response = _conditional(request, etag, lambda: _all_of(filters, language), "events.ics")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _asked(request: HttpRequest) -> tuple[str, EntryFilter]:
    filters = EntryFilter(request.GET, kind="events", also=("lang",))
    filters.check()
    if NOT_OURS in request.GET:
        told = gettext("There is no such parameter.")
        raise InvalidParameters([{"parameter": NOT_OURS, "code": "unknown", "message": told}])
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        told = gettext("'%(value)s' is not one of the known values.") % {"value": language}
        raise InvalidParameters([{"parameter": "lang", "code": "invalid", "message": told}])
    return language, filters


def _all_of(filters: EntryFilter, language: str) -> bytes:
    documents = filters.entries().order_by("starts", "pk").values_list("document", flat=True)
    return calendars.feed((json.loads(document) for document in documents), language)


def _etag(*told: object) -> str:
    text = json.dumps([release(), settings.PUBLIC_URL, *map(str, told)])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _conditional(request: HttpRequest, etag: str, body: Callable[[], bytes], name: str) -> HttpResponse:
    """The file, or 304 for a reader who has it; `body` is made only when it is sent."""
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body(), content_type=calendars.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response
