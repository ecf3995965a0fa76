"""What goes wrong at a door, told as RFC 9457 says: `application/problem+json` with a type that explains itself."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from structlog.contextvars import get_contextvars

from catalogue.cursors import ResyncRequired
from catalogue.filters import InvalidParameters
from catalogue.models import Entry
from catalogue.serializers import utc
from exchange import fault_pages

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 10  # seconds until a busy database is worth another try


@dataclass(frozen=True)
class ProblemType:
    """`remedy` is what the page behind the type's address tells a developer."""

    status: int
    title: Promise
    remedy: Promise


PROBLEM_TYPES = {
    "invalid-parameter": ProblemType(
        400,
        _("Invalid parameter"),
        _(
            "A parameter is unknown, has a value that cannot be, or stands twice. The member `errors` names each one"
            " with a code (`unknown`, `invalid`, `repeated`) and a message. Nothing is ignored silently: a filter with"
            " a typing mistake would otherwise give you the whole list."
        ),
    ),
    "bad-request": ProblemType(
        400, _("Bad request"), _("The request could not be read at all. The member `detail` says why.")
    ),
    "invalid-key": ProblemType(
        401,
        _("No good key"),
        _(
            "The key in the header `Authorization` is unknown, has ended or was revoked. Everything can be read without a"
            " key: leave the header out, or make a new key."
        ),
    ),
    "forbidden": ProblemType(403, _("Forbidden"), _("This is not for the public.")),
    "not-found": ProblemType(
        404,
        _("Not found"),
        _(
            "There is nothing at this address, and there never was. What was published once and withdrawn later answers"
            " 410 instead. All addresses of the API are listed at /api/v1/."
        ),
    ),
    "method-not-allowed": ProblemType(
        405, _("Method not allowed"), _("The header `Allow` of the answer lists the methods that this address knows.")
    ),
    "not-acceptable": ProblemType(
        406,
        _("Not acceptable"),
        _("The header `Accept` asks for a form that this address does not know. The API speaks `application/json`."),
    ),
    "withdrawn": ProblemType(
        410,
        _("Withdrawn"),
        _(
            "The record was published and is no longer. Its tombstone is in the answer: `uid`, `kind`, `withdrawn`"
            " (when), `reason`, and `merged_into` with the uid of the record that took its place. Remove it from your"
            " copy; the feed of changes tells it, too."
        ),
    ),
    "resync-required": ProblemType(
        410,
        _("Start anew"),
        _(
            "The cursor is of another epoch, or ahead of the catalogue, because the portal was restored from a backup."
            " Empty your copy and read the changes from `since=0`."
        ),
    ),
    "no-longer-kept": ProblemType(
        410,
        _("No longer kept"),
        _(
            "The ready-made file was made anew, or something that stood in it was withdrawn. The present ones are listed at"
            " /api/v1/dumps/; a copy that you have is brought up to date by the feed of changes, from its cursor on."
        ),
    ),
    "range-not-satisfiable": ProblemType(
        416,
        _("No such part"),
        _("The header `Range` asks for bytes behind the end of the file. `Content-Range` says how long it is."),
    ),
    "too-many-rows": ProblemType(
        400,
        _("Too many rows"),
        _(
            "A workbook has 1,048,576 rows. Ask for fewer records by a filter, or take another format: NDJSON, CSV and"
            " JSON-LD have no end."
        ),
    ),
    "too-many-readers": ProblemType(
        503,
        _("Too many readers"),
        _(
            "A few dumps can be made at once, and others are being made. Try again after the seconds in the header"
            " `Retry-After`, or take the ready-made file, if the member `ready_made` names one."
        ),
    ),
    "too-many-requests": ProblemType(
        429,
        _("Too many requests"),
        _(
            "So many requests in a minute are answered as the member `detail` says. Wait for the seconds in the header"
            " `Retry-After`; a network with a key may ask more often."
        ),
    ),
    "server-error": ProblemType(
        500,
        _("Server error"),
        _("The mistake is ours, and it is in our log. If it stays, tell us the answer's `request_id`."),
    ),
    "unavailable": ProblemType(
        503,
        _("Not available at the moment"),
        _("The database does not answer. Try again after the seconds in the header `Retry-After`."),
    ),
}


