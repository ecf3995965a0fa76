"""What every read door has in common: whom it answers, in which form, and when it need not answer at all."""

import gzip
import hashlib
import json
import time
import tomllib
from collections.abc import Iterable, Sequence
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from catalogue import kinds
from catalogue.publication import dumps
from exchange import memory, problems
from exchange.clock import Now
from exchange.parameters import Asked
from exchange.schema import DoorSchema
from operations.lines import InPieces

RELEASE = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
JSON = "application/json"
MOST_PARAMETERS = 75  # values of all parameters together: the longest question fits into the line that gunicorn reads
WORTH_PACKING = 1_000  # bytes
PACKED_THIS_HARD = 5  # of 9: a page of records becomes as small as with 9, nearly, in a third of the time
VARY = "Accept, Accept-Encoding"
EXPOSED = (
    "Accept-Ranges, Content-Disposition, Content-Range, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Cursor"
)


class Door(APIView):
    """Answers GET, HEAD and OPTIONS to everybody, conditionally; every fault is a problem.

    A door says in `version` what its answer depends on, and makes the answer in `body`; `body` is not called when the
    reader has it already. `parameters` and `shape` are what the schema tells of it.
    """

    http_method_names = ["get", "head", "options"]
    schema = DoorSchema()
    media_types = (JSON,)
    kind = ""
    operation = ""
    parameters: Sequence[OpenApiParameter] = ()
    shape: str | type[Serializer]  # a component's name, or the serializer of what is answered
    faults: tuple[int, ...] = (400, 406)

    def version(self) -> str:
        """How far the catalogue was when the answer was made; read before its rows, it never claims too much."""
        return str(self.state)

    @cached_property
    def state(self) -> Now:
        return Now.read()

    @property
    def minute(self) -> str:
        """What is still to come changes with it, too; what happens ends at whole ones. To be told before the rows are found."""
        return f"{time.time() // 60:.0f}-" if "when" in self.request.GET else ""

    @property
    def is_perhaps_known(self) -> bool:
        """Whether the answer may be had without its rows: the reader has it, or it was packed before."""
        return takes_gzip(self.request) or bool(known_etags(self.request))

    @cached_property
    def asked(self) -> Asked:
        query = self.request.GET
        if sum(len(values) for _name, values in query.lists()) > MOST_PARAMETERS:
            raise problems.Problem("bad-request", f"At most {MOST_PARAMETERS} parameters can be given.")
        return Asked(query)

    def get(self, request, **where):
        etag, known = etag_of(request, self.media_type, self.version()), known_etags(request)
        if etag in known:
            response = HttpResponse(status=304)
        elif "*" in known:
            self.body()  # what is wrong with the question is told first
            response = HttpResponse(status=304)
        else:
            response = self._packed(etag) if takes_gzip(request) else self._plain(self.body())
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
        return response

    @property
    def content_type(self) -> str:
        """Of texts with their charset: without it Turtle with other letters than ASCII may be taken for Latin-1."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    def _plain(self, body: str | bytes) -> HttpResponse:
        return InPieces(body, content_type=self.content_type)

    def _packed(self, etag: str) -> HttpResponse:
        """Packing costs far more than reading, so what was packed is kept, and then not even read again."""
        answer = memory.packed.get(etag)
        if answer is None:
            body = self.body()
            body = body.encode() if isinstance(body, str) else body
            if len(body) < WORTH_PACKING:
                return self._plain(body)
            answer = gzip.compress(body, PACKED_THIS_HARD, mtime=0)
            memory.packed.keep(etag, answer)
        response = self._plain(answer)
        response["Content-Encoding"] = "gzip"
        return response

    def options(self, request, **where):
        """What a browser asks before it lets a page of another site send a conditional request."""
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
        response["Access-Control-Allow-Headers"] = "Accept, Authorization, If-None-Match, If-Range, Range"
        response["Access-Control-Max-Age"] = "86400"
        return response

    # What DRF would do here about users, throttles and renderers costs more than the answer.

    def initialize_request(self, request, **where):
        return request

    def initial(self, request, **where):
        if request.method != "OPTIONS":
            self.media_type = accepted(request, self.media_types)

    def finalize_response(self, request, response, **where):
        response["Allow"] = ", ".join(self.allowed_methods)
        return for_everyone(request, response)


def joined(head: str, texts: Iterable[str | bytes], tail: str) -> bytes:
    """`head`, the texts with commas between them, `tail`. Copies what is long once: three times costs a page double."""
    parts = [text if isinstance(text, bytes) else text.encode() for text in texts] or [b""]
    parts[0] = head.encode() + parts[0]
    parts[-1] += tail.encode()
    return b",".join(parts)


def for_everyone(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Readable by pages of all sites, without credentials; HEAD as long as GET would be."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Vary"] = f"{VARY}, {response['Vary']}" if "Vary" in response.headers else VARY  # problems depend on more
    if response.streaming:
        return response
    if response.status_code not in (204, 304):
        response.headers.setdefault("Content-Length", str(len(response.content)))
    if request.method == "HEAD":
        response.content = b""
    return response


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the reader says so; who says nothing, or that anything will do, gets it plain (RFC 9110, section 12.5.3)."""
    asked = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in asked and _liked(asked).get("gzip", 0) > 0


