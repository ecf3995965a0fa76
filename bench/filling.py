"""Writes the invented catalogue into a scratch database: straight into the read model, and as the yardsticks keep it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from functools import cache
from io import StringIO
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings

from bench.data import Catalogue, Record, moments, named, records, uid_of
from bench.scratch import Scratch
from bench.yardsticks.datasette import PLAIN
from catalogue.models import CatalogueState, Entry, EntryFacet, Reference
from catalogue.publication import dumps, etag_of

BATCH = 2_000  # records
PARTS = {
    "place": "places",
    "buildingblock": "building_blocks",
    "evidence": "evidence",
    "link": "links",
}
USUAL_SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.yardsticks.usual.settings"}


def fill(scratch: Scratch, catalogue: Catalogue, *, beside: bool) -> None:
    """`beside`: with the tables of the yardsticks, too. Raises CommandError if the database is not a marked one."""
    with closing(scratch.connect()) as database:
        if beside:
            make_usual_tables(scratch)
        writer = (PostgresWriter if scratch.vendor == "postgresql" else SqliteWriter)(database)
        if beside:
            _write_named(writer, catalogue)
        position = 0
        for batch in _in_batches(records(catalogue)):
            _write_entries(writer, batch, position)
            if beside:
                _write_practices(writer, [record for record in batch if record.kind == "practices"])
            position += len(batch)
        writer.advance(position)
        writer.settle()


def make_usual_tables(scratch: Scratch) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
    environment = os.environ | scratch.environment() | USUAL_SETTINGS | {"PYTHONPATH": str(settings.BASE_DIR)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)


def _in_batches(all_records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(all_records, BATCH)):
        yield batch


# The read model


def _write_entries(writer: "Writer", batch: list[Record], position: int) -> None:
    rows = [entry_of(record, at) for at, record in enumerate(batch, start=position + 1)]
    writer.write("catalogue_entry", rows)
    facets = (
        {"entry_id": row["id"], "name": name, "value": value}
        for row, record in zip(rows, batch, strict=True)
        for name, value in _facets(record)
    )
    writer.write(EntryFacet._meta.db_table, facets)
    references = (
        {"source_id": row["id"], "target_uid": uid, "relation": relation}
        for row, record in zip(rows, batch, strict=True)
        for relation, uid in record.references
    )
    writer.write(Reference._meta.db_table, references)


def entry_of(record: Record, position: int) -> dict[str, Any]:
    """The row that publication would have written; its id is its position."""
    published, modified = moments(record.number)
    document = dumps(record.document)
    known = {
        "id": position,
        "uid": uid_of(record.kind, record.number),
        "kind": record.kind,
        "slug": f"{record.kind}-{record.number}",
        "position": position,
        "version": record.document["version"],
        "published": published,
        "modified": modified,
        "example": True,
        "title_key": record.document["title"]["en"].lower(),
        "etag": etag_of(document),
        "slug_digest": hashlib.sha256(f"{record.kind}/{record.kind}-{record.number}".encode()).hexdigest(),
        "card": dumps(record.card),
        "document": document,
    }
    return _empty_entry() | known


@cache
def _empty_entry() -> dict[str, Any]:
    return {field.column: field.get_default() for field in Entry._meta.concrete_fields}


def _facets(record: Record) -> Iterable[tuple[str, str]]:
    yield from (("topic", topic) for topic in record.document["topics"])
    yield from {("country", place["country"]) for place in record.document["places"]}


# The tables of the yardsticks


def _write_named(writer: "Writer", catalogue: Catalogue) -> None:
    for table, kind, number in (
        ("usual_organisation", "partners", catalogue.partners),
        ("usual_project", "projects", catalogue.projects),
    ):
        rows = (
            {"id": each, "uid": uid_of(kind, each), "title": named(kind, each)["title"]}
            for each in range(1, number + 1)
        )
        writer.write(table, rows)


def _write_practices(writer: "Writer", practices: list[Record]) -> None:
    writer.write("usual_practice", (_practice_row(record) for record in practices))
    through = (
        {"practice_id": record.number, "project_id": project}
        for record in practices
        for project in record.facts["projects"]
    )
    writer.write("usual_practice_projects", through)
    for table, name in PARTS.items():
        parts = (_part_row(record, part) for record in practices for part in record.document[name])
        writer.write(f"usual_{table}", parts)
    if isinstance(writer, SqliteWriter):
        writer.write_plain(practices)


def _practice_row(record: Record) -> dict[str, Any]:
    computed = ("kind", "url", "pages", "origin", "organisation_in_charge", "projects", *PARTS.values())
    published, modified = moments(record.number)
    return {name: value for name, value in record.document.items() if name not in computed} | {
        "id": record.number,
        "uid": uid_of("practices", record.number),
        "slug": f"practices-{record.number}",
        "published": published,
        "modified": modified,
        "organisation_in_charge_id": record.facts["organisation"],
    }


def _part_row(record: Record, part: dict[str, Any]) -> dict[str, Any]:
    row = {"practice_id": record.number} | part
    if "uid" in row:
        row["uid"] = UUID(row["uid"])
    if "value" in row:
        row["value"] = Decimal(row["value"])
    return row


# How rows are written


class Writer:
    """Writes rows (column → value) of a table; all rows of a call have the same columns."""

    def __init__(self, database):
        self.database = database

    def write(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        rows = list(rows)
        if rows:
            columns = ", ".join(f'"{name}"' for name in rows[0])
            self._write(table, columns, len(rows[0]), ([self._value(each) for each in row.values()] for row in rows))

    def advance(self, position: int) -> None:
        with closing(self.database.cursor()) as cursor:
            cursor.execute(f"UPDATE {CatalogueState._meta.db_table} SET position = {position:d}")  # noqa: S608

    def _value(self, value):
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False)
        return value


class PostgresWriter(Writer):
    """Of what COPY must not read as it stands, only backslashes are in what is written here."""

    def _value(self, value):
        if value is None:
            return "\\N"
        if isinstance(value, datetime):
            return value.isoformat()
        return str(super()._value(value)).replace("\\", "\\\\")

    def _write(self, table, columns, number, rows) -> None:
        lines = StringIO("".join("\t".join(row) + "\n" for row in rows))
        with self.database.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)

    def settle(self) -> None:
        """As autovacuum would have left it."""
        self.database.commit()
        self.database.autocommit = True
        with self.database.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


class SqliteWriter(Writer):
    def _value(self, value):
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M:%S")
        return float(value) if isinstance(value, Decimal) else super()._value(value)

    def _write(self, table, columns, number, rows) -> None:
        places = ", ".join("?" * number)
        self.database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608

    def write_plain(self, practices: list[Record]) -> None:
        """Datasette's table: the columns are the document's own keys."""
        if not practices:
            return
        columns = ", ".join(f'"{name}"' for name in practices[0].document)
        self.database.execute(f"CREATE TABLE IF NOT EXISTS plain_practice (id INTEGER PRIMARY KEY, {columns})")
        self.write("plain_practice", ({"id": each.number} | _plain(each.document) for each in practices))

    def settle(self) -> None:
        self.database.commit()
        self.database.execute("ANALYZE")
        self.database.commit()
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    """Numbers, nulls and plain words as they are, all else as JSON."""
    as_they_are = {name: document[name] for name, value in document.items() if name in PLAIN or value is None}
    numbers = {name: value for name, value in document.items() if type(value) is int}
    as_json = {name: json.dumps(value, ensure_ascii=False) for name, value in document.items()}
    return as_json | numbers | as_they_are
