"""Texts that every form of linked data can say: Turtle, JSON-LD, RDF/XML and Atom tell the same."""

import re

from exchange.sayable import replaced

_LINE_ENDS = re.compile("\r\n?")  # which readers of XML take for a line feed


def sayable(text: str) -> str:
    """What XML 1.0 cannot say is told by U+FFFD; lines end with a line feed."""
    return replaced(_LINE_ENDS.sub("\n", text))


def texts_of(texts: dict[str, str] | None) -> dict[str, str]:
    """Language → text, those that say something."""
    return {language: sayable(text) for language, text in (texts or {}).items() if text}