def etag_of(request: HttpRequest, media_type: str, version: str) -> str:
    """Weak, as the same answer is sent plain and packed."""
    asked = (request.path, request.META.get("QUERY_STRING", ""), media_type, request.META.get("HTTP_HOST", ""))
    told = json.dumps([RELEASE, settings.PUBLIC_URL, version, *asked])
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def known_etags(request: HttpRequest) -> set[str]:
    """Those of If-None-Match, all made weak, as that is how they are compared there (RFC 9110, section 13.1.2)."""
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return {each if each == "*" else f"W/{each.removeprefix('W/')}" for each in known}


def accepted(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """The first of the offered media types that the reader takes, best liked first; parameters but `q` do not matter.

    Raises the problem `not-acceptable`.
    """
    asked = request.META.get("HTTP_ACCEPT", "").strip() or "*/*"
    if asked == "*/*":
        return offered[0]
    liked = _liked(asked)
    chosen = max(offered, key=lambda media_type: _liking(liked, media_type))
    if not _liking(liked, chosen):
        raise problems.Problem("not-acceptable", f"This address answers in {' or '.join(offered)}.")
    return chosen


def _liked(asked: str) -> dict[str, float]:
    """What a header of negotiation names, each with how much it is liked."""
    liked: dict[str, float] = {}
    for part in asked.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        liked[name] = max(_quality(parameters), liked.get(name, 0))
    return liked


def _liking(liked: dict[str, float], media_type: str) -> float:
    """By the most particular range that covers the type (RFC 9110, section 12.5.1)."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((liked[each] for each in ranges if each in liked), 0)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 1.0
    return 1.0


class Doors(Door):
    """The doors of the API, as absolute addresses."""

    operation = "doors"
    shape = "Doors"

    def version(self) -> str:
        return ""

    def body(self) -> str:
        self.asked.only()
        api = f"{settings.PUBLIC_URL}/api"
        doors = {
            "base": settings.PUBLIC_URL,
            "kinds": {kind.name: f"{api}/v1/{kind.name}/" for kind in kinds.all_kinds()},
            "changes": f"{api}/v1/changes/",
            "dumps": f"{api}/v1/dumps/",
            "state": f"{api}/v1/state/",
            "schema": f"{api}/v1/schema/",
            "docs": f"{api}/docs/",
            "oai": f"{settings.PUBLIC_URL}/oai",
            "catalogue": f"{settings.PUBLIC_URL}/catalogue.ttl",
            "feed": f"{settings.PUBLIC_URL}/feeds/all.atom",
            "interreg": f"{api}/v1/interreg/projects.json",
            "operations": f"{api}/v1/interreg/operations.xlsx",
        }
        return dumps(doors)

    def get(self, request, **where):
        response = super().get(request, **where)
        response["Link"] = '</api/v1/schema/>; rel="service-desc", </api/docs/>; rel="service-doc"'
        return response


@csrf_exempt
def nowhere(request: HttpRequest, **where) -> HttpResponse:
    """Every address among the read doors that leads nowhere; one that lacks only its last slash leads on."""
    if request.method in ("GET", "HEAD") and _is_door(f"{request.path_info}/"):
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    else:
        detail = f"There is nothing at this address; the doors are listed at {settings.PUBLIC_URL}/api/v1/."
        response = problems.answer(request, problems.Problem("not-found", detail))
    return for_everyone(request, response)


def _is_door(path: str) -> bool:
    try:
        return resolve(path).func is not nowhere
    except Resolver404:
        return False
