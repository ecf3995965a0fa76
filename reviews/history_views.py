"""Where the people of a record and its reviewers read what has happened to it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from accounts import access
from accounts.access import allowed
from catalogue import kinds
from catalogue.latest import latest_title
from operations.reading import read_only
from reviews import history as histories
from reviews.views import first_of, reviewed_records

PAGE = 50


@read_only
@allowed("records.history")
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Of what she may read as a draft; editors read all."""
    readable = reviewed_records()
    if not access.may(request.user, "desk.records"):
        readable = (records.readable_by(request.user) for records in readable)
    record = first_of(records.filter(uid=uid) for records in readable)
    if record is None:
        raise Http404
    page = Paginator(histories.of(record), PAGE).get_page(request.GET.get("page"))
    kind = kinds.of(record)
    context = {"title": latest_title(record), "symbol": kind.symbol, "label": capfirst(str(kind.label)), "page": page}
    return render(request, "reviews/history.html", context | {"stops": [step.stop for step in page]})
