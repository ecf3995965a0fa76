"""Texts and tables without a format of their own: whether one can be handed on as it was sent.

They are read piece by piece: one rare letter makes a text take four times its bytes in memory, were it held whole.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_UTF_8 = _("The text is not written in UTF-8. Please save it in UTF-8, and choose it again.")
HAS_FORMULAS = _("A cell of the table begins as a formula does, with = or a command. Please write values alone.")
TOO_LONG = _("A row of the table has more than a million characters. Please make it shorter.")
TOO_MANY = _("The table has more than 1,048,576 rows, which no table program opens. Please make it shorter.")

LONGEST_ROW = 1_000_000  # characters
MOST_ROWS = 1_048_576
PIECE = 64 * 1024
_SEPARATORS = ",;\t|"
_CHOSEN_SEPARATOR = re.compile(rb"(?:\xef\xbb\xbf)?sep=([!#-~])\r?\n", re.IGNORECASE)
# What a table program would work out, also behind what nobody sees: never a number, a dash or a name alone. What is added up
# from the table's own cells (+A1*2) calls and fetches nothing.
_FORMULA = re.compile(
    r"[\s\0-\x20\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*([=\uff1d]|[+\-@\uff0b\uff0d\uff20\u2212][^(|!]*[(|!])"
)


def pieces(content: bytes) -> Iterator[str]:
    """Raises ValidationError, in words for the person who chose the file."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for at in range(0, len(content), PIECE):
            yield decoder.decode(content[at : at + PIECE], final=at + PIECE >= len(content))
    except UnicodeDecodeError as error:
        raise ValidationError(NOT_UTF_8, code="not_utf_8") from error


def check(content: bytes) -> None:
    for _piece in pieces(content):
        pass


def check_table(content: bytes) -> None:
    """A text that was checked, with whichever separator a program may read it."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    if content.count(b"\n") > MOST_ROWS or content.count(b"\r") > MOST_ROWS:
        raise ValidationError(TOO_MANY, code="too_large")
    chosen = _CHOSEN_SEPARATOR.match(content)
    for separator in {*_SEPARATORS, *(chosen[1].decode() if chosen else "")}:
        if any(_FORMULA.match(cell) for row in _rows(content, separator) for cell in row):
            raise ValidationError(HAS_FORMULAS, code="formulas")


def _rows(content: bytes, separator: str) -> Iterator[list[str]]:
    length = 0

    def lines() -> Iterator[str]:
        nonlocal length
        text = TextIOWrapper(BytesIO(content), encoding="utf-8-sig", newline="")
        while line := text.readline(LONGEST_ROW + 1):
            length += len(line)
            if length > LONGEST_ROW:
                raise ValidationError(TOO_LONG, code="too_large")
            yield line

    for row in csv.reader(lines(), delimiter=separator):
        yield row
        length = 0
