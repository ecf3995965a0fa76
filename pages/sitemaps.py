"""Where the pages that editors write stand, as search engines are told."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page

from pages.models.told import told_models
from pages.reading import open_to_all

MOST = 5_000


@dataclass(frozen=True)
class Place:
    """One thing with its address in each of its languages, and when it changed last."""

    addresses: dict[str, str]
    modified: datetime | None


def page_places() -> list[Place]:
    """Live pages, each with its translations."""
    found: dict[object, list[Page]] = {}
    elsewhere = [model for model in told_models() if not model.in_sitemap]
    pages = open_to_all().filter(depth__gt=1).not_type(*elsewhere).order_by("pk")
    for page in pages.only("url_path", "translation_key", "last_published_at")[:MOST]:
        found.setdefault(page.translation_key, []).append(page)
    return [
        Place(
            {page.url_path.split("/")[1]: page.url_path for page in same},
            max((page.last_published_at for page in same if page.last_published_at), default=None),
        )
        for same in found.values()
    ]
