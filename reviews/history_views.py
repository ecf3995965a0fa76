"""Where the people of a record and its reviewers read what has happened to it."""

from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from accounts import access
from accounts.access import allowed
from accounts.models import User
from catalogue import kinds
from catalogue.latest import known_title, latest_title
from operations.reading import read_only
from partners.models import ReviewedQuerySet, ReviewedRecord
from reviews import history as histories
from reviews.views import first_of, reviewed_records

PAGE = 50


@read_only
@allowed("records.history")
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Of what she may read as a draft, or has decided on; editors read all."""
    found = [records.filter(uid=uid) for records in reviewed_records()]
    is_editor = access.may(request.user, "desk.records")
    readable = first_of(found if is_editor else (records.readable_by(request.user) for records in found))
    record = readable or _decided_by(found, request.user)
    if record is None:
        raise Http404
    page = Paginator(histories.of(record), PAGE).get_page(request.GET.get("page"))
    kind, title = kinds.of(record), latest_title(record) if readable else known_title(record)
    context = {"title": title, "symbol": kind.symbol, "label": capfirst(str(kind.label)), "page": page}
    return render(request, "reviews/history.html", context | {"stops": [step.stop for step in page]})


def _decided_by(found: Iterable[ReviewedQuerySet], user: User) -> ReviewedRecord | None:
    """Who has decided on it as a reviewer reads on what becomes of it; by the title under which it is known."""
    if not access.may(user, "reviews.assess"):
        return None
    return first_of(records.decided_by(user) for records in found)
