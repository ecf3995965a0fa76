"""From the write model to the read model: what happens to the catalogue when a record is published or withdrawn.

Every function that writes is called with the catalogue's lock held (`catalogue.locking.publishing`), and reads its rows
after it was taken: a practice published while its organisation is renamed must not keep the old name for ever.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from catalogue import kinds, slugs
from catalogue.embeds import Mentions, as_named, part_uids
from catalogue.facets import facets_of
from catalogue.locking import publishing
from catalogue.models import (
    CatalogueState,
    Entry,
    EntryFacet,
    EntryVersion,
    EntryWords,
    FormerTopic,
    OldSlug,
    Reference,
    WithdrawalReason,
)
from catalogue.models.entry import slug_digest
from catalogue.search import fold
from catalogue.serializers import Stamp, utc
from catalogue.words import title_and_body

REFRESHED_AT_ONCE = 50


@dataclass(frozen=True)
class Rendering:
    """A document with the references that it makes, visible or not."""

    document: dict
    references: frozenset[tuple[str, UUID]]

    @property
    def text(self) -> str:
        return dumps(self.document)


def dumps(document: dict) -> str:
    """The bytes that the contract's hashes are made of."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def etag_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def render(record, stamp: Stamp) -> Rendering:
    """The record's document, with what is known of its publication, from its rows as they are now."""
    mentions = Mentions()
    serializer = kinds.of(record).serializer(record, context={"mentions": mentions, "stamp": stamp})
    return Rendering(mentions.resolve(_plain(serializer.data)), frozenset(mentions.references))


def render_draft(record) -> dict:
    """The document as it would be if the draft were published now: what reviewers and previews see."""
    entry = Entry.objects.filter(uid=record.uid).first()
    now = timezone.now()
    stamp = Stamp(entry.version + 1 if entry else 1, entry.published if entry else now, now)
    return render(record, stamp).document


def sync(record, *, reason: str = WithdrawalReason.WITHDRAWN, merged_into: UUID | None = None) -> Entry | None:
    """Write or withdraw the record's entry by `record.live`, never by the event that led here."""
    fresh = type(record).objects.with_parts().get(pk=record.pk)
    if fresh.live:
        return write(fresh, human=True)
    entry = Entry.objects.visible().filter(uid=fresh.uid).first()
    if entry is not None:
        withdraw(entry, reason=reason, merged_into=merged_into)
    return entry


def change_ledger(record, *, human: bool = True, **values) -> None:
    """Ledger fields wait for no draft to be published: they hold at once, in public, too; as a new version if `human`."""
    rows = type(record).objects.filter(pk=record.pk)
    rows.update_ledger(**values)
    if live := rows.with_parts().filter(live=True).first():
        write(live, human=human)


def write(record, *, human: bool) -> Entry:
    """Bring the entry up to its record; a human publication that changes anything makes a version.

    A document whose bytes stay the same, the old `modified` put in, keeps its position.
    """
    kind = kinds.of(record).name
    entry = Entry.objects.filter(uid=record.uid).first() or Entry(uid=record.uid, kind=kind, version=0)
    if entry.kind != kind:
        raise IntegrityError(f"The uid {record.uid} is that of another record, of the kind {entry.kind}.")
    if not record.slug:
        record.slug = _first_slug(record)
        type(record).objects.filter(pk=record.pk).update_ledger(slug=record.slug)
    was_named = as_named(entry) if entry.pk else ""
    before = parts_of(entry)
    rendering = render(record, Stamp(entry.version, entry.published, entry.modified))
    if not entry.pk or not entry.is_visible or rendering.text != entry.document:
        _store(entry, record, rendering, human=human or not entry.pk)
    elif entry.stale_since:
        Entry.objects.filter(pk=entry.pk).update(stale_since=None)
    _store_references(entry, rendering.references)
    changed = before ^ parts_of(entry)
    if as_named(entry) != was_named:
        changed.add(entry.uid)
    refresh_naming(changed)
    return entry


