"""What no font of ours can show, said otherwise: a picture by its name in brackets, a letter by an empty box.

    stated({"title": "A rose 🌹 for 中"}, is_printable)     # {"title": "A rose [rose] for □"}

In an address such a sign is written as addresses write it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

MOST_ASKED = (
    300  # signs of one text, those of the commonest scripts first; what comes after them is taken for unprintable
)
BOX = "□"
SHADES = re.compile(r"[\U0001F3FB-\U0001F3FF]")  # of skin, of the emoji before them
_JOINED = "[\u200d\ufe0e\ufe0f]*"  # what makes one emoji of several, or says how it looks
ADDRESS = "url"  # the key of an address


def stated(content: Any, is_printable: Callable[[str], bool]) -> Any:
    """The same content, of which all texts can be printed; `content` is what JSON can hold."""
    signs = sorted(
        {sign for text in _texts_in(content) for sign in text if not sign.isascii() or not sign.isprintable()}
    )
    missing = [sign for number, sign in enumerate(signs) if number >= MOST_ASKED or not is_printable(sign)]
    if not missing:
        return content
    pattern = re.compile(f"([{re.escape(''.join(missing))}]){_JOINED}")
    return _replaced(content, pattern)


def _texts_in(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _texts_in(each)


def _replaced(content: Any, pattern: re.Pattern, key: str = "") -> Any:
    if isinstance(content, str):
        return pattern.sub(lambda found: quote(found[0]) if key == ADDRESS else _in_words(found[1]), content)
    if isinstance(content, dict):
        return {name: _replaced(each, pattern, name) for name, each in content.items()}
    if isinstance(content, list):
        return [_replaced(each, pattern, key) for each in content]
    return content


def _in_words(sign: str) -> str:
    if SHADES.match(sign) or unicodedata.category(sign) == "Cc":
        return ""
    name = unicodedata.name(sign, "").lower()
    return f"[{name}]" if name and unicodedata.category(sign).startswith("S") else BOX
