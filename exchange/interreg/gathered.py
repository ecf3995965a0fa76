"""Projects with the programme and the organisations that they name, in one statement.

A project's document says of other records no more than their names. What the formats of the Interreg world tell of them, such
as a programme's CCI code or a partner's address, stands in those records' own documents. While rows are read, the connection
can be asked for nothing else, so the database puts both together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from catalogue.models import Entry, Reference
from catalogue.models.entry import KindName
from exchange.dumps.rows import Rows, lines, rows_of

COLUMN = "gathered"
_TOLD_OF = (KindName.PROGRAMMES, KindName.PARTNERS)
_JOINED = {"postgresql": "string_agg", "sqlite": "group_concat"}

Document = dict[str, Any]


@dataclass(frozen=True)
class Gathered:
    """A project's document, and by their uids those of the public records that it names."""

    project: Document
    known: dict[str, Document]

    def of(self, named: Document | None) -> Document | None:
        """The document of a record as the project embeds it; None where it embeds none, or one that is public no longer."""
        return self.known.get(named["uid"]) if named else None


def rows(entries: QuerySet[Entry]) -> Rows:
    """What `read` reads, for visible entries of projects."""
    targets = Reference.objects.filter(source=OuterRef(OuterRef("pk"))).values("target_uid")
    named = Entry.objects.visible().filter(kind__in=_TOLD_OF, uid__in=targets).order_by()
    function = _JOINED[connection.vendor]
    # no Aggregate, which Django would group by
    documents = named.values(joined=Func(F("document"), Value(","), function=function, output_field=TextField()))
    told = Coalesce(Subquery(documents), Value(""), output_field=TextField())
    gathered = Concat(Value("["), "document", Value(",["), told, Value("]]"), output_field=TextField())
    return rows_of(entries.annotate(**{COLUMN: gathered}), COLUMN)


def read(chunks: Iterable[bytes]) -> Iterator[Gathered]:
    for line in lines(chunks):
        project, named = orjson.loads(line)
        yield Gathered(project, {document["uid"]: document for document in named})
