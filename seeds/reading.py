"""The files under `seeds/`, read and checked.

What comes out is complete: every key that a record may have is there, absent ones as `None` or `[]`; every reference
names a record that is in the files. What a value may be (a code, a length, an address) is the models' matter.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).resolve().parent
FILES = {
    "programmes": "facts/programmes.yaml",
    "partners": "facts/partners.yaml",
    "projects": "facts/projects.yaml",
    "practices": "examples/practices.yaml",
}

Item = dict[str, Any]
Files = dict[str, dict[str, Item]]  # kind → key → what its file says of the record


class FaultyContent(Exception):
    """A file says something that cannot be loaded: which file, which record, where in it, and why."""

    def __init__(self, kind: str, where: str, why: object):
        super().__init__(f"seeds/{FILES[kind]}: {where}: {why}")


class KeyOf(NamedTuple):
    """Names a record of this kind by its key."""

    kind: str


class Texts:
    """Language → text."""


# What each kind of record may say. A list of one shape stands for any number of those.

SOURCE = {"document": str, "line": int, "publication": str, "url": str}
SOURCED = {"source": SOURCE, "other_sources": [SOURCE]}
NOTES = [{"field": str, **SOURCE, "note": Texts}]
STATEMENTS = [{"text": Texts, **SOURCED}]
PLACE = {"country": str, "nuts": str, "nuts_version": int, "town": str, "lat": float, "lng": float}
MONEY = {"total_eligible_budget": str, "cofinancing_amount": str, "cofinancing_rate": str}

PROGRAMME = {
    "original_language": str,
    "name": Texts,
    "name_as_printed": str,
    "acronym": str,
    "description": Texts,
    "period": str,
    "strand": str,
    "cci": str,
    "priorities": [{"code": str, "title": Texts, **SOURCED}],
    "funding_statement": Texts,
    **SOURCED,
    "source_notes": NOTES,
}
PARTNER = {
    "original_language": str,
    "name_original": str,
    "name_english": str,
    "abbreviation": str,
    "aliases": [{"name": str, "from": int, "to": int}],
    "partner_type": str,
    "legal_status": str,
    "address": PLACE,
    "website": str,
    "description": Texts,
    "source_notes": NOTES,
}
PARTICIPATION = {
    "organisation": KeyOf("partners"),
    "role": str,
    "order": int,
    "name_as_printed": str,
    "country_as_printed": str,
    "country": str,
    **MONEY,
    "budget_basis": str,
    **SOURCED,
}
INDICATOR = {
    "code": str,
    "level": str,
    "name": Texts,
    "unit": Texts,
    "target": int,
    "target_is_minimum": bool,
    "target_per_year": bool,
    "target_years": [int],
    "aggregation": str,
    "values": [{"year": int, "value": int, "note": Texts, **SOURCED}],
    **SOURCED,
}
PROJECT = {
    "acronym": str,
    "title": Texts,
    "title_as_printed": str,
    "summary": Texts,
    "original_language": str,
    "topics": [str],
    "form": str,
    "type": str,
    "status": str,
    "start": date,
    "end": date,
    "duration_months": int,
    "total_budget": str,
    "eu_funding_amount": str,
    "cofinancing_rate": str,
    "currency": str,
    "programme": KeyOf("programmes"),
    "priority": str,
    "website": str,
    "funding_statement": Texts,
    "participations": [PARTICIPATION],
    "context": STATEMENTS,
    "objectives": STATEMENTS,
    "expected_results": STATEMENTS,
    "results": STATEMENTS,
    "work_packages": [{"number": int, "title": Texts, "description": Texts, **SOURCED}],
    "activities": STATEMENTS,
    "target_groups": [{"codes": [str], "text": Texts, **SOURCED}],
    "indicators": [INDICATOR],
    "stated_counts": [{"what": Texts, "value": int, "countries": [str], **SOURCED}],
    "capitalises": [KeyOf("projects")],
    "named_organisations": [{"organisation": KeyOf("partners"), "how": Texts, **SOURCED}],
    "source_notes": NOTES,
}
PRACTICE = {
    "example": bool,
    "original_language": str,
    "title": Texts,
    "summary": Texts,
    "problem_and_context": Texts,
    "how_it_works": Texts,
    "stakeholders_and_beneficiaries": Texts,
    "topics": [str],
    "geographical_scope": str,
    "places": [PLACE],
    "organisation_in_charge": KeyOf("partners"),
    "projects": [KeyOf("projects")],
    "grew_from": [{"project": KeyOf("projects"), "result": int}],
    "status": str,
    "start": date,
    "end": date,
}
SHAPES = {"programmes": PROGRAMME, "partners": PARTNER, "projects": PROJECT, "practices": PRACTICE}


def read(folder: Path = FOLDER) -> Files:
    """Raises FaultyContent at the first fault."""
    files = {kind: _by_key(kind, folder / name) for kind, name in FILES.items()}
    checked = {
        kind: {key: _Check(kind, files).whole(item, SHAPES[kind], key) for key, item in items.items()}
        for kind, items in files.items()
    }
    _check_priorities(checked)
    _check_results(checked)
    return checked


def _by_key(kind: str, file: Path) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for n, item in enumerate(_yaml(kind, file), 1):
        key = item.pop("key", None)
        if not key or key in items:
            raise FaultyContent(kind, f"record {n}", f"the key {key!r} stands there twice" if key else "it has no key")
        items[key] = item
    return items


def _yaml(kind: str, file: Path) -> list[Item]:
    # The C parser is ten times as fast; not every machine's PyYAML has it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506 (both are safe)
    except yaml.MarkedYAMLError as error:
        raise FaultyContent(kind, f"line {error.problem_mark.line + 1}", error.problem) from error


class _Check:
    """Compares a value with its shape, and completes it."""

    def __init__(self, kind: str, files: Files):
        self.kind, self.files = kind, files

    def whole(self, value, shape, where: str):
        if isinstance(shape, list):
            return self._list(value, shape[0], where)
        if value is None:
            return None
        if isinstance(shape, dict):
            return self._mapping(value, shape, where)
        if isinstance(shape, KeyOf):
            return self._reference(value, shape, where)
        if shape is Texts:
            return self._texts(value, where)
        if not isinstance(value, shape):
            raise FaultyContent(self.kind, where, f"{value!r} is not {shape.__name__}")
        return value

    def _list(self, value, shape, where: str) -> list:
        if value is not None and not isinstance(value, list):
            raise FaultyContent(self.kind, where, "a list is needed")
        return [self.whole(part, shape, f"{where}[{n}]") for n, part in enumerate(value or [])]

    def _mapping(self, value, shape: dict, where: str) -> Item:
        if not isinstance(value, dict):
            raise FaultyContent(self.kind, where, "a mapping is needed")
        for unknown in value.keys() - shape.keys():
            raise FaultyContent(self.kind, where, f"there is no key {unknown!r}")
        return {key: self.whole(value.get(key), part, f"{where}.{key}") for key, part in shape.items()}

    def _reference(self, value, shape: KeyOf, where: str) -> str:
        if value not in self.files[shape.kind]:
            raise FaultyContent(self.kind, where, f"{value!r} is not in {FILES[shape.kind]}")
        return value

    def _texts(self, value, where: str) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(text, str) and text for text in value.values()):
            raise FaultyContent(self.kind, where, "a text for each language is needed")
        return value


def _check_priorities(files: Files) -> None:
    for key, project in files["projects"].items():
        programme = files["programmes"].get(project["programme"], {"priorities": []})
        if project["priority"] not in (None, *(priority["code"] for priority in programme["priorities"])):
            raise FaultyContent("projects", f"{key}.priority", f"its programme has no {project['priority']!r}")


def _check_results(files: Files) -> None:
    for key, practice in files["practices"].items():
        for root in practice["grew_from"]:
            if not 0 <= root["result"] < len(files["projects"][root["project"]]["results"]):
                raise FaultyContent(
                    "practices", f"{key}.grew_from", f"{root['project']} has no result {root['result']}"
                )
