"""What of a document is searched."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Choices

from catalogue.codes import NaceSection, PartnerType, Sdg, Strand, Topic, names
from catalogue.search import words_of
from catalogue.texts import is_text_map

# Texts about the record rather than of it.
_NOT_SEARCHED = frozenset({"pages", "translations", "origin", "source", "source_notes", "funding_statement"})
_ENVELOPE_CODES = frozenset({"uid", "kind", "url", "licence", "original_language", "etag"})
# Codes are found by what they are called, in all languages.
_CODES = {"topics": Topic, "partner_type": PartnerType, "strand": Strand, "nace": NaceSection, "sdgs": Sdg}
# Names stand in no language: they are searched as the original's.
_NAMES = frozenset(
    {
        *("acronym", "name_original", "name_english", "abbreviation", "name_as_printed", "title_as_printed"),
        *("town", "name", "author", "authors", "isbn"),
    }
)


def title_and_body(document: dict) -> tuple[str, str]:
    """The search words of the title, acronym and names, and those of everything else that is text."""
    language = document["original_language"]
    head = {language_: [text] for language_, text in (document["title"] or {}).items()}
    head.setdefault(language, []).extend(_strings(document.get(name)) for name in ("acronym", "abbreviation"))
    body: dict[str, list[str]] = defaultdict(list)
    for language_, text in _texts({k: v for k, v in document.items() if k != "title"}, language):
        body[language_].append(text)
    return words_of(head), words_of(body)


def _strings(value) -> str:
    return value if isinstance(value, str) else ""


def _texts(value, original: str) -> Iterator[tuple[str, str]]:
    """Every (language, text) of the document's text maps, and its proper names."""
    if isinstance(value, list):
        for part in value:
            yield from _texts(part, original)
    elif isinstance(value, dict):
        if is_text_map(value):
            yield from value.items()
            return
        for key, part in value.items():
            if key in _CODES and part:
                yield from _names_of(_CODES[key], part)
            elif key in _NAMES and isinstance(part, str):
                yield original, part
            elif key == "keywords":
                yield from ((original, word) for word in part or [])
            elif key not in _NOT_SEARCHED and key not in _ENVELOPE_CODES:
                yield from _texts(part, original)


def _names_of(codes: type[Choices], value: str | list[str | int]) -> Iterator[tuple[str, str]]:
    for code in [value] if isinstance(value, str) else value:
        if code in codes.values:  # another network may have codes of its own
            yield from names(codes(code)).items()
