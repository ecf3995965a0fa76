"""Records of every kind with texts that are hard to carry, and readers of their dumps."""

import gc
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from catalogue import kinds
from catalogue.models import CatalogueState, Entry
from catalogue.publication import dumps
from exchange.dumps.places import DUMPS, HERE
from exchange.dumps.tables import table_of
from tests.every_kind import FACTORIES
from tests.factories import publish

LANGUAGES = dict(settings.LANGUAGES)
HARD = [
    '=HYPERLINK("https://example.org";"here")',
    "- one\n- two\n=1+1",
    "  +1; =2;\t@SUM(A1)",
    "'quoted' \"twice\", with, commas; and _x0041_ and _x005F_",
    "“Žička cesta” — 😀 𠮷野家 \u2028 \u00a0",
    "#N/A",
    "1,5",
    "2024-02-30",
    "TRUE",
    "long " * 9000,
]


@pytest.fixture(autouse=True)
def _all_places_are_given_back():
    yield
    gc.collect()
    assert HERE.taken == 0  # SQLite's; on PostgreSQL a place ends with the connection


@pytest.fixture
def dumped(client):
    """`dumped("practices.ndjson?country=SI")`: the bytes of a live dump; its answer is in `dumped.answer`."""

    def get(path: str, *, status: int = 200, **headers) -> bytes:
        response = get.answer = client.get(f"/api/v1/dumps/{path}", headers=headers)
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code == status, content.decode()
        return content

    return get


@pytest.fixture
def every_kind():
    """Published records of each kind, and beside them some whose texts are hard to carry."""
    for kind in kinds.all_kinds():
        publish(FACTORIES[kind.name]())
        published = Entry.objects.get(uid=publish(FACTORIES[kind.name]()).uid)
        position = CatalogueState.objects.current().position
        for number, text in enumerate(HARD, 1):
            record = hardened(published.record, text) | {"uid": str(uuid4())}
            Entry.objects.create(
                uid=record["uid"],
                kind=kind.name,
                slug=f"hard-{number}",
                position=position + number,
                published=published.published,
                modified=published.modified,
                card="{}",
                document=dumps(record),
            )
        CatalogueState.objects.update(position=position + len(HARD))


@contextmanager
def asked_beside(statement: str, *values) -> Iterator[list[tuple]]:
    """What PostgreSQL answers over another connection, which stays open meanwhile."""
    with closing(psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})) as beside:
        with beside.cursor() as cursor:
            cursor.execute(statement, values)
            yield cursor.fetchall()
        beside.rollback()


def taken() -> int:
    """How many places readers have."""
    if connection.vendor == "sqlite":
        return HERE.taken
    here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
    locks = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND database = {here}"
    with asked_beside(locks, DUMPS) as ((number,),):
        return number


@contextmanager
def others_reading(number: int) -> Iterator[None]:
    """So many places are taken: on PostgreSQL by another process, as far as the database knows."""
    if connection.vendor == "sqlite":
        others = [HERE.take() for _reader in range(number)]
        yield
        for each in others:
            each.give_back()
    else:
        locks = "SELECT pg_advisory_xact_lock(%s, place) FROM generate_series(1, %s) place"
        with asked_beside(locks, DUMPS, number):
            yield


def hardened(record: dict, text: str) -> dict:
    """The record with this text wherever its kind has one."""
    hard = deepcopy(record) | {"keywords": [text, "a; b", "\\", text]}
    for column in table_of(record["kind"]).columns:
        if column.type != "text" or column.path[-1] in ("uid", "kind", "url") or column.path[0] == "pages":
            continue
        place = hard
        for key in column.path[:-1]:
            place = place.get(key) if isinstance(place, dict) else None
            if place is None and column.path[-1] in LANGUAGES and len(column.path) == 2:
                place = hard[key] = {}
        if isinstance(place, dict):
            place[column.path[-1]] = text
    return _sorted_by_language(hard)


def _sorted_by_language(part):
    """As the portal writes texts."""
    if not isinstance(part, dict):
        return part
    names = sorted(part) if part.keys() <= LANGUAGES.keys() else list(part)
    return {name: _sorted_by_language(part[name]) for name in names}


def documents(ndjson: bytes) -> list[dict]:
    return [json.loads(line) for line in ndjson.splitlines()]
