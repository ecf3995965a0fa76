"""*Still fits*: a person has read a translation beside its original, and found that nothing has to be changed; or an original
that a machine has made.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from catalogue import origins, publication
from catalogue.locking import publishing
from catalogue.models import Entry, TextOrigin
from catalogue.origins import Place, Translation
from catalogue.records import Record, RecordQuerySet
from catalogue.reviewing import EditConflict
from operations import audit


def confirm(
    *,
    record: Record,
    by: User,
    places: Collection[Place],
    expected_revision: int | None,
    among: RecordQuerySet | None = None,
) -> int:
    """Texts of the latest draft, by path and language, fit their originals as they stand now; from then on they count as
    written by a person, too. `expected_revision` is the draft that she has read: raises EditConflict if it is another now.

    Where the public text is the same, its document says so at once. Returns how many were confirmed. `among`: as of
    `reviewing.save_draft`.
    """
    hers = type(record).objects.editable_by(by) if among is None else among
    with publishing() if record.live else transaction.atomic():
        record = type(record).objects.select_for_update().filter(pk=record.pk).first()
        if record is None or not hers.filter(pk=record.pk).exists():
            raise PermissionDenied
        if record.latest_revision_id not in (None, expected_revision):
            raise EditConflict(record.latest_revision)
        draft = record.latest_draft()
        wanted = [each for each in open_in(draft) if (each.path, each.language) in places]
        if wanted:
            _write(record, draft.original_language, wanted, by)
            audit.note("translation.confirmed", by=by, about=record, texts=len(wanted))
            _tell(record)
        return len(wanted)


def open_in(draft: Record) -> list[Translation]:
    """The texts that somebody should look at: older than their originals, or a machine's."""
    original = draft.original_language
    return [each for each in origins.labelled_in(draft) if each.source or each.language == original]


def _write(record: Record, original: str, wanted: list[Translation], by: User) -> None:
    for each in wanted:
        origins.found_right(record.uid, each.path, each.language, each.text, by=by)
    pairs = [
        TextOrigin(
            uid=record.uid,
            path=each.path,
            language=each.language,
            text_hash=origins.text_hash(each.text),
            source_language=original,
            source_hash=origins.text_hash(each.source),
            by=by,
            revision=record.latest_revision_id,
        )
        for each in wanted
        if each.source
    ]
    known = ["uid", "path", "language", "text_hash", "source_hash"]
    TextOrigin.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=known, update_fields=["state", "by", "revision", "source_language"]
    )


def _tell(record: Record) -> None:
    entry = Entry.objects.visible().filter(uid=record.uid).first() if record.live else None
    if entry:
        publication.refresh(entry)
