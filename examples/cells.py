"""Texts of a MER portal's tables (CSV, XLSX) as they were before they were guarded against spreadsheets.

    from cells import text_of
    text_of("'=1+1")  # "=1+1"

It needs nothing but Python, and does what the guide to the API says under *Tables*, in the same three steps.
"""

import re

SIGN = "[=+@＝＋－＠]|-(?! )"  # within a text `- ` makes a list, and is not guarded
WITHIN = re.compile(rf"([;\t\n][\s\"]*)'('*)(?={SIGN})")
AT_THE_BEGINNING = re.compile(r"''*(?:[\t\n]|[\s\"]*[-=+@＝＋－＠]|\Z)")
NUMBER = re.compile("_x([0-9A-Fa-f]{4})_")


def text_of(cell: str) -> str:
    """What stood in the record; of a cell that was never guarded, the same again."""
    cell = WITHIN.sub(r"\1\2", cell)
    cell = cell[1:] if AT_THE_BEGINNING.match(cell) else cell
    return NUMBER.sub(lambda found: chr(int(found[1], 16)), cell)
