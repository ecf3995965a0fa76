"""Where each fact of a record comes from: the table that is folded below every record's page."""

from collections.abc import Iterator

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.kinds import Kind
from catalogue.texts import Reading, in_language

WORDS_OF_A_FACT = 10  # as many of a statement remind of it; the whole stands above on the page
# What a part is called by: the first of these that it has.
_SAID = ("text", "what", "title", "name", "how", "indicator")
_PRINTED = ("name_as_printed",)


def source_columns() -> list[dict]:
    return [{"label": label} for label in (_("Fact"), _("Source"), _("Note"))]


def source_rows(document: dict, kind: Kind) -> list[list[dict]]:
    """The record's own facts, then its parts in the order of the page: what it is, where it stands, what is to be said."""
    notes = list(document.get("source_notes") or [])
    parts = [row for name in kind.parts for row in _part_rows(document, kind, name, notes)]
    order = list(document)
    notes.sort(key=lambda note: order.index(_field(note)) if _field(note) in order else len(order))
    return [*(_note_row(document, kind, note) for note in notes), *parts]


def _field(note: dict) -> str:
    return str(note.get("field") or "").partition(".")[0]


def _part_rows(document: dict, kind: Kind, name: str, notes: list[dict]) -> Iterator[list[dict]]:
    """The parts that have a source. A note on a part's own line goes beside it, and is taken from the `notes`."""
    called = _name_of_parts(kind.model, name)
    for part in document.get(name) or []:
        fact = _fact(part, document)
        for known, told in [(part, fact), *((value, _value(fact, value)) for value in part.get("values") or [])]:
            if known.get("source"):
                mine = [note for note in notes if _field(note) == name and _is_at(note, known["source"])]
                notes[:] = [note for note in notes if note not in mine]
                yield [_cell(told, sub=called), _source_cell(known), {"text": _said(mine, document)}]


def _is_at(note: dict, source: dict) -> bool:
    place = ("document", "line") if source.get("document") else ("publication", "url")
    return all(note.get(key) == source.get(key) for key in place)


def _note_row(document: dict, kind: Kind, note: dict) -> list[dict]:
    name = field_name(kind.model, str(note.get("field") or ""))
    return [{"text": name}, _source_cell({"source": note}), {"text": _said([note], document)}]


def _said(notes: list[dict], document: dict) -> str:
    said = (in_language(note.get("note"), get_language(), document["original_language"]).text for note in notes)
    return " ".join(text for text in said if text)


def _fact(part: dict, document: dict) -> Reading:
    """In what words one knows the part: those of an organisation's name, or the beginning of what it says."""
    named = (part.get("organisation") or {}).get("title")
    for texts in (named, *(part.get(key) for key in _SAID)):
        if texts:
            return in_language(texts, get_language(), document["original_language"])
    return Reading(next((part[key] for key in _PRINTED if part.get(key)), ""), "")


def _value(fact: Reading, value: dict) -> Reading:
    """One value of an indicator: *Towns advised, 2016: 15*."""
    told = [value.get("year") or value.get("date"), value.get("value")]
    of_what = Truncator(fact.text).words(WORDS_OF_A_FACT)
    return Reading(f"{of_what}, {': '.join(str(each) for each in told if each is not None)}", fact.language)


def _cell(fact: Reading, sub: str) -> dict:
    lang = "" if fact.language in ("", get_language()) else fact.language
    return {"text": Truncator(fact.text).words(WORDS_OF_A_FACT), "lang": lang, "sub": sub}


def _source_cell(known: dict) -> dict:
    sources = [known["source"], *(known.get("other_sources") or [])]
    address = next((source["url"] for source in sources if source.get("url")), "")
    return {"text": "; ".join(_in_words(source) for source in sources), "url": address}


def _in_words(source: dict) -> str:
    return _("%(document)s, line %(line)s") % source if source.get("document") else source.get("publication") or ""


def _name_of_parts(model: type, name: str) -> str:
    return capfirst(model._meta.get_field(name).related_model._meta.verbose_name)


def field_name(model: type, path: str) -> str:
    """`address.country` → Country: what the record's model calls the field, in the reader's language."""
    try:
        field = model._meta.get_field(path.rpartition(".")[2])
    except FieldDoesNotExist:
        return capfirst(path.replace("_", " "))
    # The other end of a relation has no name of its own.
    return capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)
