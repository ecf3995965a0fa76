"""The kinds of records that exist: apps register theirs in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, TextChoices
from django.db.models.expressions import Combinable

from accounts.models import User
from catalogue.models.entry import KindName

FacetsOf = Callable[[dict], Mapping[str, set[str]]]
Span = tuple[datetime, datetime]
PeopleOf = Callable[[UUID | OuterRef], QuerySet[User]]


def _no_facets(document: dict) -> Mapping[str, set[str]]:
    return {}


def _nothing_more(card: dict) -> list[str]:
    return []


@dataclass(frozen=True)
class Kind:
    """What the catalogue needs to know of a kind.

    `template` draws the page; `symbol` is its mark on maps and trails; `lede` opens its list. `codes` holds the
    closed lists of its `status` and `type` facets; `relations` says, by the name of a reference, what records of this
    kind are to the one they point to (an organisation's *projects*). `card_fields` names the document's fields that a
    list shows beyond the envelope, `lent_fields` those of them that documents naming it repeat; `facets` gives a
    document's own facet values beside the common ones; `parts` names the document's lists of parts that have sources, in
    the order of the page; `kicker` and `meta` are what a list says above and below a card's title; `span` says of a
    document from when to when it happens, both with their zone, or None; without it nothing of the kind has a time.
    `trail` says what a record adds to the trail of a practice, from both documents and the step of the record as a whole.
    `read_with` annotates an entry with what its page reads beside it, in the same query.
    `authors` names the document's fields in which those stand who wrote it or answer for it, the first that is filled
    counts. Each of `people` gives the users who answer for a record in one way (as its owner, as the coordinator of the
    organisation in charge) by its uid, which may be an `OuterRef`; for a record of which nobody does, staff answers.
    `pdf` names the addresses of its PDF and of a version's.
    `reads_whole` names the fields whose records' documents the page reads, too, `lists` those whose records it lists,
    with the relations that their cards name; `beside` finds the further entries that it wants, `beside_with` what is
    to be known of them beyond their cards. `compare` names the address at which several stand side by side.
    `called` holds the document's fields in the order of the page, each with its name there, or "" where that is the
    model's; `said` puts the values of some in words, by what stands beside them. Fields of parts are `measures.status`.
    """

    name: KindName
    model: type
    serializer: type
    template: str
    symbol: str
    lede: str = ""
    codes: Mapping[str, type[TextChoices]] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    card_fields: tuple[str, ...] = ()
    lent_fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    facets: FacetsOf = field(default=_no_facets)
    kicker: Callable[[dict], str] | None = None
    meta: Callable[[dict], list[str]] = field(default=_nothing_more)
    trail: Callable[[dict, dict, dict], list[dict]] | None = None
    read_with: Callable[[QuerySet], QuerySet] | None = None
    reads_whole: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Callable[[dict], Q] | None = None
    beside_with: Callable[[dict], dict[str, Combinable]] | None = None
    span: Callable[[dict], Span | None] | None = None
    authors: tuple[str, ...] = ()
    people: tuple[PeopleOf, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Callable[[Any, Mapping], str]] = field(default_factory=dict)
    pdf: tuple[str, str] | None = None
    compare: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.verbose_name

    @property
    def plural(self) -> str:
        return self.name.label


_registry: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _registry[kind.name] = kind


def all_kinds() -> list[Kind]:
    """Every registered kind in the contract's order."""
    return [_registry[name] for name in KindName.values if name in _registry]


def get(name: str) -> Kind:
    """Raises KeyError for a kind that is not there."""
    return _registry[name]


def find(name: str) -> Kind | None:
    return _registry.get(name)


def of(record) -> Kind:
    for kind in _registry.values():
        if isinstance(record, kind.model):
            return kind
    raise KeyError(f"{type(record).__name__} is not registered as a kind.")
