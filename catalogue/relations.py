"""What points to a record: read from `Reference`, visible sources only."""

from uuid import UUID

from django.db.models import QuerySet

from catalogue.models import Entry, Reference


def pointing_to(uid: UUID | str) -> QuerySet[Reference]:
    """The references whose target is `uid` and whose source is visible, in the immutable order of entries."""
    return (
        Reference.objects.filter(target_uid=uid, source__in=Entry.objects.visible())
        .select_related("source")
        .order_by("source_id", "relation")
    )


def entries_named(embeds: list[dict | None]) -> dict[str, Entry]:
    """The visible entries behind embedded records, by uid, with one query."""
    uids = {embed["uid"] for embed in embeds if embed}
    named = Entry.objects.visible().filter(uid__in=uids).defer("document") if uids else []
    return {str(entry.uid): entry for entry in named}
