"""The door of ready-made files: whole or in parts, kept by caches, never unpacked on the way."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext_lazy as _

from exchange import parameters, problems
from exchange.doors import Door
from exchange.dumps import shelf
from exchange.dumps.formats import FORMATS
from exchange.dumps.readers import Reader
from exchange.dumps.rows import CHUNK
from exchange.models import DumpFile
from exchange.shapes import BYTES

_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))")


class Part:
    """So many bytes of an open file, from where it stands; closes it in every ending."""

    def __init__(self, file: BinaryIO, length: int, reader: Reader):
        self._file, self._left, self._reader = file, length, reader

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._file.read(min(CHUNK, self._left)) if self._left else b""
        if not chunk:
            self.close()
            raise StopIteration
        self._left -= len(chunk)
        self._reader.is_given(len(chunk))
        return chunk

    def close(self) -> None:
        self._file.close()

    __del__ = close


class ReadyFile(Door):
    """A ready-made file, or the part of it that the header `Range` asks for."""

    operation = "dump_file"
    media_types = (*(each.media_type for each in FORMATS.values()), *shelf.MEDIA_TYPES.values())
    parameters = (parameters.in_path("name", _("The name of a file in the list of dumps.")),)
    shape = BYTES
    faults = (400, 404, 410, 416)

    def initial(self, request, **where):
        """Its bytes are what they are, whatever `Accept` would like."""

    def get(self, request, name: str):
        self.asked.only()
        file = shelf.of_name(name)
        self.size = file.size if file else 0
        if file is None and shelf.is_name(name):
            raise problems.Problem("no-longer-kept", "Files that are ready are listed at /api/v1/dumps/.")
        if file is None:
            raise Http404("There is no such file; those that are ready are listed at /api/v1/dumps/.")
        if not shelf.may_be_given(file):
            raise problems.Problem("no-longer-kept", "Something that stood in this file was withdrawn.")
        response = self._answer(request, file)
        response["ETag"] = f'"{file.sha256}"'
        response["Last-Modified"] = http_date(file.made.timestamp())
        # the name is that of these bytes for ever, but nobody shall keep them longer than we do
        response["Cache-Control"] = f"public, max-age={settings.EXCHANGE['DUMPS_KEPT'] * 60}, immutable"
        response["Accept-Ranges"] = "bytes"
        response["X-Cursor"] = file.cursor
        return response

    def finalize_response(self, request, response, **where):
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            response["Content-Range"] = f"bytes */{self.size}"
        return super().finalize_response(request, response, **where)

    def _answer(self, request: HttpRequest, file: DumpFile) -> HttpResponse:
        if _is_known(request, file):
            return HttpResponse(status=304)
        try:
            opened = shelf.path_of(file.name).open("rb")
        except FileNotFoundError:
            raise problems.Problem("no-longer-kept", "The file is no longer there.") from None
        try:
            start, length, status = _asked_part(request, file)
            opened.seek(start)
        except BaseException:
            opened.close()
            raise
        if request.method == "HEAD":
            opened.close()
            response = StreamingHttpResponse(())
        else:
            response = StreamingHttpResponse(Part(opened, length, Reader(request.META)), status=status)
        response["Content-Type"] = shelf.media_type_of(file)
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
        response["Content-Length"] = length
        if status == 206:
            response["Content-Range"] = f"bytes {start}-{start + length - 1}/{file.size}"
        return response


def _is_known(request: HttpRequest, file: DumpFile) -> bool:
    """RFC 9110, section 13.2.2: If-Modified-Since counts only where If-None-Match is not given."""
    if told := request.headers.get("If-None-Match"):
        known = {each.strip().removeprefix("W/") for each in told.split(",")}
        return bool(known & {"*", f'"{file.sha256}"'})
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(file.made.timestamp()) <= since


def _asked_part(request: HttpRequest, file: DumpFile) -> tuple[int, int, int]:
    """(start, length, status). What is no single range of bytes is not understood, and then the whole is sent."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or request.method != "GET" or not _is_of_this(request, file):
        return 0, file.size, 200
    first, last, suffix = match.groups()
    if suffix:
        start, end = max(0, file.size - int(suffix)), file.size - 1
    else:
        start, end = int(first), min(int(last), file.size - 1) if last else file.size - 1
        if last and int(last) < start:
            return 0, file.size, 200
    if start > end or start >= file.size:
        raise problems.Problem("range-not-satisfiable", f"The file has {file.size} bytes.")
    return start, end - start + 1, 206


def _is_of_this(request: HttpRequest, file: DumpFile) -> bool:
    """If-Range: the part is of use only with the parts that the reader has (RFC 9110, section 13.1.5)."""
    told = request.headers.get("If-Range", "")
    return told in ("", f'"{file.sha256}"', http_date(file.made.timestamp()))
