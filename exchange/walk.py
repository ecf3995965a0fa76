"""The whole list of a kind, page by page: what a full pull reads.

Django makes an SQL statement about as fast as a database answers it, so this one is made once.
"""

from functools import cache

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from catalogue.cursors import Cursor
from catalogue.models import Entry
from exchange.clock import Statement, telling

# Compared as a pair, the index of a kind is what the database reads: asked for the order of ids alone, PostgreSQL may walk past
# all records of other kinds that were published before.
_BEHIND = "(catalogue_entry.kind, catalogue_entry.id) > (%s, %s)"


@cache
def _text(kind: str, column: str, *, tells: bool) -> str:
    """Its parameters are the kind, the id to begin behind, the kind again, and how many."""
    behind = RawSQL(_BEHIND, (kind, 0), output_field=BooleanField())  # noqa: S611
    entries = Entry.objects.visible().ours().filter(behind).filter(kind__lte=kind).order_by("kind", "pk")
    text, ask = Statement.of(entries.values_list(*[telling()][:tells], "id", column))
    assert ask == (kind, 0, kind)
    return f"{text} LIMIT %s"


def walk(kind: str, column: str, *, size: int, cursor: Cursor | None, tells: bool) -> Statement:
    """As `catalogue.cursors.window_of` in its immutable order, forwards; rows are (id, text), which tell the clock or not."""
    start = cursor.values[0] if cursor else 0
    return Statement(_text(kind, column, tells=tells), [kind, start, kind, size + 1])
