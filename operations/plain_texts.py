"""Texts and tables without a format of their own: whether one can be handed on as it was sent."""

import csv
import re
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_UTF_8 = _("The text is not written in UTF-8. Please save it in UTF-8, and choose it again.")
HAS_FORMULAS = _("A cell of the table begins as a formula does, with = or a command. Please write values alone.")

LONGEST_CELL = 10 * 1024 * 1024
_SEPARATORS = ",;\t"
# What a table program would work out: never a number, a dash or a name alone.
_FORMULA = re.compile(r"\s*(=|[+\-@][^(|!]*[(|!])")


def read(content: bytes) -> str:
    """Raises ValidationError, in words for the person who chose the file."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(NOT_UTF_8, code="not_utf_8") from error


def check_table(text: str) -> None:
    """With whichever separator a program may read it."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    for separator in _SEPARATORS:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
        if any(_FORMULA.match(cell) for row in rows for cell in row):
            raise ValidationError(HAS_FORMULAS, code="formulas")
