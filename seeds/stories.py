"""The stories of example events, from `seeds/pages/stories.yaml`: made once, and then the editors'."""

from pathlib import Path

import yaml

from events.models import Event, WorkshopPage
from events.page_admin import shelf_of
from seeds.contents import uid_of
from seeds.models import Loaded

FILE = Path(__file__).resolve().parent / "pages" / "stories.yaml"


def load_stories(file: Path = FILE) -> int:
    """Makes those that were never made here, in their place in the tree; returns how many."""
    made = 0
    for item in yaml.safe_load(file.read_text(encoding="utf-8")):
        event = Event.objects.filter(uid=uid_of("events", item["event"])).first()
        for language in ("en", "sl") if event else ():
            made += _make(event, language, item[language], uid_of("stories", item["event"], language))
    return made


def _make(event: Event, language: str, blocks: list[dict], uid: str) -> bool:
    shelf = shelf_of(language)
    if shelf is None or Loaded.objects.filter(uid=uid).exists() or event.pages.filter(language=language).exists():
        return False
    page = WorkshopPage(event=event, locale=shelf.locale, live=False)
    told = [{"type": name, "value": value} for block in blocks for name, value in block.items()]
    page.body = WorkshopPage.body.field.to_python(told)
    shelf.add_child(instance=page)
    revision = page.save_revision()
    revision.publish()
    Loaded.objects.create(uid=uid, digest="", revision=revision.pk)
    return True
