"""E-mail addresses, which are personal data and never enter documents: readers write by the portal's own means."""

import re
from html import unescape
from unicodedata import normalize
from urllib.parse import unquote

from i18nfield.strings import LazyI18nString

# `logo@2x.png` is a picture in two sizes.
_ADDRESS = re.compile(r"(?<![\w.%+-])[\w.%+-]+@(?!\d+x\.)(?:[\w-]+\.)+[^\W\d_]{2,}")


def tells_one(value) -> bool:
    """Whether an e-mail address stands in a text, or in any text of a list or a map."""
    match value:
        case str():
            return "@" in (plain := _decoded(value)) and bool(_ADDRESS.search(plain))
        case LazyI18nString():
            return tells_one(value.data)
        case dict():
            return any(tells_one(each) for each in value.values())
        case list() | tuple():
            return any(tells_one(each) for each in value)
    return False


def _decoded(text: str) -> str:
    """As readers and their programs understand it: `%40`, `&#64;` and wide characters are the signs that they stand for."""
    return normalize("NFKC", unescape(unquote(text)))
