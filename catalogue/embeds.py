"""References between records: a document names another record only as that record's visible entry shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from catalogue import kinds
from catalogue.models import Entry


@dataclass(frozen=True)
class Mention:
    """Stands in a document while it is rendered, until the target's visible entry is looked up."""

    uid: UUID


@dataclass
class Mentions:
    """Collects who is mentioned while a record is rendered, and resolves all of them with one query."""

    references: set[tuple[str, UUID]] = field(default_factory=set)

    def add(self, relation: str, uid: UUID) -> Mention:
        self.references.add((relation, uid))
        return Mention(uid)

    def note(self, relation: str, uid: UUID | str) -> None:
        """A reference to something that is no record of its own, such as a project's result."""
        self.references.add((relation, UUID(str(uid))))

    def resolve(self, document):
        """The document with each mention as `{uid, kind, title, url}`, or `None` where the target is not visible.

        In a list of mentions alone the unseen ones are left out.
        """
        uids = {uid for _relation, uid in self.references}
        seen = {entry.uid: embed(entry) for entry in Entry.objects.visible().filter(uid__in=uids)} if uids else {}
        return _replace(document, seen)


def embed(entry: Entry) -> dict:
    """How another document names this entry."""
    return {
        "uid": str(entry.uid),
        "kind": entry.kind,
        "title": entry.short["title"],
        "url": entry.short["url"],
    }


def as_named(entry: Entry) -> str:
    """All that other documents may say of the entry, as comparable text; empty when it may not be named at all."""
    if not entry.is_visible:
        return ""
    lent = {name: entry.short[name] for name in kinds.get(entry.kind).lent_fields}
    return json.dumps(embed(entry) | lent, ensure_ascii=False)


def embedded(document: dict) -> Iterator[dict]:
    """The other records that a document, or a card, names."""
    for value in document.values():
        yield from _embedded(value)


def _embedded(value) -> Iterator[dict]:
    if isinstance(value, list):
        for part in value:
            yield from _embedded(part)
    elif isinstance(value, dict) and "uid" in value and "kind" in value:
        yield value
    elif isinstance(value, dict):
        yield from embedded(value)


def part_uids(value) -> Iterator[UUID]:
    """The uids of a document's parts (results, work packages …), to which others may point."""
    if isinstance(value, list):
        for part in value:
            yield from part_uids(part)
    elif isinstance(value, dict):
        if "uid" in value and "kind" not in value:
            yield UUID(value["uid"])
        for part in value.values():
            yield from part_uids(part)


def _replace(value, seen: dict[UUID, dict]):
    if isinstance(value, Mention):
        return seen.get(value.uid)
    if isinstance(value, dict):
        return {key: _replace(part, seen) for key, part in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(part, Mention) for part in value):
            return [seen[part.uid] for part in value if part.uid in seen]
        return [_replace(part, seen) for part in value]
    return value
