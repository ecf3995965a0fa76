"""A text as its readers and their programs understand it, with the way back to how it was written.

`zlata%40example.org`, `zlata&#64;example.org`, one with wide letters and one with a soft hyphen in it all are the same address.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import NamedTuple
from unicodedata import category, normalize

# What is not plainly what it stands for: codes of addresses, HTML and JSON; signs beyond ASCII, with their accents.
_ODD = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});|\\u[0-9A-Fa-f]{4}|\\[nrtbf]"
    "|.[\u0300-\u036f]+|[^\x00-\x7f]",
    re.DOTALL,
)
_FULL_STOPS = str.maketrans(
    {"\u3002": ".", "\uff61": ".", "\u2026": " "}
)  # as hosts' names take them; … ends a sentence
_UNSEEN = frozenset("\u034f\u180b\u180c\u180d\u180e") | {chr(number) for number in range(0xFE00, 0xFE10)}
# What may stand unseen or coded within a word, so that the database cannot find the word: for its regular expressions.
CODED = (
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u034f\ufe00-\ufe0f\uff10-\uff5a]"
    r"|\\u(00ad|200[b-f]|206[0-4]|feff|034f|fe0[0-9a-f]|ff[1-5][0-9a-f])"
    r"|&(shy|zwn?j|ZeroWidthSpace|NoBreak|#0*173|#0*820[3-7]|#0*8288|#[xX]0*([aA][dD]|200[bBcCdD]|2060));"
    r"|&#[xX]?[0-9a-fA-F]+;&#|%[46][0-9a-fA-F]%|%[57][0-9aA]%"
)


class Plain(NamedTuple):
    """`starts` and `ends` say for every sign of the text where it stood in the one that was written."""

    text: str
    starts: list[int]
    ends: list[int]

    def written(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    signs, starts, ends, at = [], [], [], 0
    for odd in _ODD.finditer(text):
        _take_over(text, at, odd.start(), signs, starts, ends)
        for understood, start, end in _understood(odd[0], odd.start()):
            signs.append(understood)
            starts += [start] * len(understood)
            ends += [end] * len(understood)
        at = odd.end()
    _take_over(text, at, len(text), signs, starts, ends)
    return Plain("".join(signs), starts, ends)


def _take_over(text: str, start: int, end: int, signs: list[str], starts: list[int], ends: list[int]) -> None:
    signs.append(text[start:end])
    starts += range(start, end)
    ends += range(start + 1, end + 1)


def _understood(odd: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Pairs of what it means and where that stands."""
    end = at + len(odd)
    if odd[0] == "%":
        yield from _of_bytes(odd, at)
    elif odd[0] == "\\":
        yield (_seen(chr(int(odd[2:], 16))) if odd[1] == "u" else " "), at, end
    elif odd[0] == "&":
        yield _seen(unescape(odd)), at, end
    else:
        yield _seen(odd), at, end


def _of_bytes(coded: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Three signs for each byte."""
    decoded = coded
    with suppress(UnicodeDecodeError):
        decoded = bytes.fromhex(coded.replace("%", "")).decode()
    for sign in decoded:
        end = at + (1 if decoded is coded else 3 * len(sign.encode()))
        yield _seen(sign), at, end
        at = end


def _seen(sign: str) -> str:
    """What is not seen is nothing."""
    plain = normalize("NFKC", sign.translate(_FULL_STOPS))
    return "".join(each for each in plain if each not in _UNSEEN and category(each) != "Cf").translate(_FULL_STOPS)


def ways_to_write(address: str) -> set[str]:
    """With its host in letters, and as servers know it (RFC 3490)."""
    understood = plain(address).text.strip()
    name, _at, host = understood.rpartition("@")
    found = {understood}
    with suppress(UnicodeError):
        found.add(f"{name}@{host.encode('idna').decode()}")
    with suppress(UnicodeError):
        found.add(f"{name}@{host.encode().decode('idna')}")
    return found
