"""What a document says of its own translations, and what its readers are told of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import origins
from catalogue.origins import Translation
from catalogue.texts import in_language, is_text_map
from pages.languages import language_in_words


def translations_in(document: Mapping[str, Any], record) -> dict[str, dict]:
    """Language → {state, stale}, for the languages that `document["translations"]` names already."""
    languages = document["translations"]
    told = {language: {"state": "human", "stale": []} for language in languages}
    for language, texts in _by_language(origins.labelled_in(record)).items():
        if language in told:
            told[language] = _told(texts, document, record)
    if original := told.get(record.original_language):
        made = {"machine": original["machine"]} if "machine" in original else {}
        told[record.original_language] = {"state": "original"} | made
    return told


def _by_language(translations: Iterable[Translation]) -> dict[str, list[Translation]]:
    found: dict[str, list[Translation]] = {}
    for each in translations:
        found.setdefault(each.language, []).append(each)
    return found


def _told(texts: list[Translation], document: Mapping, record) -> dict[str, Any]:
    stale, machine = [], []
    for text in texts:
        path = path_in_document(text.path, record)
        if text_at(document, path):
            stale += [path] if text.is_stale else []
            machine += [path] if text.is_machine else []
    told = {"state": "machine" if machine else "human", "stale": sorted(stale)}
    return told | {"machine": sorted(machine)} if machine else told


def path_in_document(path: str, record) -> str:
    """What the record calls `name` may be the document's `title` (`Record.texts_in_document`)."""
    steps = path.split(".")
    names = ".".join(step for step in steps if not _is_uid(step))
    return ".".join([*steps[:-1], record.texts_in_document.get(names, steps[-1])])


def _is_uid(step: str) -> bool:
    return len(step) == 36 and step.count("-") == 4


def text_at(document: Any, path: str) -> Mapping[str, str] | None:
    """The text to which the path leads; None where the document does not show it."""
    for step in path.split("."):
        if isinstance(document, list):
            document = next(
                (part for part in document if isinstance(part, Mapping) and str(part.get("uid")) == step), None
            )
        else:
            document = document.get(step) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) and is_text_map(document) else None


# For its readers


def reading_of_translations(document: Mapping[str, Any], read: Iterable[str]) -> dict[str, Any] | None:
    """What a reader is told who does not read the original everywhere, or one that a machine has made: {original, url, stale,
    machine, made, behind}. `read` are the languages in which the page stands before her.

    `behind` says by the identity of a text in the document what stands beside it; what she reads in another language than her
    own is told by the state of that one.
    """
    original, read = document["original_language"], set(read)
    stale, machine, made = _marked(document)
    if not read - {original} and not made:
        return None
    return {
        "original": language_in_words(original),
        "code": original,
        "url": document["pages"].get(original, ""),
        "stale": bool(stale),
        "machine": bool(machine),
        "made": bool(made),
        "translated": bool(read - {original}),
        "behind": words_beside(document),
    }


def words_beside(document: Mapping[str, Any]) -> dict[int, str]:
    """Of every text in a document, or its short form, that is stale in the language in which it is read, or a machine's: what
    stands beside it, by the identity of the text.
    """
    stale, machine, made = _marked(document)
    behind = {place: _words(place in stale, place in machine) for place in stale | machine}
    return behind | dict.fromkeys(made, _("made by a machine"))


def _marked(document: Mapping[str, Any]) -> tuple[set[int], set[int], set[int]]:
    """Stale, translated by a machine, and of the original what a machine has made."""
    languages, original = set(document.get("translations") or ()), document["original_language"]
    machine = _places(document, "machine", languages - {original})
    return _places(document, "stale", languages), machine, _places(document, "machine", languages & {original})


def _places(document: Mapping[str, Any], state: str, read: Iterable[str]) -> set[int]:
    """The texts that she reads in a language in which they are stale, or a machine's."""
    found = set()
    for language in read:
        for path in (document["translations"].get(language) or {}).get(state) or ():
            texts = text_at(document, path)
            if texts and in_language(texts, get_language(), document["original_language"]).language == language:
                found.add(id(texts))
    return found


def _words(is_stale: bool, is_machine: bool) -> str:
    if is_stale and is_machine:
        return _("translated by a machine from an earlier version")
    return _("translated from an earlier version") if is_stale else _("translated by a machine")
