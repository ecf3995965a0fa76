"""Invitations, and requests that somebody decides on: rooms register theirs, and *My work* shows those of all rooms for one
query.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import JSONObject

from notices import work
from notices.work import Item, Place

COLUMNS = ("source", "pk", "begun", "runs_out", "person", "first", "last", "told")


@dataclass(frozen=True)
class Source:
    """`rows` are those for a person, made by `rows_of`; `placed` makes of one what the page shows."""

    name: str
    rows: Callable[..., QuerySet]
    placed: Callable[..., tuple[Place, Item]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Called in `AppConfig.ready()`; a name belongs to one room only."""
    if _sources.setdefault(source.name, source) != source:
        raise ValueError(f"{source.name!r} is registered twice among what waits.")


def register_work() -> None:
    work.register(work.Section("invitations and requests", of))


def rows_of(
    found: QuerySet, name: str, *, begun: str, person: str, until: str = "", told: Mapping[str, str]
) -> QuerySet:
    """`person` leads to who did it, `told` says by its own names what else the item needs."""
    return found.order_by().annotate(
        source=Value(name, CharField()),
        begun=F(begun),
        runs_out=F(until) if until else Value(None, DateTimeField()),
        person=F(person),
        first=F(f"{person}__first_name"),
        last=F(f"{person}__last_name"),
        told=JSONObject(**told),
    )


def of(user) -> Iterator[tuple[Place, Item]]:
    found = [source.rows(user).values_list(*COLUMNS) for source in _sources.values()]
    for values in found[0].union(*found[1:], all=True) if found else ():
        row = SimpleNamespace(**dict(zip(COLUMNS, values, strict=True)))
        row.name = " ".join(filter(None, [row.first, row.last]))
        yield _sources[row.source].placed(row, user)
