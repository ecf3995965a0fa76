"""What stands around a record on its page: what points to it, and what it names.

Two queries for the whole page, however many of its parts ask and however many records there are.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Count, F, Q, TextField, Value, When, Window
from django.db.models.functions import RowNumber

from catalogue import kinds
from catalogue.cards import lines
from catalogue.embeds import embedded, part_uids
from catalogue.models import Entry, Reference

SHOWN = 12  # of each group
# Under which filter a list shows all that belong to a record of the kind.
FILTERS = {"partners": "organisation", "projects": "project", "programmes": "programme", "areas": "area"}


@dataclass
class Group:
    """The visible records of one kind that point to something in one way: how many, and the first of them by title."""

    kind: kinds.Kind
    relation: str
    number: int
    entries: list[Entry]

    @property
    def label(self) -> str:
        return str(self.kind.relations.get(self.relation, self.kind.plural))


class Surroundings:
    """`Surroundings(document)`; nothing is asked of the database before somebody asks for it."""

    def __init__(self, document: dict):
        self.document = document
        self.uid = UUID(document["uid"])
        self.kind = kinds.get(document["kind"])

    @cached_property
    def _groups(self) -> dict[UUID, dict[tuple[str, str], Group]]:
        """What points to the record or to one of its parts, by whom it is that they point to."""
        found: dict[UUID, dict[tuple[str, str], Group]] = {}
        alike = {"partition_by": [F("target_uid"), F("source__kind"), F("relation")]}
        by_title = ["source__title_key", "source_id"]
        references = (
            Reference.objects.filter(
                target_uid__in={self.uid, *part_uids(self.document)}, source__in=Entry.objects.visible()
            )
            .select_related("source")
            .defer("source__document")
            .annotate(place=Window(RowNumber(), order_by=by_title, **alike), number=Window(Count("*"), **alike))
            .filter(place__lte=SHOWN)
        )
        for reference in sorted(references, key=lambda reference: (reference.relation, reference.place)):
            source = reference.source
            group = found.setdefault(reference.target_uid, {}).setdefault(
                (source.kind, reference.relation),
                Group(kinds.get(source.kind), reference.relation, reference.number, []),
            )
            group.entries.append(source)
        return found

    def groups(self) -> list[Group]:
        """What points to the record itself; kinds in the contract's order."""
        order = [kind.name for kind in kinds.all_kinds()]
        here = self._groups.get(self.uid, {})
        return [here[pair] for pair in sorted(here, key=lambda pair: (order.index(pair[0]), pair[1]))]

    def pointing_to_part(self, uid: str, relation: str) -> list[Entry]:
        """The entries that point to one of the record's parts: the practices that grew from a result."""
        groups = self._groups.get(UUID(uid), {}).values()
        return [entry for group in groups if group.relation == relation for entry in group.entries]

    @cached_property
    def _entries(self) -> list[Entry]:
        uids = {embed["uid"] for embed in embedded(self.document)}
        uids |= {embed["uid"] for card in self._cards() for embed in embedded(card)}
        whole = {embed["uid"] for embed in embedded({name: self.document[name] for name in self.kind.reads_whole})}
        beside = self.kind.beside(self.document) if self.kind.beside else Q(pk__in=[])
        if not uids and not beside:
            return []
        of_lists = [self._named_by_list(name, relations) for name, relations in self.kind.lists.items()]
        text = Case(When(uid__in=whole, then=F("document")), default=Value(""), output_field=TextField())
        wanted = reduce(or_, [Q(uid__in=uids), beside, *of_lists])
        entries = Entry.objects.visible().filter(wanted).defer("document")
        known = self.kind.beside_with(self.document) if self.kind.beside_with else {}
        found = list(entries.annotate(whole=text, is_beside=Case(When(beside, then=True), default=False), **known))
        for entry in found:
            if entry.whole:
                entry.record = json.loads(entry.whole)
        return found

    def _named_by_list(self, name: str, relations: tuple[str, ...]) -> Q:
        """What the cards of records name that the page lists."""
        listed = [embed["uid"] for embed in embedded({name: self.document[name]})]
        named = Reference.objects.filter(source__uid__in=listed, relation__in=relations)
        return Q(uid__in=named.values("target_uid")) if listed else Q(pk__in=[])

    def _cards(self) -> Iterator[dict]:
        for groups in self._groups.values():
            for group in groups.values():
                yield from (entry.short for entry in group.entries)

    @cached_property
    def named(self) -> Mapping[str, Entry]:
        """The visible entries that the document, or a card that stands beside it, names; by uid.

        Their documents are there only for the fields that the kind `reads_whole`.
        """
        return {str(entry.uid): entry for entry in self._entries}

    def entries_of(self, embeds: Iterable[dict | None]) -> list[Entry]:
        """The visible entries behind some of the records that the document names, in their order."""
        return [self.named[embed["uid"]] for embed in embeds if embed and embed["uid"] in self.named]

    @property
    def beside(self) -> list[Entry]:
        """The further entries that the kind wants on the page."""
        return [entry for entry in self._entries if entry.is_beside]

    def lines(self, entries: list[Entry]) -> list[dict]:
        """As lists of entries show them."""
        return lines([entry.short for entry in entries], self.named)

    def list_query(self, group: Group) -> str:
        """The query string of the list that has the whole group; empty where no filter says it."""
        return f"{FILTERS[self.kind.name]}={self.uid}" if self.kind.name in FILTERS else ""
