"""What a page shows changes when something begins or ends: it says so to whoever keeps it."""

from datetime import datetime

from django.http import HttpRequest


def keep_until(request: HttpRequest, moment: datetime | None) -> None:
    """The page may be kept until this moment at most; of several, the first counts."""
    known = getattr(request, "fresh_until", None)
    if moment and (known is None or moment < known):
        request.fresh_until = moment
