"""What a practice's document tells in words, field by field, for those who draw it in another way than its page.

A block is a dictionary with a `type`: `prose` {lang, parts, behind}, `heading` {text: a reading}, `label` {text}, `facts`
{facts: list of {label, lines}}, `links` {lines}, `table` {columns, rows}; a line is {text, url, lang, behind}, a reading {text,
lang, behind}. `behind` says that the text is a machine's, or older than its original (`catalogue.translated`); else it is not
there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.prose import parts_of
from catalogue.sources import field_name
from catalogue.texts import in_language, is_text_map
from catalogue.translated import words_beside
from operations.languages import interface_language
from practices.models import GoodPractice
from practices.templatetags.practice_parts import evidence_columns, evidence_rows, links_onward, signed

# Fields that stand elsewhere on every sheet, or are none of its text.
_NOT_SECTIONS = frozenset(
    {"title", "summary", "topics", "places", "pages", "translations", "origin", "images", "source_notes", "keywords"}
)
# What a part is called by: the first of these that it has.
_PART_TITLES = ("title", "indicator", "name")
_LINE = ("text", "url", "lang", "behind")
_UNTOLD = frozenset({"uid", "sort_order"})
_UNLABELLED = frozenset({"description", "text"})


@dataclass(frozen=True)
class Section:
    """One field of the document with something to say."""

    name: str
    heading: str
    blocks: list[dict]


def sections_of(record: dict) -> Iterator[Section]:
    """In the order of the page; a field that the page does not know yet follows under its own name."""
    known = _headings()
    names = [name for name in known if name in record]
    names += [name for name in record if name not in known and name not in _NOT_SECTIONS]
    for name in names:
        tell = _OF_THEIR_OWN.get(name)
        if blocks := list(tell(record) if tell else _blocks(name, record[name], record)):
            yield Section(name, known.get(name) or field_name(GoodPractice, name), blocks)


def in_order(names: Iterable[str]) -> list[str]:
    """As the page has them, each once."""
    names = list(names)
    order = [*_headings(), *names]
    return sorted(set(names), key=order.index)


def _headings() -> dict[str, str]:
    """What the page calls its fields."""
    return {
        "problem_and_context": _("The problem"),
        "how_it_works": _("How it works"),
        "stakeholders_and_beneficiaries": _("Who takes part, and who gains"),
        "building_blocks": _("Building blocks"),
        "resources_setup": _("What it took to set it up"),
        "resources_running": _("What it takes to keep it running"),
        "evidence_of_success": _("What came of it"),
        "evidence": _("What came of it, in figures"),
        "success_factors": _("What helped"),
        "hampering_factors": _("What hindered"),
        "challenges": _("What was hard"),
        "preconditions": _("What must be there first"),
        "potential_for_transfer": _("What others can make of it"),
        "expert_opinion": _("An expert’s opinion"),
        "links": _("Read on"),
        "attachments": _("Files"),
        # within parts
        "enabling_factors": _("What made it possible"),
        "lessons": _("What was learned"),
    }


def _resources(name: str) -> Callable[[dict], Iterator[dict]]:
    """The words; sums and posts stand among the facts."""
    return lambda record: _prose((record[name] or {}).get("text"), record)


def _evidence(record: dict) -> Iterator[dict]:
    if record["evidence"]:
        columns = [column | {"number": column.get("number", False)} for column in evidence_columns()]
        yield {"type": "table", "columns": columns, "rows": evidence_rows(record)}


def _opinion(record: dict) -> Iterator[dict]:
    if record["expert_opinion"]:
        yield from _prose(record["expert_opinion"]["text"], record)
        if by_whom := signed(record["expert_opinion"], record.get("version")):
            yield {"type": "label", "text": by_whom}


def _links_onward(record: dict) -> Iterator[dict]:
    if lines := links_onward(record):
        yield {"type": "links", "lines": [line_of(**{name: line[name] for name in _LINE}) for line in lines]}


_OF_THEIR_OWN = {
    "resources_setup": _resources("resources_setup"),
    "resources_running": _resources("resources_running"),
    "evidence": _evidence,
    "expert_opinion": _opinion,
    "links": _links_onward,
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
        lines.append(
            line_of(named.text or part["url"], part["url"], named.language, **_behind(part.get("title"), record))
        )
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
        if key not in _UNLABELLED:
            yield {"type": "label", "text": _headings().get(key) or _inner_name(name, key)}
        yield from _prose(value, record)


def _inner_name(name: str, key: str) -> str:
    field = next((field for field in GoodPractice._meta.get_fields() if field.name == name), None)
    return field_name(getattr(field, "related_model", None) or GoodPractice, key)


def _prose(texts: dict | None, record: dict) -> Iterator[dict]:
    reading = in_language(texts, get_language(), record["original_language"])
    parts = [part._asdict() for part in parts_of(reading.text)]
    if parts:
        yield {"type": "prose", "lang": reading.language, "parts": parts} | _behind(texts, record)


def reading_of(texts: dict | None, record: dict) -> dict:
    """{text, lang, behind}: what the reader is given, and in which language."""
    reading = in_language(texts, get_language(), record["original_language"])
    return {"text": reading.text, "lang": reading.language or interface_language()} | _behind(texts, record)


def _behind(texts: dict | None, record: dict) -> dict:
    words = words_beside(record).get(id(texts)) if texts else ""
    return {"behind": words} if words else {}


def line_of(text: str, url: str | None = "", lang: str | None = "", behind: str = "") -> dict:
    return {"text": str(text), "url": url or "", "lang": lang or ""} | ({"behind": behind} if behind else {})


def whole_line(line: dict) -> dict:
    """With the note that a page sets small behind it: of which year the money is."""
    text = " ".join(str(each) for each in (line["text"], line.get("note")) if each)
    return line_of(text, line.get("url"), line.get("lang"), line.get("behind", ""))
