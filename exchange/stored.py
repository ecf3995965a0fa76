"""Texts just as the database keeps them: in UTF-8, as they go out again.

Reading them as Python's text and encoding that anew is most of what a page of records would cost.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from psycopg2.extensions import BYTES, register_type


def fetched(statement: str, parameters: Sequence) -> list[tuple]:
    """The rows of a statement, each text in them as bytes."""
    with connection.cursor() as database:
        if connection.vendor == "postgresql":
            register_type(BYTES, database.cursor)
            database.execute(statement, parameters)
            return database.fetchall()
        usual, connection.connection.text_factory = connection.connection.text_factory, bytes
        try:
            database.execute(statement, parameters)
            return database.fetchall()
        finally:
            connection.connection.text_factory = usual


# What SQLite keeps as text, and PostgreSQL as what it is. `str` and `isoformat` are many times as fast as other ways.


def identity(value: UUID | bytes) -> bytes:
    return str(UUID(value.decode()) if isinstance(value, bytes) else value).encode()


def instant(value: datetime | bytes) -> bytes:
    """As `catalogue.serializers.utc` tells it. Both databases are asked in UTC."""
    told = value.decode() if isinstance(value, bytes) else value.isoformat()
    return f"{told[:10]}T{told[11:19]}Z".encode()


def moment(value: datetime | bytes) -> datetime:
    """With its zone, and to the microsecond."""
    value = datetime.fromisoformat(value.decode()) if isinstance(value, bytes) else value
    return value if value.tzinfo else value.replace(tzinfo=UTC)
