"""How far the catalogue is, by itself or in one statement with rows of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet, Subquery

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


# The clock is one row.


def told_by(rows: QuerySet) -> QuerySet:
    """The rows, each telling in `clock_epoch` and `clock_position` what the clock says. Without a row nobody tells it."""
    clock = CatalogueState.objects.order_by()
    return rows.annotate(clock_epoch=Subquery(clock.values("epoch")), clock_position=Subquery(clock.values("position")))


def beside(statement: str, order: str) -> str:
    """What the clock says and then the values of each row, in the order of one of them; without a row, one of nulls.

    SQLite sorts the rows once more for it, which costs several times as much as reading them.
    """
    return f"""
        SELECT clock.epoch, clock.position, found.* FROM {_TABLE} clock
        LEFT JOIN ({statement}) found ON TRUE ORDER BY found.{order}
    """  # noqa: S608


def told(statements: Iterable[str], ask: Sequence) -> tuple[Now, list[tuple]]:
    """The clock, and rows of the same moment, by the first of the statements that tells anything; texts as bytes.

    The first two values of its rows are the clock's, the third is none where there is no row.
    """
    found = next(filter(None, (fetched(statement, ask) for statement in statements)))
    epoch, position = found[0][:2]
    return Now(epoch.decode(), position), [row[2:] for row in found if row[2] is not None]
