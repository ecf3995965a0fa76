"""Reads the five seed documents, line by line, as `cat -n` counts them.

They lie beside the repository, in `../shared/seeds`; `MER_SEEDS` names another folder. Where they are absent,
`available()` is False, and the tests that need them say so.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MER_LEAFLET = "000_42733d51f65e83d2.txt"
MER_ABOUT = "001_3f639ec647e03037.txt"
SMART_REGION = "002_acd9985b290395b8.txt"
ECOLE = "003_8c69acb657d46582.txt"
TCM = "004_ab4078653894e74e.txt"
DOCUMENTS = (MER_LEAFLET, MER_ABOUT, SMART_REGION, ECOLE, TCM)

BULLET = re.compile(r"^[•-]\s+(?P<text>.+)$")
NUMBERED = re.compile(r"^(?P<number>\d+)\.\s+(?P<text>.+)$")


def folder() -> Path:
    return Path(os.environ.get("MER_SEEDS") or ROOT.parent / "shared" / "seeds")


def available() -> bool:
    return all((folder() / name).is_file() for name in DOCUMENTS)


@cache
def _lines(path: Path) -> tuple[str, ...]:
    # Split at line feeds alone: str.splitlines() would also break at characters that no editor counts as a line end.
    return tuple(text.rstrip("\r") for text in path.read_bytes().decode("utf-8").split("\n"))


def lines(document: str) -> list[tuple[int, str]]:
    """Every line of the document with its number, from 1; no-break spaces read as spaces, ends trimmed."""
    return [(n, text.replace("\u00a0", " ").strip()) for n, text in enumerate(_lines(folder() / document), 1)]


def line(document: str, n: int) -> str:
    """Line `n` (from 1) as it is printed, without its line end."""
    return _lines(folder() / document)[n - 1]


def find(document: str, pattern: str) -> list[tuple[int, re.Match]]:
    """The lines that match, with their numbers; a document without a single one has changed under our feet."""
    found = [(n, match) for n, text in lines(document) if (match := re.search(pattern, text))]
    if not found:
        raise LookupError(f"{document}: nothing matches {pattern!r}")
    return found


def first(document: str, pattern: str) -> tuple[int, re.Match]:
    return find(document, pattern)[0]


def section(document: str, heading: str) -> list[tuple[int, str]]:
    """The lines after the heading, up to the next line that can only be another heading."""
    start, _ = first(document, rf"^{heading}\s*$")
    taken = []
    for n, text in lines(document)[start:]:
        if text and not BULLET.match(text) and (text.endswith(":") or text.isupper()):
            break
        taken.append((n, text))
    return taken


def bullets(document: str, heading: str) -> Iterator[tuple[int, str]]:
    """The bullets under a heading; one that runs on over the next lines ends at its comma, semicolon or full stop."""
    open_line, parts = 0, []
    for n, text in section(document, heading):
        bullet = BULLET.match(text)
        if bullet:
            open_line, parts = n, []
        if open_line and text:
            parts.append(bullet["text"] if bullet else text)
            if parts[-1][-1] in ",;.":
                yield open_line, " ".join(parts).rstrip(",;.")
                open_line = 0
    if open_line:
        yield open_line, " ".join(parts)


def numbered(document: str, heading: str) -> Iterator[tuple[int, int, str]]:
    """Line, number and text of each numbered goal under the heading, continuation lines joined."""
    items: list[tuple[int, int, list[str]]] = []
    for n, text in section(document, heading):
        if match := NUMBERED.match(text):
            items.append((n, int(match["number"]), [match["text"]]))
        elif items and text:
            items[-1][2].append(text)
    for n, number, parts in items:
        yield n, number, " ".join(parts).rstrip(";.")


def sentences(document: str, first_words: str) -> Iterator[tuple[int, str]]:
    """The sentences of the paragraph that begins with these words, each with the line on which it begins."""
    words = [(n, word) for n, text in paragraph(document, first_words) for word in text.split() if word != '"']
    begun = 0
    for i, (_, word) in enumerate(words):
        following = words[i + 1][1] if i + 1 < len(words) else "End"
        # A full stop ends a sentence unless it belongs to an abbreviation or to an ordinal.
        if re.search(r"(\w{3}|\))\.$", word) and following[0].isupper():
            yield words[begun][0], " ".join(w for _, w in words[begun : i + 1])
            begun = i + 1


def paragraph(document: str, first_words: str) -> list[tuple[int, str]]:
    """The lines from the one that begins with these words to the next empty one."""
    start, _ = first(document, rf"^{first_words}")
    return list(takewhile(lambda numbered_line: numbered_line[1], lines(document)[start - 1 :]))
