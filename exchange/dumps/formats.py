"""The formats of dumps, and what makes each of them of the lines that the database gives."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.publication import dumps
from exchange.dumps import workbooks
from exchange.dumps.cells import as_cell
from exchange.dumps.rows import CHUNK, lines
from exchange.dumps.tables import Value, table_of
from exchange.linked import vocabulary

Progress = Callable[[int], None]
Make = Callable[[Any, Iterable[bytes], Progress], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """`make(kind, chunks of NDJSON, progress)` yields the bytes of the file; `progress` is told how many records it has."""

    ending: str
    media_type: str
    make: Make
    what: Promise
    parameters: str = ""  # of the media type
    is_packed: bool = False  # compressing it once more gains nothing
    most: int | None = None  # records

    @property
    def content_type(self) -> str:
        return self.media_type + self.parameters


def _ndjson(kind: str, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    yield from chunks


def _csv(kind: str, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    table = table_of(kind)
    yield from as_csv(table.header, (table.row_of(line.decode()) for line in lines(chunks)), progress)


def as_csv(header: Iterable[str], rows: Iterable[Iterable[Value]], progress: Progress) -> Iterator[bytes]:
    """`progress` is told how many rows there are."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow(_written(value) for value in row)
        if page.tell() > CHUNK:
            yield _taken(page)
            progress(number)
    yield _taken(page)


def _written(value: Value) -> str:
    if isinstance(value, str):
        return as_cell(value)
    return "" if value is None else dumps(value)


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode()


def _jsonld(kind: str, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    page = bytearray(f'{{"@context":{dumps(vocabulary.context())},"@graph":['.encode())
    for number, line in enumerate(lines(chunks), 1):
        page += b"\n" if number == 1 else b",\n"
        page += dumps(vocabulary.node_of(line)).encode()
        if len(page) > CHUNK:
            yield bytes(page)
            page.clear()
            progress(number)
    yield bytes(page + b"\n]}\n")


FORMATS = {
    each.ending: each
    for each in (
        Format(
            "ndjson",
            "application/x-ndjson",
            _ndjson,
            _("One record in JSON on each line, as the API gives it: for programs."),
        ),
        Format(
            "csv",
            "text/csv",
            _csv,
            _("A table with one row for each record: for programs and databases."),
            parameters="; charset=utf-8; header=present",
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbooks.make,
            _("The same table as a workbook: for spreadsheets."),
            is_packed=True,
            most=workbooks.MOST_RECORDS,
        ),
        Format(
            "jsonld", "application/ld+json", _jsonld, _("Linked data in the words of schema.org: for search engines.")
        ),
    )
}
