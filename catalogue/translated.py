"""What a document says of its own translations."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalogue import origins
from catalogue.origins import Translation
from catalogue.texts import is_text_map


def translations_in(document: Mapping[str, Any], record) -> dict[str, dict]:
    """Language → {state, stale}, for the languages that `document["translations"]` names already."""
    languages = document["translations"]
    told = {language: {"state": "human", "stale": []} for language in languages}
    if record.original_language in told:
        told[record.original_language] = {"state": "original"}
    if len(told) > 1 or told.keys() - {record.original_language}:
        for language, texts in _by_language(origins.translations_of(record)).items():
            if language in told:
                told[language] = _told(texts, document, record)
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
        if (text.is_stale or text.is_machine) and text_at(document, path):
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
