"""The stored documents of many entries as lines of NDJSON, at the speed of the database and in flat memory.

One statement reads them all, so they are those of one moment: what is published meanwhile is not among them, nothing is
doubled, and no writer waits. PostgreSQL copies them out in a thread of its own into a pipe that holds little; SQLite's cursor
is asked for a few at a time.
"""

import fcntl
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO

from django.db import OperationalError, connection
from django.db.models import QuerySet

from exchange.dumps.connections import hang_up
from operations.lines import PIECE

CHUNK = PIECE
PIPE = 1024 * 1024  # bytes: the most that Linux lets everybody have
ROWS = 50  # asked for at once of SQLite
# JSON texts have none of these two characters, and no ends of lines: so nothing is ever quoted or escaped.
_AS_LINES = rb"WITH (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')"


class PostgresRows:
    """Iterates over the lines in chunks; `close` ends it early.

    The copying uses this thread's connection, on which nothing else can be asked meanwhile.
    """

    def __init__(self, entries: QuerySet, column: str):
        statement = _copy(entries, column)
        self._raw = connection.connection
        self._owner = threading.get_ident()
        self._error: BaseException | None = None
        self._is_over = False
        self._end, taking = os.pipe()
        with suppress(OSError):
            fcntl.fcntl(taking, fcntl.F_SETPIPE_SZ, PIPE)
        self._copying = threading.Thread(target=self._copy, args=(statement, taking), name="dump", daemon=True)
        self._copying.start()

    def _copy(self, statement: bytes, taking: int) -> None:
        try:
            with open(taking, "wb", buffering=CHUNK) as pipe, self._raw.cursor() as cursor:
                cursor.copy_expert(statement, pipe)
        except BaseException as error:
            self._error = error

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._is_over:
            raise StopIteration
        if chunk := os.read(self._end, CHUNK):
            return chunk
        self._is_over = True
        self._copying.join()
        os.close(self._end)
        if self._error:
            self._give_up_connection()
            raise OperationalError("The database broke off in the middle of a dump.") from self._error
        raise StopIteration

    def close(self) -> None:
        if self._is_over:
            return
        if connection.in_atomic_block and self._owner == threading.get_ident():
            for _chunk in self:  # a statement that is broken off would end the transaction around it
                pass
            return
        self._is_over = True
        hang_up(self._raw)  # wakes the copying, wherever it waits
        os.close(self._end)
        self._copying.join()
        self._give_up_connection()

    def _give_up_connection(self) -> None:
        if self._owner == threading.get_ident():
            connection.close()


class SqliteRows:
    """The same of SQLite, whose cursor sees the database as it was when it was opened."""

    def __init__(self, entries: QuerySet, column: str):
        self._cursor = connection.cursor()
        self._cursor.execute(*_select(entries, column))

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        gathered = bytearray()
        while len(gathered) < CHUNK and (rows := self._cursor.fetchmany(ROWS)):
            for (document,) in rows:
                gathered += document.encode()
                gathered += b"\n"
        if not gathered:
            self.close()
            raise StopIteration
        return bytes(gathered)

    def close(self) -> None:
        with suppress(Exception):  # of another thread, which is told so
            self._cursor.close()


Rows = PostgresRows | SqliteRows


def rows_of(entries: QuerySet, column: str = "document") -> Rows:
    """The documents of the entries in the order of the list, from now on. Raises what the database does at the beginning.

    `column` may be another one that holds JSON.
    """
    return (PostgresRows if connection.vendor == "postgresql" else SqliteRows)(entries, column)


def write_rows(entries: QuerySet, file: BinaryIO) -> None:
    """The same into a file, without the detour through a pipe."""
    if connection.vendor == "postgresql":
        statement = _copy(entries, "document")
        with connection.connection.cursor() as cursor:
            cursor.copy_expert(statement, file)
    else:
        file.writelines(SqliteRows(entries, "document"))


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """One document each, without the end of its line."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _select(entries: QuerySet, column: str) -> tuple[str, tuple]:
    """A statement even of what can match nothing, for which Django would rather ask nothing."""
    query = entries.order_by("pk").values_list(column).query
    return query.get_compiler(connection=connection, elide_empty=False).as_sql()


def _copy(entries: QuerySet, column: str) -> bytes:
    with connection.cursor() as cursor:
        return b"COPY (%b) TO STDOUT %b" % (cursor.mogrify(*_select(entries, column)), _AS_LINES)
