"""A connection that is another thread's: it may not be used, but its line may be broken."""

import os
import socket
from contextlib import suppress
from typing import Any

import psycopg2


def hang_up(raw: Any) -> None:
    """Of PostgreSQL. Wakes whoever waits on the line; the database ends what it did there, and gives its locks back."""
    with (
        suppress(OSError, psycopg2.InterfaceError),  # it was closed before
        socket.socket(fileno=os.dup(raw.fileno())) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)
