"""What points to a record: read from `Reference`, visible sources only."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from catalogue import kinds
from catalogue.models import Entry, Reference


@dataclass(frozen=True)
class Group:
    """The records of one kind that point to a record in one way."""

    kind: kinds.Kind
    relation: str
    cards: list[dict]

    @property
    def label(self) -> str:
        return str(self.kind.relations.get(self.relation, self.kind.plural))


def pointing_to(uid: UUID | str) -> QuerySet[Reference]:
    """The references whose target is `uid` and whose source is visible, in the immutable order of entries."""
    return (
        Reference.objects.filter(target_uid=uid, source__in=Entry.objects.visible())
        .select_related("source")
        .order_by("source_id", "relation")
    )


def groups_pointing_to(uid: UUID | str, *, most: int = 200) -> list[Group]:
    """The same as pages show it, with one query; kinds in the contract's order, each group by title."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for reference in pointing_to(uid).defer("source__document")[:most]:
        found.setdefault((reference.source.kind, reference.relation), []).append(reference.source)
    return [
        Group(kind, relation, [entry.short for entry in sorted(entries, key=lambda entry: entry.title_key)])
        for kind in kinds.all_kinds()
        for (name, relation), entries in sorted(found.items())
        if name == kind.name
    ]


def entries_named(embeds: list[dict | None]) -> dict[str, Entry]:
    """The visible entries behind embedded records, by uid, with one query."""
    uids = {embed["uid"] for embed in embeds if embed}
    named = Entry.objects.visible().filter(uid__in=uids).defer("document") if uids else []
    return {str(entry.uid): entry for entry in named}
