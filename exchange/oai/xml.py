"""XML as text: what stands in it is escaped, and what XML 1.0 cannot say is told by U+FFFD."""

import re

from exchange.sayable import UNSAYABLE, replaced

_TO_ESCAPE = re.compile("[&<>\r]|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_sayable(text: str) -> bool:
    return not UNSAYABLE.search(text)


def escaped(text: str) -> str:
    """What stands between two tags. A carriage return is written as a reference, as parsers take it for a line feed."""
    if not _TO_ESCAPE.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return replaced(text)


def attribute(text: str) -> str:
    """What stands between two double quotes."""
    return escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def element(name: str, text: str, **attributes: str) -> str:
    told = "".join(f' {key}="{attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{escaped(text)}</{name}>"
