"""How many live dumps are given at once: each holds a thread and a connection as long as its reader takes.

On PostgreSQL all processes share the places. A place is an advisory lock of the connection that copies the dump, and ends with
it, be it by the death of the process. A lock of a transaction would hold the catalogue's table, too, for who reads a workbook
slowly, whose rows have long been read; a migration would wait for her, and everybody for the migration.

SQLite serves one process (`make run`), and each process counts its own.
"""

import threading
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from exchange.dumps.connections import hang_up

DUMPS = int.from_bytes(b"dump")  # the first half of the numbers of our locks; the second says which place
_TAKE = "SELECT place FROM generate_series(1, %s) place WHERE pg_try_advisory_lock(%s, place) LIMIT 1"
_GIVE_BACK = "SELECT pg_advisory_unlock_all()"  # there are no others of the session


class SharedPlace:
    """One reader's of all processes. Giving it back twice does no harm, nor in another thread when the rows are over.

    A connection that has a place already is given the same again; only tests read two dumps over one.
    """

    def __init__(self):
        self._raw: Any = connection.connection
        self._owner = threading.get_ident()

    def give_back(self) -> None:
        raw, self._raw = self._raw, None
        if raw is None or raw.closed:  # and the place with it
            return
        try:
            with raw.cursor() as cursor:
                cursor.execute(_GIVE_BACK)
        except psycopg2.Error:
            if self._owner == threading.get_ident() and connection.connection is raw:
                connection.close()
            else:
                hang_up(raw)


class CountedPlace:
    """One reader's in this process; giving it back twice does no harm."""

    def __init__(self, places: "CountedPlaces"):
        self._places = places
        self._lock = threading.RLock()  # re-entered where the garbage collector gives a place back

    def give_back(self) -> None:
        with self._lock:
            places, self._places = self._places, None
        if places:
            places.returned()


class CountedPlaces:
    def __init__(self):
        self._lock = threading.RLock()  # re-entered where the garbage collector gives a place back
        self.taken = 0

    def take(self) -> CountedPlace | None:
        with self._lock:
            if self.taken >= settings.EXCHANGE["DUMPS_AT_ONCE"]:
                return None
            self.taken += 1
        return CountedPlace(self)

    def returned(self) -> None:
        with self._lock:
            self.taken -= 1


Place = SharedPlace | CountedPlace
HERE = CountedPlaces()


def take() -> Place | None:
    """None if all are taken. On PostgreSQL the connection is this reader's from now on."""
    return _take_shared() if connection.vendor == "postgresql" else HERE.take()


def _take_shared() -> SharedPlace | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [settings.EXCHANGE["DUMPS_AT_ONCE"], DUMPS])
        return SharedPlace() if cursor.fetchone() else None
