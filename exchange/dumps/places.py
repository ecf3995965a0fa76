"""How many live dumps are given at once: each holds a thread and a connection as long as its reader takes.

On PostgreSQL all processes share the places. A place is an advisory lock of the transaction in which the dump is copied:
whatever ends that gives it back, be it the death of the process. A lock of the session would outlive a stream that nobody
ended, and would go astray in a pool that lends connections for one transaction each.

SQLite serves one process (`make run`), and each process counts its own.
"""

import threading
from typing import Any

from django.conf import settings
from django.db import Error, connection

from exchange.dumps.connections import hang_up

DUMPS = int.from_bytes(b"dump")  # the first half of the numbers of our locks; the second says which place
_TAKE = "SELECT place FROM generate_series(1, %s) place WHERE pg_try_advisory_xact_lock(%s, place) LIMIT 1"


class SharedPlace:
    """One reader's of all processes: a transaction of this thread's connection, in which nothing else is written.

    In a transaction of somebody else (`atomic`) it is taken until that ends. A connection that has a place already is given
    the same again; only tests read two dumps over one.
    """

    def __init__(self):
        self._is_within = connection.in_atomic_block
        if not self._is_within:
            # A connection that somebody leaves so is closed by Django before the next request.
            connection.set_autocommit(False)
        self._raw: Any = connection.connection
        self._owner = threading.get_ident()

    def is_found(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [settings.EXCHANGE["DUMPS_AT_ONCE"], DUMPS])
            return cursor.fetchone() is not None

    def give_back(self) -> None:
        raw, self._raw = self._raw, None
        if raw is None or self._is_within:
            return
        if self._owner != threading.get_ident():
            hang_up(raw)
        elif connection.connection is raw:  # else it was closed, and the place with it
            try:
                connection.commit()
                connection.set_autocommit(True)
            except Error:
                connection.close()


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
    place, is_found = SharedPlace(), False
    try:
        is_found = place.is_found()
    finally:
        if not is_found:
            place.give_back()
    return place if is_found else None
