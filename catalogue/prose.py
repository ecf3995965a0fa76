"""Texts of records are plain: paragraphs with blank lines between them, and lists whose lines begin with `- `."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

ITEM = "- "


class Part(NamedTuple):
    """A paragraph with its lines, or a list with its items."""

    is_list: bool
    lines: list[str]


def parts_of(text: str) -> Iterator[Part]:
    for block in text.split("\n\n"):
        if block.strip():
            for is_list, lines in groupby(block.strip("\n").split("\n"), key=lambda line: line.startswith(ITEM)):
                yield Part(is_list, [line.removeprefix(ITEM) if is_list else line for line in lines])
