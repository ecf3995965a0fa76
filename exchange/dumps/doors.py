"""The doors of dumps: what there is, and a kind as it is read."""

from collections.abc import Callable, Iterator
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.filters import EntryFilter
from catalogue.publication import dumps
from catalogue.serializers import utc
from exchange import parameters, problems
from exchange.doors import Door, etag_of, known_etags
from exchange.dumps import places, shelf
from exchange.dumps.formats import FORMATS, Format
from exchange.dumps.readers import Reader, ReaderGone
from exchange.dumps.rows import Rows, rows_of
from exchange.dumps.stream import LiveStream
from exchange.dumps.workbooks import TooManyRows
from exchange.models import DumpFile
from exchange.shapes import BYTES

ENDING = OpenApiParameter(
    "ending",
    OpenApiTypes.STR,
    location=OpenApiParameter.PATH,
    enum=list(FORMATS),
    description=_("The format."),
)


def live_address(kind: str, ending: str) -> str:
    return f"{settings.PUBLIC_URL}/api/v1/dumps/{kind}.{ending}"


def file_address(file: DumpFile) -> str:
    return f"{settings.PUBLIC_URL}/api/v1/dumps/files/{file.name}"


class Dumps(Door):
    """The dumps of each kind: where they are made live, and which files are ready."""

    operation = "dumps"
    shape = "Dumps"

    def version(self) -> str:
        """Which files there are; nothing else changes."""
        return " ".join(file.name for file in self.files)

    @cached_property
    def files(self) -> list[DumpFile]:
        return shelf.ready()

    def body(self) -> str:
        self.asked.only()
        told = {
            str(kind.name): {
                "live": {ending: live_address(kind.name, ending) for ending in FORMATS},
                "files": [_told(file) for file in self.files if file.kind == kind.name],
            }
            for kind in kinds.all_kinds()
        }
        return dumps({"base": settings.PUBLIC_URL, "kinds": told})


def _told(file: DumpFile) -> dict:
    return {
        "name": file.name,
        "url": file_address(file),
        "format": file.format,
        "compression": file.compression or None,
        "media_type": shelf.media_type_of(file),
        "size": file.size,
        "records": file.records,
        "sha256": file.sha256,
        "cursor": file.cursor,
        "made": utc(file.made),
    }


class LiveDump(Door):
    """All records of one kind as a file, made while it is read; the header `X-Cursor` says where `changes` continues."""

    operation = "dump"
    shape = BYTES
    faults = (400, 404, 406, 503)

    @property
    def name(self) -> str:
        """The file's."""
        return self.kind

    @property
    def format(self) -> Format:
        if self.kwargs["ending"] not in FORMATS:
            raise Http404(f"There is no such format; those that are known are {', '.join(FORMATS)}.")
        return FORMATS[self.kwargs["ending"]]

    @property
    def media_types(self) -> tuple[str, ...]:
        if getattr(self, "kwargs", None):
            return (self.format.media_type,)
        return tuple(each.media_type for each in FORMATS.values())

    @property
    def parameters(self):
        return [ENDING, *parameters.filters(kinds.get(self.kind))]

    @cached_property
    def entries(self) -> QuerySet:
        return EntryFilter(self.asked.query, kind=self.kind).entries()

    def get(self, request, **where):
        minute, entries = self.minute, self.entries
        etag, known = etag_of(request, self.media_type, f"{minute}{self.state}"), known_etags(request)
        response = HttpResponse(status=304) if known & {etag, "*"} else self._answer(request, entries)
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
        response["X-Cursor"] = str(self.state)  # read before the rows
        return response

    def _answer(self, request: HttpRequest, entries: QuerySet) -> HttpResponse:
        if self.format.most and entries.order_by().count() > self.format.most:
            raise self._too_many()
        response = StreamingHttpResponse(() if request.method == "HEAD" else self._stream(request, entries))
        response["Content-Type"] = self.format.content_type
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{self.format.ending}"'
        return response

    def _stream(self, request: HttpRequest, entries: QuerySet) -> LiveStream:
        place = places.take()
        if place is None:
            raise self._busy()
        reader = Reader(request.META)
        try:
            rows = self._rows(entries)
        except BaseException:
            place.give_back()
            raise
        body = self._made(rows, lambda number: reader.is_there())
        stream = LiveStream(rows, body, place=place, reader=reader)
        try:
            stream.begin()
        except TooManyRows:
            raise self._too_many() from None
        except ReaderGone:
            raise problems.Problem("bad-request", "Nobody is there any longer.") from None
        return stream

    def _rows(self, entries: QuerySet) -> Rows:
        return rows_of(entries)

    def _made(self, rows: Rows, progress: Callable[[int], None]) -> Iterator[bytes]:
        return self.format.make(self.kind, rows, progress)

    def _too_many(self) -> problems.Problem:
        detail = f"A workbook holds {self.format.most} records and these are more: filter, or take another format."
        return problems.Problem("too-many-rows", detail)

    def _busy(self) -> problems.Problem:
        file = shelf.ready_file(self.kind, self.format.ending)
        detail = f"{settings.EXCHANGE['DUMPS_AT_ONCE']} dumps are being read, as many as can be made at once."
        return problems.Problem("too-many-readers", detail, ready_made=file_address(file) if file else None)
