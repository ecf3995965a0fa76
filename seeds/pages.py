"""The pages that a new portal has, from `seeds/pages/*.yaml`: made once, and then the editors'.

A file holds a page with its texts in each language, and the pages below it. A page that editors have changed, moved or
deleted is not made again, and where one stands at the same address already, nothing is made beside it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from pages.models import (
    FooterColumn,
    FooterLink,
    HomePage,
    Menu,
    MenuSection,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)
from pages.models.told import ToldPage
from pages.navigation import SECTIONS
from seeds.contents import uid_of
from seeds.models import Loaded

FOLDER = Path(__file__).resolve().parent / "pages"
ORDER = ("about", "terms", "privacy", "accessibility", "news")
TYPES = {"standard": StandardPage, "news_index": NewsIndexPage, "news": NewsPage}
FOOTER = {
    "en": {
        "use": "Use the catalogue",
        "about": "About",
        "practices/": "Practices",
        "projects/": "Projects",
        "events/": "Events",
        "action-plans/": "Action plans",
        "library/": "Library",
        "network/dumps/": "Take the catalogue with you",
        "/api/docs/": "Guide to the API",
        "/api/v1/": "All doors of the API",
    },
    "sl": {
        "use": "Uporabite katalog",
        "about": "O nas",
        "practices/": "Dobre prakse",
        "projects/": "Projekti",
        "events/": "Dogodki",
        "action-plans/": "Akcijski načrti",
        "library/": "Knjižnica",
        "network/dumps/": "Vzemite katalog s seboj",
        "/api/docs/": "Vodnik po API-ju",
        "/api/v1/": "Vsi vhodi v API",
    },
}

Item = dict[str, Any]


def load_pages(folder: Path = FOLDER) -> int:
    """Makes the pages that were never made here, and the menus that lead to them; returns how many pages."""
    homes = {home.slug: home for home in HomePage.objects.filter(depth=2)}
    with transaction.atomic():
        made = 0
        for home in homes.values():
            if home.latest_revision_id is None:  # so that editors can come back to how it was
                home.save_revision().publish()
        for item in _items(folder):
            made += sum(_make(item, home, language) for language, home in homes.items() if language in item)
        for language, home in homes.items():
            _make_menu(home, language)
    return made


def _items(folder: Path) -> Iterator[Item]:
    for name in ORDER:
        yield yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def _make(item: Item, parent: Page, language: str) -> int:
    """How many pages were made: this one, and those below it."""
    texts = item[language]
    page = parent.get_children().filter(slug=texts["slug"]).first()
    made = 0
    if page is None and _is_new(item["key"], language):
        page = parent.add_child(instance=_page(item, language, parent))
        page.save_revision(clean=False).publish()
        page.refresh_from_db()
        Loaded.objects.create(uid=_uid(item["key"], language), digest="", revision=page.latest_revision_id)
        made = 1
    if page is not None:
        made += sum(_make(child, page, language) for child in item.get("children", ()))
    return made


def _uid(key: str, language: str) -> str:
    return uid_of("pages", key, language)


def _is_new(key: str, language: str) -> bool:
    return not Loaded.objects.filter(uid=_uid(key, language)).exists()


def _page(item: Item, language: str, parent: Page) -> ToldPage:
    texts, now = item[language], timezone.now()
    own = {"date": item["date"], "example": True} if item["type"] == "news" else {}
    return TYPES[item["type"]](
        title=texts["title"],
        slug=texts["slug"],
        intro=texts["intro"],
        body=[{"type": name, "value": value} for block in texts.get("body", ()) for name, value in block.items()],
        locale=parent.locale,
        translation_key=uid_of("pages", item["key"]),
        first_published_at=now,
        last_published_at=now,
        **own,
    )


def _make_menu(home: Page, language: str) -> None:
    """The footer leads to the pages, the masthead to the portal's own sections: for editors to go on from."""
    if Menu.objects.filter(locale=home.locale).exists() or not _is_new("menu", language):
        return
    labels = FOOTER[language]
    addresses = [address for address in labels if address.endswith("/")]
    use = [
        FooterLink(label=labels[address], sort_order=number, address=urljoin(home.url_path, address))
        for number, address in enumerate(addresses)
    ]
    keys = [uid_of("pages", key) for key in ORDER]
    pages = home.get_children().live().filter(translation_key__in=keys).order_by("path")
    about = [FooterLink(label=page.title, sort_order=number, page=page) for number, page in enumerate(pages)]
    menu = Menu(locale=home.locale)
    with override(language):
        menu.sections = [
            MenuSection(label=str(label), sort_order=number, address=f"{home.url_path}{path}/")
            for number, (path, label) in enumerate(SECTIONS)
        ]
    menu.columns = [
        FooterColumn(heading=labels["use"], sort_order=0, items=use),
        FooterColumn(heading=labels["about"], sort_order=1, items=about),
    ]
    menu.save()
    Loaded.objects.create(uid=_uid("menu", language), digest="", revision=0)
