"""The least that can be done: one statement for stored texts, joined, under the same gunicorn; PostgreSQL or SQLite.

`/bytes` passes the texts as the database sends them, `/texts` as Python's text, which is what most would write first.
`?behind=ID` continues behind a row.
"""

import os
import sqlite3
import threading
from urllib.parse import parse_qs

import psycopg2
from psycopg2.extensions import BYTES, register_type

PAGE = 100
URL = os.environ["DATABASE_URL"]
STATEMENT = (
    "SELECT id, document FROM catalogue_entry WHERE kind = 'practices' AND withdrawn IS NULL AND network_id IS NULL"
    " AND id > {} ORDER BY id LIMIT {}"
)
_kept = threading.local()


def application(environ, start_response):
    behind = int(parse_qs(environ["QUERY_STRING"]).get("behind", ["0"])[0])
    as_bytes = environ["PATH_INFO"] == "/bytes"
    texts = [text for _id, text in fetched(behind, as_bytes=as_bytes)[:PAGE]]
    body = b'{"results":[' + b",".join(texts) + b"]}" if as_bytes else f'{{"results":[{",".join(texts)}]}}'.encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def fetched(behind: int, *, as_bytes: bool) -> list[tuple]:
    if not hasattr(_kept, "connection"):
        _kept.connection = _connect()
    if URL.startswith("sqlite"):
        _kept.connection.text_factory = bytes if as_bytes else str
        return _kept.connection.execute(STATEMENT.format("?", "?"), [behind, PAGE + 1]).fetchall()
    with _kept.connection.cursor() as cursor:
        if as_bytes:
            register_type(BYTES, cursor)
        cursor.execute(STATEMENT.format("%s", "%s"), [behind, PAGE + 1])
        return cursor.fetchall()


def _connect():
    if URL.startswith("sqlite"):
        return sqlite3.connect(URL.removeprefix("sqlite:///"))
    connection = psycopg2.connect(URL.replace("postgres://", "postgresql://", 1))
    connection.autocommit = True
    return connection