class Problem(Exception):
    """One of PROBLEM_TYPES, with what is particular this time; `members` are added to the answer.

    `wait` is in seconds, for the header `Retry-After`; what is not available for a while waits RETRY_AFTER.
    """

    def __init__(self, name: str, detail: str, *, wait: int = 0, **members):
        self.name, self.detail, self.members = name, detail, members
        self.wait = wait or (RETRY_AFTER if PROBLEM_TYPES[name].status == HTTPStatus.SERVICE_UNAVAILABLE else 0)
        super().__init__(detail)


def withdrawn(entry: Entry) -> Problem:
    """The tombstone of a withdrawn entry."""
    return Problem(
        "withdrawn",
        "The record was withdrawn.",
        uid=str(entry.uid),
        kind=entry.kind,
        withdrawn=utc(entry.withdrawn),
        reason=entry.reason,
        merged_into=str(entry.merged_into) if entry.merged_into else None,
    )


def exception_handler(error: Exception, context: dict) -> HttpResponse:
    """Every exception of an API view as an answer; DRF's setting EXCEPTION_HANDLER."""
    return answer(context["request"], error)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """A problem for programs; for people whose browser has led them there, a page."""
    problem = _problem_of(error)
    if problem is None and isinstance(error, APIException):
        return _of_status(request, error)
    if problem is None:
        known_as = get_contextvars().get("request_id")
        problem = Problem("server-error", "Something went wrong on our side.", request_id=known_as)
    kind = PROBLEM_TYPES[problem.name]
    with translation.override("en"):
        told = {
            "type": f"{settings.PUBLIC_URL}/problems/{problem.name}",
            "title": str(kind.title),
            "status": kind.status,
            "detail": problem.detail,
            "instance": escape_uri_path(request.path),
            **problem.members,
        }
    response = _respond(request, told, title=kind.title, remedy=kind.remedy, wait=problem.wait)
    if problem.wait:
        response["Retry-After"] = problem.wait
    if isinstance(error, Problem):
        log_response("%s: %s", kind.title, request.path, response=response, request=request, level="warning")
    elif kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log_response("%s: %s", kind.title, request.path, response=response, request=request, exception=error)
    if kind.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        got_request_exception.send(sender=None, request=request)  # what watches for errors hears of it, tests too
    return response


def _problem_of(error: Exception) -> Problem | None:
    match error:
        case Problem():
            return error
        case InvalidParameters():
            return Problem("invalid-parameter", str(error), errors=error.errors)
        case ResyncRequired():
            return Problem("resync-required", str(error))
        case Http404():
            return Problem("not-found", str(error) or "There is nothing at this address.")
        case PermissionDenied():
            return Problem("forbidden", str(error) or "This is not for the public.")
        case SuspiciousOperation():
            return Problem("bad-request", str(error) or "The request could not be read.")
        case OperationalError() | InterfaceError():
            return Problem("unavailable", "The database does not answer at the moment.")
        case APIException(status_code=HTTPStatus.METHOD_NOT_ALLOWED):
            return Problem("method-not-allowed", str(error.detail))
    return None


def _of_status(request: HttpRequest, error: APIException) -> HttpResponse:
    """A type of RFC 9457's own for what has no page of ours."""
    status = HTTPStatus(error.status_code)
    told = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": str(error.detail)}
    return _respond(request, told | {"instance": escape_uri_path(request.path)}, title=status.phrase)


def _respond(request: HttpRequest, told: dict, **for_people) -> HttpResponse:
    """As a page where a browser navigates."""
    if fault_pages.is_wanted(request):
        return fault_pages.page(request, told, **for_people)
    body = json.dumps(told, ensure_ascii=False)
    headers = {"Vary": fault_pages.DECIDED_BY}
    return HttpResponse(body, content_type=MEDIA_TYPE, status=told["status"], headers=headers)
