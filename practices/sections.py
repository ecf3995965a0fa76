"""What a practice's document tells in words, field by field, for those who draw it in another way than its page.

A block is a dictionary with a `type`: `prose` {lang, parts}, `heading` {text: a reading}, `label` {text}, `facts` {facts: list
of {label, lines}}, `links` {lines}; a line is {text, url, lang}.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.prose import parts_of
from catalogue.sources import field_name
from catalogue.texts import in_language, is_text_map
from operations.languages import interface_language
from practices.models import GoodPractice

# Fields that stand elsewhere on every sheet, or are none of its text.
_NOT_SECTIONS = frozenset(
    {"title", "summary", "topics", "places", "pages", "translations", "origin", "images", "source_notes", "keywords"}
)
# What a part is called by: the first of these that it has.
_PART_TITLES = ("title", "indicator", "name")
_UNTOLD = frozenset({"uid", "sort_order"})


@dataclass(frozen=True)
class Section:
    """One field of the document with something to say."""

    name: str
    heading: str
    blocks: list[dict]


def sections_of(record: dict) -> Iterator[Section]:
    """In the order of the document; a field that is new in documents stands there under its own name."""
    for name, value in record.items():
        if name not in _NOT_SECTIONS and (blocks := list(_blocks(name, value, record))):
            yield Section(name, _headings().get(name) or field_name(GoodPractice, name), blocks)


def _headings() -> dict[str, str]:
    """What the page calls a field, where it is not the field's own name."""
    return {
        "problem_and_context": _("The problem"),
        "how_it_works": _("How it works"),
        "stakeholders_and_beneficiaries": _("Who takes part, and who gains"),
    }


def _blocks(name: str, value, record: dict) -> Iterator[dict]:
    """A text, something that has a text among its figures, or a list of parts; nothing of anything else."""
    if isinstance(value, dict) and is_text_map(value):
        yield from _prose(value, record)
    elif isinstance(value, dict) and "kind" not in value and _texts_in(value):
        yield from _part(name, value, record)
    elif isinstance(value, list):
        parts = [part for part in value if isinstance(part, dict) and "kind" not in part]
        yield from _links(parts, record)
        for part in parts:
            if _texts_in(part) and not part.get("url"):
                yield from _part(name, part, record)


def _texts_in(part: dict) -> dict[str, dict]:
    return {name: value for name, value in part.items() if isinstance(value, dict) and is_text_map(value)}


def _links(parts: list[dict], record: dict) -> Iterator[dict]:
    linked = [part for part in parts if part.get("url")]
    lines = []
    for part in linked:
        named = in_language(part.get("title"), get_language(), record["original_language"])
        lines.append(line_of(named.text or part["url"], part["url"], named.language))
    if lines:
        yield {"type": "links", "lines": lines}


def _part(name: str, part: dict, record: dict) -> Iterator[dict]:
    """Its title, its texts each under its name, and its figures."""
    texts = _texts_in(part)
    called = next((texts.pop(key) for key in _PART_TITLES if key in texts), None)
    if called:
        yield {"type": "heading", "text": reading_of(called, record)}
    figures = {key: value for key, value in part.items() if isinstance(value, str | int | float) and value != ""}
    facts = [
        {"label": _inner_name(name, key), "lines": [line_of(str(value))]}
        for key, value in figures.items()
        if key not in _UNTOLD
    ]
    if facts:
        yield {"type": "facts", "facts": facts}
    for key, value in texts.items():
        if len(texts) > 1:
            yield {"type": "label", "text": _inner_name(name, key)}
        yield from _prose(value, record)


def _inner_name(name: str, key: str) -> str:
    field = next((field for field in GoodPractice._meta.get_fields() if field.name == name), None)
    return field_name(getattr(field, "related_model", None) or GoodPractice, key)


def _prose(texts: dict, record: dict) -> Iterator[dict]:
    reading = in_language(texts, get_language(), record["original_language"])
    parts = [part._asdict() for part in parts_of(reading.text)]
    if parts:
        yield {"type": "prose", "lang": reading.language, "parts": parts}


def reading_of(texts: dict | None, record: dict) -> dict:
    """{text, lang}: what the reader is given, and in which language."""
    reading = in_language(texts, get_language(), record["original_language"])
    return {"text": reading.text, "lang": reading.language or interface_language()}


def line_of(text: str, url: str | None = "", lang: str | None = "") -> dict:
    return {"text": str(text), "url": url or "", "lang": lang or ""}
