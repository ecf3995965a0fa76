"""A form that keeps what is typed while it is typed, and shows it again (`catalogue.working_copies`).

The page asks by script; what it is answered tells apart why something was not kept, in words that it can show.
"""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalogue import reviewing, uids, working_copies
from catalogue.drafting import conflicts, typed
from catalogue.models.entry import KindName
from catalogue.records import Record, RecordQuerySet
from operations import unexpected
from operations.dates import moment
from operations.reading import REFUSED

if TYPE_CHECKING:
    from catalogue.drafting.desk import Desk

MOST_STAMPS = 50
View = Callable[..., HttpResponse]


def at_one_go(view: View) -> View:
    """What is sent is kept in the transaction in which it was found that she may write there."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


def hers(
    request: HttpRequest, mine: RecordQuerySet, uid: UUID, *, kind: KindName, place: str | Subquery = ""
) -> Record | None:
    """Her record, with what `answer` asks of it. Before anything is kept its row is taken, and only then asked whether she may
    write it: who ends that right, or deletes the record, has done so by then, or finds what is kept.

    `place` is the desk's, or a query of the record's row that tells it.
    """
    mine = mine.with_hold().filter(uid=uid)
    if request.method == "POST":
        row = mine.model.objects.select_for_update().filter(uid=uid)
        told = row.values_list(Value(place) if isinstance(place, str) else place).first()
        if told is None:
            return None
        mine = working_copies.with_kept(mine, person=request.user, kind=kind, place=str(told[0]))
    return mine.first()


def hers_or_404(
    request: HttpRequest, mine: RecordQuerySet, uid: UUID, *, kind: KindName, place: str | Subquery = ""
) -> Record:
    if (record := hers(request, mine, uid, kind=kind, place=place)) is None:
        raise Http404
    return record


def answer(desk: "Desk") -> HttpResponse:
    """GET: whether she may write here, with a new token for the form. POST: keeps what is sent, or drops what was kept."""
    if desk.request.method != "POST":
        return JsonResponse(_standing(desk) | {"state": "open", "token": get_token(desk.request)})
    if desk.request.POST.get("action") == "drop":
        working_copies.drop(sheet=desk.sheet)
        messages.info(desk.request, _("What you had typed is dropped."))
        return redirect(desk.address())
    return _keep(desk)


def _standing(desk: "Desk") -> dict[str, Any]:
    """What of hers the portal has by now: by that the page tells what only the browser has."""
    record = desk.record or desk.begun
    return {
        "person": typed.mark_of(desk.user),
        "revision": str(record.latest_revision_id or "") if record else "",
        "own": bool(record and record.latest_revision and record.latest_revision.user_id == desk.user.pk),
        "stamp": desk.copy.stamp if desk.copy else "",
    }


def _keep(desk: "Desk") -> JsonResponse:
    posted = desk.request.POST
    if posted.get("person") not in (None, typed.mark_of(desk.user)):
        told = _("Somebody else is signed in now. Your text is kept in this browser, for you alone.")
        return _told("another_person", told, HTTPStatus.FORBIDDEN)
    text, revision = typed.typed_in(posted), typed.revision_in(posted)
    if not text:
        return _told("empty", _("There is nothing to save."), REFUSED)
    try:
        kept = working_copies.keep(
            sheet=desk.sheet,
            typed=text,
            revision=revision,
            stamp=_stamps(posted, "stamp")[0],
            known=_known(posted),
            kept=working_copies.kept_in(desk.record),
        )
    except working_copies.TypedElsewhere:
        told = _("You are writing this in another window, too. What you type here is kept in this browser alone.")
        return _told("elsewhere", told, HTTPStatus.CONFLICT)
    except working_copies.TooMuch:
        told = _("Not saved: it is more than can be kept. Save the draft.")
        return _told("too_much", told, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _kept(desk, revision, f"{localtime(kept):%H:%M}")


def _known(posted) -> list[str]:
    return _stamps(posted, "known")[:MOST_STAMPS]


def _stamps(posted, name: str) -> list[str]:
    return [each[:40] for each in posted.getlist(name) if each.isascii() and each.isalnum()] or [uuid4().hex]


def _kept(desk: "Desk", revision: int | None, at: str) -> JsonResponse:
    """What stands in the way of saving it as a draft later is told at once."""
    record = desk.record
    if record and getattr(record, "is_held", False) and reviewing.is_locked(record, desk.user):
        told = _("It was submitted or locked meanwhile, and nobody can change it now. What you type is kept for you.")
        return _told("locked", told, HTTPStatus.LOCKED, at=at)
    if record and record.latest_revision_id not in (None, revision):
        return _told("changed", _who_was_first(desk), HTTPStatus.CONFLICT, at=at)
    return JsonResponse({"state": "kept", "at": at})


def _who_was_first(desk: "Desk") -> str:
    first = desk.record.latest_revision
    when = moment(first.created_at)
    if first.user_id == desk.user.pk:
        told = _(
            "You saved this draft in another window, %(when)s. What you type here is kept; on saving you see both."
        )
        return told % {"when": when}
    told = _("%(name)s saved this draft first, %(when)s. What you type is kept for you; on saving you see both texts.")
    return told % {"name": capfirst(str(first.user or _("somebody"))), "when": when}


def _told(state: str, message: str, status: int, **more) -> JsonResponse:
    return JsonResponse({"state": state, "message": message} | more, status=status)


# Coming back


def shown_again(desk: "Desk") -> HttpResponse | None:
    """The form with what was typed, or both texts where another has been saved since; None, if all of it is saved."""
    data = typed.data_of(desk.copy)
    draft = desk.record.latest_draft()
    form = desk.form(draft, data)
    if not form.is_valid():
        return desk.show(form, copy=desk.copy, revision=desk.copy.revision or "")
    # where nothing waits a record is its own draft, and the form has written into it
    again = type(desk.record).objects.get(pk=desk.record.pk).latest_draft()
    if not typed.has_more(form) and typed.says_the_same(form, draft, again):
        return None
    latest = desk.record.latest_revision
    if latest and desk.copy.revision != latest.pk:
        if conflicts.goes_beside(form, latest, desk.relied_on):
            data["revision"] = str(latest.pk)
            return desk.show(desk.form(draft, data), copy=desk.copy)
        return desk.conflict(form, reviewing.EditConflict(latest), status=HTTPStatus.OK, copy=desk.copy)
    return desk.show(form, copy=desk.copy)


def told_of(desk: "Desk") -> dict[str, Any]:
    """What the page's script needs to know."""
    return _standing(desk) | {
        "address": desk.address("autosave"),
        "page": _page(desk, "edit"),
        "asks": _page(desk, "autosave"),
        "record": "-".join(filter(None, [str(desk.sheet.record), desk.sheet.place])),
    }


def _page(desk: "Desk", step: str) -> str:
    """Of this very record, also while nobody has saved it."""
    address = desk.address(step)
    if desk.record:
        return address
    return f"{address}{'&' if '?' in address else '?'}copy={desk.uid}"


def request_uid(request: HttpRequest) -> UUID:
    """Of a record that nobody has saved yet: the form carries its uid, the address of one that was begun does, too. A uid
    that she was not given is none.
    """
    sent = typed.uid_in(request.POST.get("uid"), request.GET.get("copy"))
    if sent and uids.is_hers(sent, request.user):
        return sent
    if sent and request.method == "POST":
        unexpected.note(request, values=["uid"])
    return uids.fresh(request.user)
