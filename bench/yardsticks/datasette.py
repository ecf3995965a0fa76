"""Datasette's way: a plain table in SQLite, keyset paging, and JSON made of its columns row by row.

Columns that hold lists and objects are read as JSON, as Datasette does where its reader asks for `_json`.
"""

import json
import os
import sqlite3
import threading
from urllib.parse import parse_qs

PAGE = 100
PLAIN = ("uid", "kind", "url", "published", "modified", "original_language", "licence")  # and numbers; all else is JSON
_kept = threading.local()


def application(environ, start_response):
    behind = int(parse_qs(environ["QUERY_STRING"]).get("behind", ["0"])[0])
    if not hasattr(_kept, "connection"):
        _kept.connection = sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    found = _kept.connection.execute(
        "SELECT * FROM plain_practice WHERE id > ? ORDER BY id LIMIT ?", [behind, PAGE + 1]
    )
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchmany(PAGE)]
    for row in rows:
        del row["id"]
        for name, value in row.items():
            if isinstance(value, str) and name not in PLAIN:
                row[name] = json.loads(value)
    body = json.dumps({"results": rows}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
