"""The whole list of a kind, page by page: what a full pull reads.

Django makes an SQL statement about as fast as a database answers it, so this one is made once.
"""

from functools import cache

from catalogue.cursors import Cursor, Slice
from catalogue.models import Entry
from exchange.stored import fetched


@cache
def _statement(kind: str, column: str) -> tuple[str, list]:
    entries = Entry.objects.visible().of_kind(kind).ours().filter(pk__gt=0).order_by("pk").values_list("pk", column)
    statement, (*parameters, start) = entries.query.sql_with_params()
    assert start == 0
    return f"{statement} LIMIT %s", parameters


def walk(kind: str, column: str, *, size: int, scope: str, cursor: Cursor | None) -> Slice:
    """As `catalogue.cursors.slice_of` in its immutable order, forwards; rows are (id, text in UTF-8)."""
    statement, parameters = _statement(kind, column)
    start = cursor.values[0] if cursor else 0
    rows = fetched(statement, [*parameters, start, size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows,
        Cursor(scope, "", rows[0][:1], backwards=True) if cursor and rows else None,
        Cursor(scope, "", rows[-1][:1]) if more else None,
    )
