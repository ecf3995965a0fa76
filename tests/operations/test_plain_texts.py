"""Texts and tables as files, read piece by piece."""

import pytest
from django.core.exceptions import ValidationError

from operations import plain_texts


@pytest.mark.parametrize("before", range(4))
def test_a_letter_may_stand_where_two_pieces_meet(before):
    text = "a" * (plain_texts.PIECE - before) + "😀 Načrt"

    assert "".join(plain_texts.pieces(text.encode())) == text


def test_the_mark_of_the_encoding_is_no_part_of_the_text():
    assert "".join(plain_texts.pieces(b"\xef\xbb\xbfa")) == "a"


def test_half_a_letter_at_the_end_is_no_text():
    with pytest.raises(ValidationError, match="not written in UTF-8"):
        plain_texts.check("Ž".encode()[:1])


@pytest.mark.parametrize("row", ["a,", 'a,"\n",'], ids=["in one line", "in many"])
def test_a_row_has_a_million_characters_at_most(row):
    rows = f"a\n{row * (plain_texts.LONGEST_ROW // len(row) - 1)}\n"

    plain_texts.check_table((rows * 2).encode())
    with pytest.raises(ValidationError, match="more than a million characters"):
        plain_texts.check_table((rows * 2 + row * (plain_texts.LONGEST_ROW // len(row) + 1)).encode())


def test_the_last_cell_is_read_as_the_first():
    with pytest.raises(ValidationError, match="as a formula does"):
        plain_texts.check_table(b"a;b\r\n" * 50_000 + b"c;=1+1")
