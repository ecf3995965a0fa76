"""A kind as a workbook (XLSX): the rows of its table, with numbers and dates that a spreadsheet calculates with.

Texts are as in `exchange.dumps.cells`. What is longer than a cell of Excel takes stands in pieces on the sheet `long texts`,
under the row's uid and the column's name, and its cell is empty. Times are UTC.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from exchange.dumps.cells import as_cell, from_cell
from exchange.dumps.rows import CHUNK, lines
from exchange.dumps.tables import DECIMAL, MOMENT, NUMBER, WHOLE, Table, Value, table_of

MOST_RECORDS = 1_048_575  # rows of an Excel sheet, without the header
MOST_UNITS = 32_767  # of UTF-16 in a cell
PIECE = 4_000  # characters: as many fit even where each is spelt
RECORDS, LONG = "records", "long texts"
DATE, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
FIRST_DAY = 1901  # Excel knows a 29 February 1900, and nothing before
UTC_TIME = "%Y-%m-%dT%H:%M:%SZ"


class TooManyRows(ValueError):
    """Excel has no more rows."""


def begun() -> Workbook:
    """Empty, and written row by row."""
    book = Workbook(write_only=True)
    book.properties.creator = f"{settings.SITE_NAME} portal"
    return book


def make(kind: str, chunks: Iterable[bytes], progress: Callable[[int], None]) -> Iterator[bytes]:
    """The file is put together on disk: the table of contents of a workbook stands at its end."""
    book = begun()
    try:
        records, long = book.create_sheet(RECORDS), book.create_sheet(LONG)
        records.freeze_panes = "A2"
        table = table_of(kind)
        records.append(table.header)
        long.append(["uid", "column", "text"])
        for number, line in enumerate(lines(chunks), 1):
            if number > MOST_RECORDS:
                raise TooManyRows
            row = table.row_of(line.decode())
            records.append(
                [cell_of(records, value, type_) for value, type_ in zip(row, table.types.values(), strict=True)]
            )
            for name, piece in _pieces(table, row):
                long.append([row[0], name, _text(long, piece)])
            if number % 100 == 0:
                progress(number)
        yield from saved(book)
    finally:
        throw_away(book)


def saved(book: Workbook) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def read(file: BinaryIO) -> Iterator[str]:
    """The documents that the workbook was made of."""
    book = load_workbook(file, read_only=True)
    try:
        long: dict[tuple[str, str], str] = {}
        for uid, name, piece in book[LONG].iter_rows(min_row=2, values_only=True):
            long[uid, name] = long.get((uid, name), "") + from_cell(piece)
        rows = book[RECORDS].iter_rows()
        header = [cell.value for cell in next(rows)]
        for row in rows:
            cells = {name: cell for name, cell in zip(header, row, strict=False) if cell.value is not None}
            uid = cells["uid"].value
            table = table_of(cells["kind"].value)
            values = {name: _read(cells[name], type_) for name, type_ in table.types.items() if name in cells}
            values |= {name: long[uid, name] for name in table.types if (uid, name) in long}
            yield table.text_of([values.get(name) for name in table.header])
    finally:
        book.close()


def throw_away(book: Workbook) -> None:
    """A book that was never saved leaves the files of its sheets behind."""
    for sheet in book.worksheets:
        writer = sheet._writer
        if writer is not None and Path(writer.out).exists():
            if not sheet.closed:
                sheet.close()
            writer.cleanup()


def cell_of(sheet, value: Value, type_: str) -> Any:
    """What openpyxl writes: dates and numbers as such, texts as nothing else."""
    if not isinstance(value, str):
        return value
    if type_ == DECIMAL:
        places = len(value.partition(".")[2])
        return _formatted(sheet, Decimal(value), "0." + "0" * places if places else "0")
    if type_ == MOMENT and (moment := _moment(value)):
        return _formatted(sheet, moment, TIME if isinstance(moment, datetime) else DATE)
    text = as_cell(value)
    return _text(sheet, text) if fits(text) else None


def _text(sheet, text: str) -> Any:
    if not text.startswith("#"):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # else `#N/A` is an error
    return cell


def _formatted(sheet, value: Any, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _moment(value: str) -> date | datetime | None:
    """None for what Excel cannot know: earlier than its calendar, with a zone, or no date at all."""
    try:
        moment = datetime.strptime(value, UTC_TIME) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.year >= FIRST_DAY and _told(moment) == value else None


def _told(moment: date | datetime) -> str:
    return moment.strftime(UTC_TIME) if isinstance(moment, datetime) else moment.isoformat()


def fits(text: str) -> bool:
    return len(text) < MOST_UNITS // 2 or len(text.encode("utf-16-le")) // 2 <= MOST_UNITS


def _pieces(table: Table, row: list[Value]) -> Iterator[tuple[str, str]]:
    """(column, piece) of what is too long for a cell."""
    for name, value in zip(table.header, row, strict=True):
        if isinstance(value, str) and len(value) > PIECE and not fits(as_cell(value)):
            for start in range(0, len(value), PIECE):
                yield name, as_cell(value[start : start + PIECE])


def _read(cell: Any, type_: str) -> Value:
    value = cell.value
    if isinstance(value, str):
        return from_cell(value)
    if type_ == DECIMAL:
        places = len(cell.number_format.partition(".")[2])
        return f"{Decimal(str(value)):.{places}f}"
    if type_ == MOMENT:
        return _told(value if "h" in cell.number_format else value.date())
    return {WHOLE: int, NUMBER: float}.get(type_, lambda known: known)(value)
