"""Texts in cells: no formula gets through, and every text comes back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.dumps.cells import as_cell, from_cell
from exchange.dumps.tables import _joined, _parted
from tests.awkward import AWKWARD

pytestmark = pytest.mark.core

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
