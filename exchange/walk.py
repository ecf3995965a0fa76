"""The whole list of a kind, page by page: what a full pull reads.

Django makes an SQL statement about as fast as a database answers it, so this one is made once.
"""

from functools import cache

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from catalogue.cursors import Cursor, Slice
from catalogue.models import Entry
from exchange.stored import fetched

# Compared as a pair, the index of a kind is what the database reads: asked for the order of ids alone, PostgreSQL may walk past
# all records of other kinds that were published before.
_BEHIND = "(catalogue_entry.kind, catalogue_entry.id) > (%s, %s)"


@cache
def _statement(kind: str, column: str) -> str:
    """Its parameters are the kind, the id to begin behind, the kind again, and how many."""
    behind = RawSQL(_BEHIND, (kind, 0), output_field=BooleanField())  # noqa: S611
    entries = Entry.objects.visible().ours().filter(behind).filter(kind__lte=kind)
    statement, parameters = entries.order_by("kind", "pk").values_list("pk", column).query.sql_with_params()
    assert parameters == (kind, 0, kind)
    return f"{statement} LIMIT %s"


def walk(kind: str, column: str, *, size: int, scope: str, cursor: Cursor | None) -> Slice:
    """As `catalogue.cursors.slice_of` in its immutable order, forwards; rows are (id, text in UTF-8)."""
    start = cursor.values[0] if cursor else 0
    rows = fetched(_statement(kind, column), [kind, start, kind, size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows,
        Cursor(scope, "", rows[0][:1], backwards=True) if cursor and rows else None,
        Cursor(scope, "", rows[-1][:1]) if more else None,
    )
