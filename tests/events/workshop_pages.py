"""How the stories of events are written in tests."""

from events.models import WorkshopPage
from events.page_admin import shelf_of


def story(*blocks) -> list:
    return [{"type": name, "value": value} for name, value in blocks]


def told(text: str) -> list:
    return story(("text", f"<p>{text}</p>"))


def page_of(event, language: str = "en", body=(), *, live: bool = True) -> WorkshopPage:
    shelf = shelf_of(language)
    page = WorkshopPage(event=event, locale=shelf.locale, live=False)
    page.body = WorkshopPage.body.field.to_python(list(body))
    shelf.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return WorkshopPage.objects.get(pk=page.pk)


def reading(client, event, language: str = "en") -> str:
    return client.get(f"/{language}/events/{event.slug}/").content.decode()
