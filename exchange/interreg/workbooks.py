"""The list of operations as a workbook with the sheets *Operations* and *Partners*, and either of them as CSV."""

from collections.abc import Iterable, Iterator

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exchange.dumps.cells import as_cell
from exchange.dumps.formats import Progress, as_csv
from exchange.dumps.tables import TEXT, Value
from exchange.dumps.workbooks import MOST_RECORDS, TooManyRows, begun, cell_of, fits, saved, throw_away
from exchange.interreg import gathered
from exchange.interreg.columns import Column, Words, heads
from exchange.interreg.operations import OPERATIONS, PARTNERS, operation_of, operations, partners, partners_of

SHEETS = ("Operations", "Partners")  # in every language, so that programs find them
WIDTH, WIDE = 16, 40  # characters
CUT_AT = (32_000, 16_000, 4_000)  # characters; as many fit into a cell even where each is spelt


def workbook(words: Words, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    """A text that is longer than a cell takes is cut, and ends with `…`: whole it stands in the record itself."""
    book = begun()
    try:
        first, second = (book.create_sheet(name) for name in SHEETS)
        _begin(first, OPERATIONS, words)
        _begin(second, PARTNERS, words)
        rows = 0
        for number, each in enumerate(gathered.read(chunks), 1):
            _append(first, OPERATIONS, operation_of(each, words))
            for row in partners_of(each, words):
                _append(second, PARTNERS, row)
                rows += 1
            if max(number, rows) > MOST_RECORDS:
                raise TooManyRows
            if number % 100 == 0:
                progress(number)
        yield from saved(book)
    finally:
        throw_away(book)


def operations_csv(words: Words, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    return as_csv(heads(OPERATIONS, words.language), operations(chunks, words), progress)


def partners_csv(words: Words, chunks: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    return as_csv(heads(PARTNERS, words.language), partners(chunks, words), progress)


def _begin(sheet: Worksheet, columns: tuple[Column, ...], words: Words) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        width = WIDE if column.type == TEXT else WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, heading) for heading in heads(columns, words.language)])


def _bold(sheet: Worksheet, heading: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    return cell


def _append(sheet: Worksheet, columns: tuple[Column, ...], row: list[Value]) -> None:
    sheet.append([cell_of(sheet, _shortened(value), column.type) for value, column in zip(row, columns, strict=True)])


def _shortened(value: Value) -> Value:
    if not isinstance(value, str) or fits(as_cell(value)):
        return value
    return next(cut for most in CUT_AT if fits(as_cell(cut := f"{value[:most]}…")))
