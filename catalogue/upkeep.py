"""Whether the catalogue says what its records say, and how it is brought back to that."""

from collections.abc import Iterator

from catalogue import kinds, origins, publication
from catalogue.facets import facets_of
from catalogue.locking import RECORDS_PER_LOCK, publishing
from catalogue.models import CatalogueState, Entry, EntryWords
from catalogue.serializers import Stamp
from catalogue.words import title_and_body


def check() -> list[str]:
    """One line per fault: documents that differ from their records, entries without records and the reverse."""
    return [fault for kind in kinds.all_kinds() for fault in _faults_of(kind)]


def _faults_of(kind: kinds.Kind) -> Iterator[str]:
    entries = {entry.uid: entry for entry in Entry.objects.visible().ours().of_kind(kind.name)}
    live = {record.uid: record for record in origins.read_with(kind.model.objects.with_parts().filter(live=True))}
    for uid in entries.keys() - live.keys():
        yield f"{kind.name} {uid}: visible, but its record is not live"
    for uid in live.keys() - entries.keys():
        yield f"{kind.name} {uid}: live, but not in the catalogue"
    for uid in sorted(entries.keys() & live.keys()):
        yield from _differences(entries[uid], live[uid])


def _differences(entry: Entry, record) -> Iterator[str]:
    rendering = publication.render(record, Stamp(entry.version, entry.published, entry.modified))
    for name, value in publication.columns_of(record, rendering.document).items():
        if getattr(entry, name) != value:
            yield f"{entry.kind} {entry.uid}: the {name} differs from its record"
    stored = {(facet.name, facet.value) for facet in entry.facets.all()}
    if stored != {(name, value) for name, values in facets_of(rendering.document).items() for value in values}:
        yield f"{entry}: the facets differ from the document"
    words = EntryWords.objects.filter(entry=entry).values_list("title", "body").first()
    if words != title_and_body(rendering.document):
        yield f"{entry}: the search words differ from the document"
    if {(row.relation, row.target_uid) for row in entry.references.all()} != rendering.references:
        yield f"{entry}: the references differ from the record"


def rebuild() -> int:
    """Render every live record again, in place; entries whose bytes stay keep their position. Returns how many changed.

    Facets and search words of all visible entries are made anew, as their rules may have changed with the release.
    """
    before = CatalogueState.objects.current().position
    for kind in kinds.all_kinds():
        keys = list(kind.model.objects.filter(live=True).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), RECORDS_PER_LOCK):
            with publishing():
                batch = keys[start : start + RECORDS_PER_LOCK]
                for record in origins.read_with(kind.model.objects.with_parts().filter(live=True, pk__in=batch)):
                    _mend(record)
        _withdraw_orphans(kind)
    return CatalogueState.objects.current().position - before


def _mend(record) -> None:
    """The entry as its record wants it, columns and index included; bytes that stay keep their position."""
    entry = publication.write(record, human=False)
    document = publication.render(record, Stamp(entry.version, entry.published, entry.modified)).document
    Entry.objects.filter(pk=entry.pk).update(**publication.columns_of(record, document))
    publication.index(Entry.objects.get(pk=entry.pk))


def _withdraw_orphans(kind: kinds.Kind) -> None:
    """Entries whose record is not live (or gone, by a restore or by hand) leave the catalogue."""
    live = kind.model.objects.filter(live=True).values("uid")
    with publishing():
        for entry in Entry.objects.visible().ours().of_kind(kind.name).exclude(uid__in=live):
            publication.withdraw(entry)