def _store(entry: Entry, record, rendering: Rendering, *, human: bool) -> None:
    position, modified = CatalogueState.objects.advance()
    entry.position, entry.modified = position, modified
    entry.version += human
    entry.published = entry.published or modified
    document = rendering.document | {
        "version": entry.version,
        "published": utc(entry.published),
        "modified": utc(modified),
    }
    if entry.slug and entry.slug != record.slug:
        OldSlug.objects.update_or_create(kind=entry.kind, slug=entry.slug, defaults={"uid": entry.uid})
    OldSlug.objects.filter(kind=entry.kind, slug=record.slug).delete()
    for name, value in columns_of(record, document).items():
        setattr(entry, name, value)
    entry.withdrawn, entry.reason, entry.merged_into, entry.stale_since = None, "", None, None
    entry.__dict__.pop("short", None)
    entry.__dict__.pop("record", None)
    entry.save()
    index(entry)
    if human:
        EntryVersion.objects.create(
            entry=entry, number=entry.version, published=modified, etag=entry.etag, document=entry.document
        )


def columns_of(record, document: dict) -> dict[str, object]:
    """What an entry's columns say of a document and its record."""
    text = dumps(document)
    starts, ends = _span_of(document)
    return {
        "document": text,
        "etag": etag_of(text),
        "card": dumps(card_of(document)),
        "slug": record.slug,
        "slug_digest": slug_digest(document["kind"], record.slug),
        "example": record.example,
        "starts": starts,
        "ends": ends,
        "title_key": fold(record.title_map.in_language(record.original_language).text)[:200],
    }


def _span_of(document: dict) -> kinds.Span | tuple[None, None]:
    span = kinds.get(document["kind"]).span
    return (span(document) if span else None) or (None, None)


def parts_of(entry: Entry) -> set[UUID]:
    """The uids of the parts (results, work packages …) that the entry's document shows, to which others may point."""
    if not entry.document or not entry.is_visible:
        return set()
    try:
        return set(part_uids(json.loads(entry.document)))
    except ValueError:  # damaged: it is about to be mended
        return set()


def index(entry: Entry) -> None:
    """Make the entry's facets and search words anew from its document."""
    _store_facets(entry, facets_of(entry.record))
    title, body = title_and_body(entry.record)
    EntryWords.objects.update_or_create(entry=entry, defaults={"title": title, "body": body})


def card_of(document: dict) -> dict:
    """What a list shows: the contract's envelope and the kind's key facts."""
    kind = kinds.get(document["kind"])
    envelope_end = list(document).index("places") + 1
    short = dict(list(document.items())[:envelope_end])
    return short | {name: document[name] for name in kind.card_fields}


def _store_facets(entry: Entry, facets: dict[str, set[str]]) -> None:
    wanted = {(name, value) for name, values in facets.items() for value in values}
    stored = {(facet.name, facet.value): facet.pk for facet in entry.facets.all()}
    EntryFacet.objects.filter(pk__in=[pk for pair, pk in stored.items() if pair not in wanted]).delete()
    EntryFacet.objects.bulk_create(
        EntryFacet(entry=entry, name=name, value=value) for name, value in sorted(wanted - set(stored))
    )
    _store_former_topics(entry, has=_topics(wanted), had=_topics(stored))


def _topics(facets: Iterable[tuple[str, str]]) -> set[str]:
    return {value for name, value in facets if name == "topic"}


def _store_former_topics(entry: Entry, *, has: set[str], had: set[str]) -> None:
    """Who mirrors one topic learns of what has left it, be it withdrawn or not."""
    if has - had:
        FormerTopic.objects.filter(entry=entry, topic__in=has).delete()
    FormerTopic.objects.bulk_create(
        (FormerTopic(entry=entry, topic=topic) for topic in sorted(had - has)), ignore_conflicts=True
    )


def _store_references(entry: Entry, references: frozenset[tuple[str, UUID]]) -> None:
    stored = {(row.relation, row.target_uid): row.pk for row in entry.references.all()}
    Reference.objects.filter(pk__in=[pk for pair, pk in stored.items() if pair not in references]).delete()
    Reference.objects.bulk_create(
        Reference(source=entry, relation=relation, target_uid=uid)
        for relation, uid in sorted(references - set(stored), key=str)
    )


