"""The whole list of a kind, page by page: what a full pull reads.

Django makes an SQL statement about as fast as a database answers it, so this one is made once.
"""

from functools import cache

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from catalogue.cursors import Cursor, Slice
from catalogue.models import Entry
from exchange.clock import Now, beside, told, told_by

# Compared as a pair, the index of a kind is what the database reads: asked for the order of ids alone, PostgreSQL may walk past
# all records of other kinds that were published before.
_BEHIND = "(catalogue_entry.kind, catalogue_entry.id) > (%s, %s)"


@cache
def _statements(kind: str, column: str) -> tuple[str, str]:
    """One for rows that tell the clock, and one that tells it even without a row.

    Their parameters are the kind, the id to begin behind, the kind again, and how many.
    """
    behind = RawSQL(_BEHIND, (kind, 0), output_field=BooleanField())  # noqa: S611
    entries = Entry.objects.visible().ours().filter(behind).filter(kind__lte=kind).order_by("kind", "pk")
    telling = told_by(entries).values_list("clock_epoch", "clock_position", "pk", column)
    statements = []
    for rows in (telling, entries.values_list("pk", column)):
        statement, parameters = rows.query.sql_with_params()
        assert parameters == (kind, 0, kind)
        statements.append(f"{statement} LIMIT %s")
    return statements[0], beside(statements[1], "pk")


def walk(kind: str, column: str, *, size: int, scope: str, cursor: Cursor | None) -> tuple[Slice, Now]:
    """As `catalogue.cursors.slice_of` in its immutable order, forwards; rows are (id, text in UTF-8).

    With how far the catalogue was: rows and clock are of one moment.
    """
    start = cursor.values[0] if cursor else 0
    now, rows = told(_statements(kind, column), [kind, start, kind, size + 1])
    more, rows = len(rows) > size, rows[:size]
    found = Slice(
        rows,
        Cursor(scope, "", rows[0][:1], backwards=True) if cursor and rows else None,
        Cursor(scope, "", rows[-1][:1]) if more else None,
    )
    return found, now
