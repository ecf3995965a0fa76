"""The files under `seeds/`, read and checked.

What comes out is complete: every key that a record may have is there, absent ones as `None` or `[]`; every reference
names a record that is in the files. What a value may be (a code, a length, an address) is the models' matter.

A kind is added in three places: its files in `FILES`, behind those of the kinds that it names; what its records may
say in `seeds.shapes`; and in `seeds.contents` a function that turns one of them into its model's fields and parts. What
stands under `examples/` is invented, and each record there says `example: true`.
"""

from pathlib import Path
from typing import Any

import yaml

from seeds.shapes import SHAPES, KeyOf, Texts

FOLDER = Path(__file__).resolve().parent
FILES = {
    "programmes": ["facts/programmes.yaml"],
    # the example first: what comes last is the newest, and leads the list
    "partners": ["examples/partners.yaml", "facts/partners.yaml"],
    "projects": ["examples/projects.yaml", "facts/projects.yaml"],
    "areas": ["examples/areas.yaml"],
    "practices": ["examples/practices.yaml"],
    "library": ["facts/library.yaml", "examples/library.yaml"],
    "events": ["examples/events.yaml"],
    "action-plans": ["facts/action_plans.yaml", "examples/action_plans.yaml"],
}

Item = dict[str, Any]
Files = dict[str, dict[str, Item]]  # kind → key → what its file says of the record


class FaultyContent(Exception):
    """A file says something that cannot be loaded: which file, which record, where in it, and why."""

    def __init__(self, kind: str, where: str, why: object):
        super().__init__(f"seeds/{files_of(kind)}: {where}: {why}")


def files_of(kind: str) -> str:
    """`facts/library.yaml or examples/library.yaml`: no key stands in both."""
    return " or ".join(FILES[kind])


def read(folder: Path = FOLDER) -> Files:
    """Raises FaultyContent at the first fault."""
    files = {kind: _by_key(kind, [folder / name for name in names]) for kind, names in FILES.items()}
    checked = {
        kind: {key: _Check(kind, files).whole(item, SHAPES[kind], key) for key, item in items.items()}
        for kind, items in files.items()
    }
    _check_priorities(checked)
    _check_results(checked)
    return checked


def _by_key(kind: str, files: list[Path]) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for n, item in enumerate((item for file in files for item in _yaml(kind, file)), 1):
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
            raise FaultyContent(self.kind, where, f"{value!r} is not in {files_of(shape.kind)}")
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
