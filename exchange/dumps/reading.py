"""Dumps read back into the very documents that they were made of."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

import zstandard

from exchange.dumps import workbooks
from exchange.dumps.cells import from_cell
from exchange.dumps.tables import BOOLEAN, NUMBER, WHOLE, Value, table_of

LONGEST_CELL = 64 * 1024 * 1024  # characters


class Unreadable(ValueError):
    """The file is no dump, or not whole."""


def documents_of(path: Path) -> Iterator[str]:
    """The documents in a file named as dumps are: `practices.ndjson`, `.csv` or `.xlsx`, with `.gz` or `.zst` or without.

    Raises Unreadable.
    """
    endings = [ending.lstrip(".") for ending in path.suffixes]
    packed = endings.pop() if endings and endings[-1] in _UNPACKED else ""
    read = _READ.get(endings[-1] if endings else "")
    if read is None:
        raise Unreadable(f"{path.name} does not end as a dump that can be read back: .ndjson, .csv or .xlsx.")
    try:
        with path.open("rb") as file, _UNPACKED[packed](file) as unpacked:
            yield from read(unpacked)
    except (ValueError, KeyError, EOFError, OSError, zstandard.ZstdError, csv.Error, BadZipFile) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _ndjson(file: BinaryIO) -> Iterator[str]:
    for line in file:
        text = line.decode()
        if not text.endswith("\n"):
            raise Unreadable("the last line has no end.")
        json.loads(text)
        yield text[:-1]


def _csv(file: BinaryIO) -> Iterator[str]:
    csv.field_size_limit(LONGEST_CELL)
    with io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            table = table_of(row["kind"])
            yield table.text_of([_value(row.get(name) or "", type_) for name, type_ in table.types.items()])


def _value(cell: str, type_: str) -> Value:
    if cell == "":
        return None
    return json.loads(cell) if type_ in (WHOLE, NUMBER, BOOLEAN) else from_cell(cell)


_UNPACKED: dict[str, Callable] = {
    "": lambda file: file,
    "gz": lambda file: gzip.GzipFile(fileobj=file),
    "zst": lambda file: io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file)),
}
_READ: dict[str, Callable[[BinaryIO], Iterator[str]]] = {"ndjson": _ndjson, "csv": _csv, "xlsx": workbooks.read}
