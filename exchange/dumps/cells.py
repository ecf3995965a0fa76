"""Texts in the cells of spreadsheets: nothing in them is taken for a formula, and every character comes back.

Two rules, each with its reverse:

- A text that a spreadsheet could calculate has an apostrophe (`'`) in front: one that begins with `=`, `+`, `-`, `@` (or their
  wide forms, or one of these behind blanks and quotation marks), with a tab or an end of line; and the empty text, so that it
  is not taken for nothing. So has what stands behind a `;`, a tab or an end of line within the text, as spreadsheets of some
  countries split there; but not `- ` at the beginning of a line, which makes a list.
- Characters that XML does not know are written as `_x0001_` (ECMA-376, ST_Xstring), the end of a line of old machines, too.
"""

import re

FORMULA = "=+@＝＋－＠"
_LEADS = rf"(?:[\t\n]|[\s\"]*[-{FORMULA}]|\Z)"
_AT_START = re.compile(rf"'*{_LEADS}")
_GUARDED_AT_START = re.compile(rf"''*{_LEADS}")
_BEHIND_SEPARATOR = re.compile(rf"([;\t\n][\s\"]*)('*)(?=[{FORMULA}]|-(?! ))")
_GUARDED_BEHIND_SEPARATOR = re.compile(rf"([;\t\n][\s\"]*)'('*)(?=[{FORMULA}]|-(?! ))")
_NO_XML = r"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff"
_UNSPEAKABLE = re.compile(rf"[{_NO_XML}]|_(?=x[0-9A-Fa-f]{{4}}[_{_NO_XML}])")
_SPELT = re.compile(r"_x([0-9A-Fa-f]{4})_")


def as_cell(text: str) -> str:
    spelt = _UNSPEAKABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    guarded = f"'{spelt}" if _AT_START.match(spelt) else spelt
    return _BEHIND_SEPARATOR.sub(r"\1'\2", guarded)


def from_cell(cell: str) -> str:
    """The reverse."""
    open_ = _GUARDED_BEHIND_SEPARATOR.sub(r"\1\2", cell)
    spelt = open_[1:] if _GUARDED_AT_START.match(open_) else open_
    return _SPELT.sub(lambda found: chr(int(found[1], 16)), spelt)