def forget_in_versions(uid: UUID, name: str, *, since: int, until: int | None) -> None:
    """Takes a field out of what earlier versions said: whoever spoke there has the right to be silent again."""
    versions = EntryVersion.objects.filter(entry__uid=uid, number__gte=since).exclude(document="")
    for version in versions if until is None else versions.filter(number__lte=until):
        version.document = dumps(version.record | {name: None})
        version.etag = etag_of(version.document)
        version.save(update_fields=["document", "etag"])


def _first_slug(record) -> str:
    kind = kinds.of(record)
    return slugs.free_slug(kind.name, slugs.slug_from(record.slug_text), model=kind.model, uid=record.uid)


def withdraw(entry: Entry, *, reason: str = WithdrawalReason.WITHDRAWN, merged_into: UUID | None = None) -> None:
    """Leave a tombstone: kind, topics, uid, digest of the address, time, reason; everything that was said is gone."""
    if merged_into and _goes_on_in(entry, merged_into):
        raise ValueError("A record cannot go on in itself.")
    parts = parts_of(entry)
    OldSlug.objects.forget(entry.uid)
    entry.position, entry.modified = CatalogueState.objects.advance()
    entry.withdrawn, entry.reason, entry.merged_into = entry.modified, reason, merged_into
    entry.slug = entry.title_key = entry.etag = entry.card = entry.document = ""
    entry.starts = entry.ends = entry.stale_since = None
    entry.save()
    _store_facets(entry, {})
    entry.references.all().delete()
    entry.versions.update(document="", etag="")
    EntryWords.objects.filter(entry=entry).delete()
    refresh_naming({entry.uid, *parts})


def _goes_on_in(entry: Entry, uid: UUID) -> bool:
    """Whether what would take the entry's place has gone on in the entry itself."""
    met = set()
    while uid and uid not in met:
        met.add(uid)
        uid = Entry.objects.filter(uid=uid).values_list("merged_into", flat=True).first()
    return entry.uid in met


def refresh_naming(uids: set[UUID]) -> None:
    """Bring the entries that name any of the uids up to date: a few at once, many as work for later.

    It never cascades: what a refresh changes in an entry is not what other documents show of that entry.
    """
    if not uids:
        return
    naming = Entry.objects.visible().ours().naming(uids)
    if naming.count() > REFRESHED_AT_ONCE:
        naming.filter(stale_since=None).update(stale_since=timezone.now())
        return
    for entry in naming.order_by("pk"):
        refresh(entry)


def refresh(entry: Entry) -> None:
    """Render the entry's record again, in place; no version comes of it."""
    record = kinds.get(entry.kind).model.objects.with_parts().filter(uid=entry.uid, live=True).first()
    if record is not None:
        write(record, human=False)


def refresh_stale(batch: int = REFRESHED_AT_ONCE) -> int:
    """Do the refreshes left for later, in batches of one lock each; returns how many were done."""
    done = 0
    while True:
        with publishing():
            stale = list(Entry.objects.visible().filter(stale_since__isnull=False).order_by("pk")[:batch])
            for entry in stale:
                refresh(entry)
            # what could not be rendered anew (no live record) must not come up for ever
            Entry.objects.filter(pk__in=[entry.pk for entry in stale]).update(stale_since=None)
        done += len(stale)
        if len(stale) < batch:
            return done


def publish_approved(workflow_state, user=None) -> None:
    """Wagtail's action at the end of a workflow: the portal publishes, whatever the last approver's permissions are."""
    with publishing():
        revision = workflow_state.current_task_state.revision
        revision.publish(user=user, skip_permission_checks=True)


def _plain(value):
    """DRF's containers as plain dicts, lists and strings; what is absent is `null` in the contract, never ""."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, UUID):
        return str(value)
    return None if value == "" else value
