"""What was taken out of a text and what was put in, word by word.

Words that stand once on either side hold both texts together, and what lies between two of them is compared by itself:
the work grows with the length of the texts, whatever they say. (This is known as patience diff.)
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

_PIECES = re.compile(r"(?:\w[\u0300-\u036f]*)+|\s+|[^\w\s]+")  # words with their accents, spaces, signs
SHORT = 1_600  # words of the one text times those of the other: what is longer, and has no word to hold to, is all new
DEEPEST = 40

Pair = tuple[int, int]


class Mark(NamedTuple):
    """A piece of both texts ("same"), of the former alone ("removed") or of the later ("added")."""

    kind: str
    text: str


def marks(before: str, after: str) -> list[Mark]:
    """All pieces of both texts, in their order; what is removed stands before what is added in its place."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found, i, j = [], 0, 0
    for k, m in [*_pairs(old, new), (len(old), len(new))]:
        found += [Mark("removed", text) for text in old[i:k]] + [Mark("added", text) for text in new[j:m]]
        found += [Mark("same", text) for text in old[k : k + 1]]
        i, j = k + 1, m + 1
    return _joined(_without_islands(_joined(found)))


def whole(before: str, after: str) -> list[Mark]:
    """Of what is no text, such as a day or a state: the one value for the other."""
    if before == after:
        return [Mark("same", before)] if before else []
    return [Mark(kind, text) for kind, text in (("removed", before), ("added", after)) if text]


def before_of(pieces: Iterable[Mark]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "added")


def after_of(pieces: Iterable[Mark]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def _joined(pieces: Iterable[Mark]) -> list[Mark]:
    """Neighbours of one kind as one, between what stays the same all that goes before all that comes."""
    joined = []
    for is_same, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        run = list(run)
        for kind in ("same",) if is_same else ("removed", "added"):
            if text := "".join(piece.text for piece in run if piece.kind == kind):
                joined.append(Mark(kind, text))
    return joined


def _without_islands(pieces: list[Mark]) -> Iterator[Mark]:
    """A space or a comma that stayed between two changes parts what is read as one."""
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        is_island = piece.kind == "same" and 0 < place < last and not re.search(r"\w|\n", piece.text)
        yield from (Mark("removed", piece.text), Mark("added", piece.text)) if is_island else (piece,)


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Which words of both stay: their places, rising in both."""
    found: list[Pair] = []
    open_ranges = [(0, len(old), 0, len(new), 0)]
    while open_ranges:
        start_a, end_a, start_b, end_b, depth = open_ranges.pop()
        while start_a < end_a and start_b < end_b and old[start_a] == new[start_b]:
            found.append((start_a, start_b))
            start_a, start_b = start_a + 1, start_b + 1
        while start_a < end_a and start_b < end_b and old[end_a - 1] == new[end_b - 1]:
            end_a, end_b = end_a - 1, end_b - 1
            found.append((end_a, end_b))
        if start_a == end_a or start_b == end_b:
            continue
        held = _held(old, new, (start_a, end_a), (start_b, end_b)) if depth < DEEPEST else []
        if not held:
            found += _of_short(old, new, (start_a, end_a), (start_b, end_b))
            continue
        found += held
        corners = [(start_a - 1, start_b - 1), *held, (end_a, end_b)]
        open_ranges += [(i + 1, k, j + 1, m, depth + 1) for (i, j), (k, m) in zip(corners, corners[1:], strict=False)]
    return sorted(found)


def _held(old: Sequence[str], new: Sequence[str], of_old: Pair, of_new: Pair) -> list[Pair]:
    """The words that stand once in either range, as many of them as follow each other in both."""
    in_old, in_new = Counter(old[slice(*of_old)]), Counter(new[slice(*of_new)])
    where = {new[place]: place for place in range(*of_new) if in_new[new[place]] == 1}
    pairs = [(place, where[old[place]]) for place in range(*of_old) if in_old[old[place]] == 1 and old[place] in where]
    return _longest_rise(pairs)


def _longest_rise(pairs: list[Pair]) -> list[Pair]:
    ends, at, before = [], [], []  # of the rises of each length: the lowest end, where it is, and what stands before it
    for number, (_place, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1], at[length : length + 1] = [other], [number]
    rise, number = [], at[-1] if at else None
    while number is not None:
        rise.append(pairs[number])
        number = before[number]
    return rise[::-1]


def _of_short(old: Sequence[str], new: Sequence[str], of_old: Pair, of_new: Pair) -> Iterator[Pair]:
    """Where no word holds both together: those that happen to stay, if there is little to compare."""
    a, b = old[slice(*of_old)], new[slice(*of_new)]
    if len(a) * len(b) > SHORT:
        return
    for block in SequenceMatcher(str.isspace, a, b, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield of_old[0] + block.a + step, of_new[0] + block.b + step
