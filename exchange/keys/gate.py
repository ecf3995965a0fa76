"""The gate before the read doors: whose key it is, and whether somebody asks too often.

Everything stays readable without a key. One that is good has the higher limits where its scopes say so; elsewhere it counts
as a visitor does. One that is not good is refused, for whoever sends it believes it is.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from exchange import problems
from exchange.doors import for_everyone
from exchange.keys import known, limits, use
from exchange.keys.known import Grant
from exchange.keys.limits import Taken
from exchange.models import Scope

DUMPS = ("/api/v1/dumps/", "/api/v1/interreg/")  # whole kinds, made while they are read
BEARER = "bearer "
TRIES = "tries"  # of keys that are not good
MOST = {
    (Scope.READ, False): "READS_A_MINUTE",
    (Scope.READ, True): "READS_A_MINUTE_WITH_KEY",
    (Scope.HARVEST, False): "DUMPS_A_MINUTE",
    (Scope.HARVEST, True): "DUMPS_A_MINUTE_WITH_KEY",
}

Answer = Callable[[HttpRequest], HttpResponse]


class Visit(NamedTuple):
    """Who asks: a network by its key, or nobody in particular; and how its bucket stands."""

    room: Scope
    grant: Grant | None
    taken: Taken


def gate(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return get_response(request)  # what browsers ask before they ask; it carries no key, and costs nothing
        try:
            visit = visit_of(request)
        except (problems.Problem, DatabaseError) as error:
            return _refused(request, error)
        if visit.taken.wait:
            response = _too_often(request, visit)
        elif visit.grant is None:
            return get_response(request)
        else:
            response = get_response(request)
        _tell(response, visit)
        if visit.grant:
            use.count(visit.grant, request, response, refused=bool(visit.taken.wait))
        return response

    return answer


def visit_of(request: HttpRequest) -> Visit:
    """Raises the problem `invalid-key`, and DatabaseError."""
    room = Scope.HARVEST if request.path_info.startswith(DUMPS) else Scope.READ
    sent = request.META.get("HTTP_AUTHORIZATION", "")
    if sent[: len(BEARER)].lower() != BEARER:
        return Visit(room, None, _of_visitor(request, room))
    key = sent[len(BEARER) :].strip()
    grant = known.remembered(key)
    if grant is None:
        grant = known.look_up(key)  # before the tries are looked at: a good key never waits for its neighbours
        if grant is None:
            tries = limits.buckets.take((limits.address_of(request), TRIES), settings.EXCHANGE["READS_A_MINUTE"])
            if tries.wait:
                return Visit(Scope.READ, None, tries)
            raise problems.Problem("invalid-key", "The key is unknown, has ended or was revoked.")
    if room not in grant.scopes:
        return Visit(room, grant, _of_visitor(request, room))
    return Visit(room, grant, limits.buckets.take((grant.client, room), settings.EXCHANGE[MOST[room, True]]))


def _of_visitor(request: HttpRequest, room: Scope) -> Taken:
    return limits.buckets.take((limits.address_of(request), room), settings.EXCHANGE[MOST[room, False]])


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    response = for_everyone(request, problems.answer(request, error))
    if response.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="MER", error="invalid_token"'  # RFC 6750, section 3
    response["Cache-Control"] = "no-store"
    return response


def _too_often(request: HttpRequest, visit: Visit) -> HttpResponse:
    seconds = math.ceil(visit.taken.wait)
    detail = f"{visit.taken.most} requests a minute are answered here. Ask again in {seconds} s."
    return _refused(request, problems.Problem("too-many-requests", detail, wait=seconds))


def _tell(response: HttpResponse, visit: Visit) -> None:
    """As draft-ietf-httpapi-ratelimit-headers has it: the quota of a minute, and what is left of it."""
    if visit.taken.most:
        response["RateLimit-Policy"] = f'"{visit.room}";q={visit.taken.most};w=60'
        response["RateLimit"] = f'"{visit.room}";r={visit.taken.left};t={math.ceil(visit.taken.wait)}'
