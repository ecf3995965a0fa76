"""How far the catalogue is, by itself or in one statement with rows of it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, Subquery, TextField
from django.db.models.expressions import RawSQL

from catalogue.models import CatalogueState
from exchange.stored import fetched

_TABLE = CatalogueState._meta.db_table


class Now(NamedTuple):
    """How far the catalogue is. Read at each request, so without a model's ceremony."""

    epoch: str
    position: int

    def __str__(self):
        return f"{self.epoch}-{self.position}"

    @classmethod
    def read(cls) -> "Now":
        with connection.cursor() as database:
            database.execute("SELECT epoch, position FROM catalogue_cataloguestate WHERE id = 1")
            return cls(*database.fetchone())


class Statement(NamedTuple):
    text: str
    ask: Sequence[Any] = ()  # its parameters

    @classmethod
    def of(cls, rows: QuerySet) -> "Statement":
        """Raises EmptyResultSet where no row can be found, whatever the database says."""
        return cls(*rows.query.sql_with_params())


class Told(NamedTuple):
    """Rows, how far the catalogue was at their moment, and how many there were; none of both where nothing was told."""

    now: Now | None
    number: int | None
    rows: list[tuple]  # texts as bytes


class _AsItIs(RawSQL):
    """Names nothing of the query around it, so that Django need not look."""

    def resolve_expression(self, *args, **kwargs):
        return self


# The clock is one row.


def told_by(rows: QuerySet) -> QuerySet:
    """The rows, each telling in `clock_epoch` and `clock_position` what the clock says. Without a row nobody tells it."""
    clock = CatalogueState.objects.order_by()
    return rows.annotate(clock_epoch=Subquery(clock.values("epoch")), clock_position=Subquery(clock.values("position")))


def number_of(rows: QuerySet) -> Statement:
    """How many there are. It depends on no other row, so that where it stands among columns it is counted once."""
    text, ask = Statement.of(rows.order_by().values("pk"))
    return Statement(f"(SELECT COUNT(*) FROM ({text}) counted)", ask)  # noqa: S608


def _said(number: Statement | None) -> Statement:
    """What the clock says, and the number behind it, in one text: one column is made faster than three."""
    clock = "clock.epoch || '-' || clock.position"
    return Statement(f"{clock} || '-' || {number.text}", number.ask) if number else Statement(clock)


def telling(number: Statement | None = None) -> RawSQL:
    """The first column of rows that tell the clock. Without a row nobody tells it."""
    text, ask = _said(number)
    return _AsItIs(f"SELECT {text} FROM {_TABLE} clock", ask, output_field=TextField())  # noqa: S608


CLOCK = telling()


def beside(rows: Statement, *order: str, number: Statement | None = None) -> Statement:
    """The same beside rows in the order of some of their values (`-title_key`); without a row, beside one of nulls.

    SQLite sorts the rows once more for it, which costs several times as much as reading them.
    """
    said, walk = _said(number), ", ".join(f"found.{name.lstrip('-')}{' DESC' * name.startswith('-')}" for name in order)
    text = f"SELECT {said.text}, found.* FROM {_TABLE} clock LEFT JOIN ({rows.text}) found ON TRUE ORDER BY {walk}"  # noqa: S608
    return Statement(text, [*said.ask, *rows.ask])


def told(statements: Iterable[Statement]) -> Told:
    """What the first of the statements tells that tells anything."""
    found = next(filter(None, (fetched(*statement) for statement in statements)), None)
    if not found:
        return Told(None, None, [])
    epoch, position, *number = found[0][0].decode().split("-")
    now = Now(epoch, int(position))
    return Told(now, int(number[0]) if number else None, [row[1:] for row in found if row[1] is not None])
