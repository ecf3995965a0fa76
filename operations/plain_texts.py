"""Texts and tables without a format of their own: whether one can be handed on as it was sent."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_UTF_8 = _("The text is not written in UTF-8. Please save it in UTF-8, and choose it again.")
HAS_FORMULAS = _("A cell of the table begins as a formula does, with = or a command. Please write values alone.")
TOO_WIDE = _(
    "The table is larger than a table program opens: 1,048,576 rows at most, 16,384 cells in a row, 131,072 characters in a"
    " cell. Please make it smaller; a quotation mark that is never closed also reads so."
)

MOST_ROWS, MOST_CELLS = 1_048_576, 16_384  # the length of a cell is limited by csv
LONGEST_LINE = 2 * 1024 * 1024  # bytes
_SEPARATORS = ",;\t|"
_CHOSEN_SEPARATOR = re.compile(rb"(?:\xef\xbb\xbf)?sep=([!#-~])\r?\n", re.IGNORECASE)
# What a table program would work out, also behind what nobody sees: never a number, a dash or a name alone. What is added up
# from the table's own cells (+A1*2) calls and fetches nothing.
_FORMULA = re.compile(
    r"[\s\0-\x20\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*([=\uff1d]|[+\-@\uff0b\uff0d\uff20\u2212][^(|!]*[(|!])"
)


def read(content: bytes) -> str:
    """Raises ValidationError, in words for the person who chose the file."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(NOT_UTF_8, code="not_utf_8") from error


def check_table(content: bytes) -> None:
    """With whichever separator a program may read it. In UTF-8."""
    if content.count(b"\n") > MOST_ROWS or content.count(b"\r") > MOST_ROWS or _longest_line(content) > LONGEST_LINE:
        raise ValidationError(TOO_WIDE, code="too_large")
    chosen = _CHOSEN_SEPARATOR.match(content)
    for separator in {*_SEPARATORS, *(chosen[1].decode() if chosen else "")}:
        try:
            has_formulas = any(_FORMULA.match(cell) for row in _rows(content, separator) for cell in row)
        except csv.Error as error:
            raise ValidationError(TOO_WIDE, code="too_large") from error
        if has_formulas:
            raise ValidationError(HAS_FORMULAS, code="formulas")


def _longest_line(content: bytes) -> int:
    return max(map(len, BytesIO(content.replace(b"\r", b"\n"))), default=0)


def _rows(content: bytes, separator: str) -> Iterator[list[str]]:
    """A row at a time, and none is made that has too many cells."""
    cells = 0

    def lines() -> Iterator[str]:
        nonlocal cells
        for line in TextIOWrapper(BytesIO(content), "utf-8-sig", newline=""):
            cells += line.count(separator)
            if cells > MOST_CELLS:
                raise ValidationError(TOO_WIDE, code="too_large")
            yield line

    for row in csv.reader(lines(), delimiter=separator):
        cells = 0
        yield row
