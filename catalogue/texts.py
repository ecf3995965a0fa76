"""Texts in many languages, and which of them a reader is given."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.conf import settings
from i18nfield.strings import LazyI18nString

# What neither PostgreSQL nor XML takes: C0 controls except tab and newlines, lone surrogates, non-characters. And what turns
# the direction of the text around it, which none of our languages needs and which lets a title say what it does not.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
# Categories of Unicode: controls, formats, separators; and blanks that count as letters or symbols.
_WITHOUT_INK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_ABOUT_THE_RECORD = frozenset({"pages", "translations", "origin", "source_notes"})
_NAMED_RECORD = {"uid", "kind", "title", "url"}


class Reading(NamedTuple):
    """What a reader gets to see: the text and the language it is in ("" and "" when there is none at all)."""

    text: str
    language: str


class Text(LazyI18nString):
    """A map language → text. Unlike its parent it never guesses: a string is a JSON object or it is refused."""

    def __init__(self, data=None):
        if isinstance(data, str):
            super().__init__(data or {})
            if not isinstance(self.data, dict):
                raise ValueError("A text in many languages is stored as a JSON object.")
        else:
            super().__init__(dict(self.map_of(data)))

    @staticmethod
    def map_of(value) -> Mapping[str, str]:
        """The plain map behind any way to write a text; a bare string counts as the default language's."""
        if isinstance(value, LazyI18nString):
            value = value.data
        if value is None or value == "":
            return {}
        if isinstance(value, str):
            return {settings.LANGUAGE_CODE: value}
        return value

    def in_language(self, language: str, original: str | None = None) -> Reading:
        return in_language(self.data, language, original)

    def __len__(self):
        return max((len(text) for text in self.data.values()), default=0)

    def __hash__(self):
        return hash(tuple(sorted(self.data.items())))


def in_language(texts: Mapping[str, str] | None, language: str, original: str | None = None) -> Reading:
    """The reader's language, else English, else the original, else whatever there is."""
    texts = texts or {}
    for candidate in (language, "en", original, *sorted(texts)):
        if candidate and texts.get(candidate):
            return Reading(texts[candidate], candidate)
    return Reading("", "")


def texts_within(document: Mapping) -> Iterator[Mapping[str, str]]:
    """Every text of a document that stands on its page; those of the records that it names are theirs."""
    for name, part in document.items():
        if name not in _ABOUT_THE_RECORD:
            yield from _texts_of(part)


def _texts_of(part) -> Iterator[Mapping[str, str]]:
    if isinstance(part, list):
        for each in part:
            yield from _texts_of(each)
    elif isinstance(part, dict) and is_text_map(part):
        yield part
    elif isinstance(part, dict) and not _NAMED_RECORD.issubset(part):
        for each in part.values():
            yield from _texts_of(each)


def is_text_map(value: Mapping) -> bool:
    return bool(value) and _LANGUAGES.issuperset(value) and all(isinstance(text, str) for text in value.values())


def clean_text_map(texts: Mapping[str, str]) -> dict[str, str]:
    """Sorted by language, ends trimmed, newlines as LF, empty languages left out."""
    cleaned = {language: clean_text(text) for language, text in sorted(texts.items()) if text is not None}
    return {language: text for language, text in cleaned.items() if text}


def clean_text(text: str) -> str:
    """Newlines as LF, ends trimmed; a text in which nothing can be seen is none."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if any(map(_has_ink, text)) else ""


def _has_ink(character: str) -> bool:
    return unicodedata.category(character) not in _WITHOUT_INK and character not in _BLANKS


def is_storable(text: str) -> bool:
    """Whether every character may stand in PostgreSQL's text and in XML 1.0."""
    return not _UNSTORABLE.search(text)


def storable(text: str) -> str:
    """Without the others; where one of them parted lines, a space still parts the words."""
    return _UNSTORABLE.sub(lambda found: " " if found[0] in "\x0b\x0c" else "", text)
