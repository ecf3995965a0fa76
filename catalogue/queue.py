"""How far the catalogue is behind itself."""

from datetime import timedelta

from django.utils import timezone

from catalogue.models import Entry

PATIENCE = timedelta(minutes=30)


def oldest_stale_entry() -> tuple[bool, str]:
    """For `/readyz`: whether refreshes are done in time, and since when the oldest one waits."""
    since = (
        Entry.objects.filter(stale_since__isnull=False)
        .order_by("stale_since")
        .values_list("stale_since", flat=True)
        .first()
    )
    if since is None:
        return True, "none"
    return timezone.now() - since < PATIENCE, since.isoformat()
