"""Texts in cells: no formula gets through, and every text comes back."""

import re
import runpy

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from exchange.dumps.cells import as_cell, from_cell
from exchange.dumps.tables import _joined, _parted
from tests.awkward import AWKWARD

pytestmark = pytest.mark.core

EXAMPLE = runpy.run_path(str(settings.BASE_DIR / "examples" / "cells.py"))
WHITE = "".join(chr(number) for number in range(0x3001) if chr(number).isspace())  # what Unicode calls white space

ANY = st.text(max_size=40) | st.text("=+-@;,'\" \t\r\n_x0041AF\\a＝\ud800\uffff", max_size=20)


@given(ANY)
def test_every_text_comes_back(text):
    assert from_cell(as_cell(text)) == text


@given(ANY)
def test_no_cell_can_be_calculated_or_broken(text):
    cell = as_cell(text)

    assert cell
    assert not re.match(r"[\s\"]*[-=+@＝＋－＠]|[\t\r\n]", cell)
    assert not re.search(r"[;\t\n][\s\"]*[=+@＝＋－＠]", cell)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", cell)


def test_awkward_texts_come_back():
    assert [from_cell(as_cell(each.text)) for each in AWKWARD] == [each.text for each in AWKWARD]


@given(ANY)
def test_who_knows_the_guide_alone_has_every_text_again(text):
    assert read_by_the_guide(as_cell(text)) == text


@given(st.text("=+-@;'\"  \t\n\r_x000D＝－\u2028a", max_size=30))
def test_so_does_who_takes_our_example(text):
    assert EXAMPLE["text_of"](as_cell(text)) == text
    assert EXAMPLE["text_of"](text) == read_by_the_guide(text) == from_cell(text)


def test_awkward_texts_come_back_by_the_guide_alone():
    for text in [each.text for each in AWKWARD] + [
        '"=1',
        '" =1"',
        "＝1",
        "a;－1",
        "'=1",
        "''=1",
        "a; '=1",
        "a;\n'=1",
        ' ;"= 1',
        "- list",
        "a\n- list",
        "a;-1",
        "'",
        "",
        "\r=1",
        "_x000D_",
        "'Tis = it",
    ]:
        assert read_by_the_guide(as_cell(text)) == EXAMPLE["text_of"](as_cell(text)) == text


def read_by_the_guide(cell: str) -> str:
    """The three steps, as the section *Tables* of the guide tells them."""
    signs = tuple("=+-@＝＋－＠")

    def past_blanks(text: str) -> str:
        return text.lstrip(WHITE + '"')

    for row in reversed(list(re.finditer("'+", cell))):
        before, behind = cell[: row.start()], cell[row.end() :]
        reached = before[len(before.rstrip(WHITE + '"')) - 1 if before.strip(WHITE + '"') else 0 :]
        if behind.startswith(signs) and not behind.startswith("- ") and any(mark in reached for mark in ";\t\n"):
            cell = before + row[0][1:] + behind
    rest = cell.lstrip("'")
    if rest != cell and (rest == "" or rest[0] in "\t\n" or past_blanks(rest).startswith(signs)):
        cell = cell[1:]
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), cell)


def test_what_is_harmless_is_left_alone():
    for text in (
        "Industrial area",
        "'Tis it",
        "a - b = c",
        "1 + 1",
        "- in the middle\n- of a list"[2:],
        "a_x_b",
        "#N/A",
    ):
        assert as_cell(text) == text


def test_an_apostrophe_stands_before_what_a_spreadsheet_would_calculate():
    assert as_cell("=1+1") == "'=1+1"
    assert as_cell("") == "'"
    assert as_cell("- one\n- two\n=3") == "'- one\n- two\n'=3"
    assert as_cell("a;=1+1") == "a;'=1+1"
    assert as_cell("\r=1") == "_x000D_=1"


@given(st.lists(ANY.filter(bool)))
def test_every_list_of_words_comes_back(items):
    if items:
        assert _parted(_joined(items)) == items
