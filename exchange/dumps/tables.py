"""Records as rows of a table, and back: which columns a kind has, and what stands in them.

The columns of a kind follow from its description in `docs/openapi.yaml`, in the order of a record's keys:

- a text has a column for each language of the portal: `title_en`, `title_sl` …; so have the addresses in `pages`;
- an object of its own fields has a column for each: `origin_network`, `programme_uid`, `programme_title_en` …;
- a list of texts is one cell, joined by `; `: a `;` or `\\` within an item has a `\\` in front;
- all else that is a list or a map is one cell of compact JSON;
- an empty cell is `null`, an empty list, or a language that is not there.

The last column, `record`, is empty where the others say everything. Where they cannot (a text in a further language, a field
newer than the description), it holds the whole record as JSON, and readers take that.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings

from catalogue import kinds
from catalogue.publication import dumps
from exchange.schema import document, record_name

TEXT, LIST, JSON, WHOLE, NUMBER, DECIMAL, BOOLEAN, MOMENT = (
    "text",
    "list",
    "json",
    "whole number",
    "number",
    "decimal number",
    "true or false",
    "date or time",
)
WHOLE_RECORD = "record"
Value = str | int | float | bool | None
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    path: tuple[str, ...]  # keys from the record down to the value


@dataclass(frozen=True)
class Branch:
    """An object whose fields have columns of their own; `absent` is what it is when all of them are empty."""

    path: tuple[str, ...]
    absent: bool  # null, or else an object of nulls
    is_map: bool = False  # whose keys are there only if they have a value


@dataclass(frozen=True)
class Table:
    kind: str
    columns: tuple[Column, ...]
    branches: tuple[Branch, ...]

    @cached_property
    def types(self) -> dict[str, str]:
        """By the names of the columns, in their order."""
        return {column.name: column.type for column in self.columns} | {WHOLE_RECORD: TEXT}

    @property
    def header(self) -> list[str]:
        return list(self.types)

    def row_of(self, text: str) -> list[Value]:
        """What stands in the cells for a document: texts, numbers, None where the cell is empty."""
        record = json.loads(text)
        row = [_cell(_at(record, column.path), column.type) for column in self.columns]
        return [*row, None if dumps(self._record(row)) == text else text]

    def text_of(self, row: list[Value]) -> str:
        """The document that the row was made of."""
        *cells, whole = row
        return whole or dumps(self._record(cells))

    def _record(self, cells: list[Value]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for column, cell in zip(self.columns, cells, strict=True):
            place = record
            for key in column.path[:-1]:
                place = place.setdefault(key, {})
            place[column.path[-1]] = _value(cell, column.type)
        for branch in reversed(self.branches):
            _prune(record, branch)
        return record


@cache
def table_of(kind: str) -> Table:
    columns: list[Column] = []
    branches: list[Branch] = []
    properties = _components()[record_name(kinds.get(kind))]["properties"]
    for name, schema in properties.items():
        for part in _parts((name,), schema):
            (columns if isinstance(part, Column) else branches).append(part)
    return Table(kind, tuple(columns), tuple(branches))


def _components() -> dict[str, dict]:
    return document()["components"]["schemas"]


def _parts(path: tuple[str, ...], schema: dict) -> Iterator[Column | Branch]:
    schema, may_be_null = _plain(schema)
    properties = schema.get("properties")
    if schema.get("additionalProperties", {}).get("type") == "string":  # a map from languages to texts
        properties = {code: {"type": ["string", "null"]} for code in sorted(dict(settings.LANGUAGES))}
        yield Branch(path, may_be_null, is_map=True)
    elif properties:
        yield Branch(path, may_be_null)
    if properties is None:
        yield Column("_".join(path), _type(schema), path)
        return
    for name, inner in properties.items():
        yield from _parts((*path, name), inner)


def _plain(schema: dict) -> tuple[dict, bool]:
    """What a schema comes down to, and whether null is allowed beside it."""
    may_be_null = False
    while found := next((schema[way] for way in ("anyOf", "oneOf", "allOf") if way in schema), None):
        may_be_null |= {"type": "null"} in found
        schema = found[0] | ({"type": "string"} if schema.get("type") == "string" else {})
    if "$ref" in schema:
        schema = _components()[schema["$ref"].rpartition("/")[2]]
    if isinstance(schema.get("type"), list):
        may_be_null |= "null" in schema["type"]
        schema = schema | {"type": schema["type"][0]}
    return schema, may_be_null


def _type(schema: dict) -> str:
    match schema:
        case {"type": "array", "items": {"type": "string"} | {}} if "$ref" not in schema["items"]:
            return LIST
        case {"type": "array" | "object"}:
            return JSON
        case {"format": "date" | "date-time"}:
            return MOMENT
        case {"format": "decimal"}:
            return DECIMAL
        case {"type": "integer"}:
            return WHOLE
        case {"type": "number"}:
            return NUMBER
        case {"type": "boolean"}:
            return BOOLEAN
    return TEXT


def _at(record: dict, path: tuple[str, ...]) -> Any:
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def _cell(value: Any, type_: str) -> Value:
    """None where the column cannot hold the value: then the row's last cell has the record."""
    if value is None or value == []:
        return None
    if type_ == JSON:
        return dumps(value)
    if type_ == LIST:
        return _joined(value) if isinstance(value, list) else None
    if type_ == BOOLEAN:
        return value if isinstance(value, bool) else None
    if type_ == WHOLE:
        return value if type(value) is int and abs(value) < 10**15 else None
    if type_ == NUMBER:
        return value if type(value) is float and float(f"{value:.15g}") == value else None
    if type_ == DECIMAL:
        return value if isinstance(value, str) and _DECIMAL.fullmatch(value) and len(value) < 15 else None
    return value if isinstance(value, str) else None


def _value(cell: Value, type_: str) -> Any:
    if type_ == JSON:
        return json.loads(cell) if cell is not None else []
    if type_ == LIST:
        return _parted(cell) if cell is not None else []
    return cell


def _joined(items: list) -> str:
    """`; ` between the items; JSON where they are no texts."""
    if not all(isinstance(item, str) and item for item in items) or items[0].startswith("["):
        return dumps(items)
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def _parted(cell: str) -> list:
    if cell.startswith("["):
        return json.loads(cell)
    items = re.findall(r"((?:[^\\;]|\\.)+)(?:; |\Z)", cell, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items]


def _prune(record: dict, branch: Branch) -> None:
    """Takes empty languages out of a map, and an absent object as a whole."""
    parent = _at(record, branch.path[:-1])
    if not isinstance(parent, dict):
        return
    found = parent[branch.path[-1]]
    if branch.is_map:
        found = {key: value for key, value in found.items() if value is not None}
    is_empty = all(value in (None, [], {}) for value in found.values())
    parent[branch.path[-1]] = None if branch.absent and is_empty else found
