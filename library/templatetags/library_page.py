"""What the page of a library item shows beside its text."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.cards import line, page_address, short_title, told
from catalogue.codes import Topic
from catalogue.surroundings import Surroundings
from catalogue.texts import in_language
from library import books
from library.cards import place_in_book
from library.models import LibraryItem
from operations.dates import long_date

register = template.Library()


@register.simple_tag
def library_facts(record: dict, around: Surroundings) -> list[dict]:
    """The facts column: where it stands, by whom, when, from what, about what."""
    publisher, website = record["publisher"], record["website"] or ""
    facts = [
        {"label": _("Status"), "value": capfirst(LibraryItem.Status.ANNOUNCED.label) if is_announced(record) else ""},
        {"label": _("Stands in"), "value": place_in_book(record)},
        {"label": _("Authors"), "value": record["authors"]},
        {"label": _("Publisher"), "value": short_title(publisher), "url": publisher["url"] if publisher else ""},
        {"label": _("Issued"), "value": long_date(record["issued"]) or record["year"]},
        {"label": "ISBN", "value": record["isbn"]},
        {
            "label": ngettext("From project", "From projects", len(record["projects"])),
            "lines": [_named(project, around) for project in record["projects"]],
        },
        {"label": _("Draws on"), "lines": [_named(practice, around) for practice in record["practices"]]},
        {"label": _("Topics"), "lines": [_topic(code) for code in record["topics"]]},
        {"label": _("Read it at"), "value": website.split("://")[-1].rstrip("/"), "url": website},
    ]
    return told(facts)


def _named(embedded: dict, around: Surroundings) -> dict:
    """A project by its acronym, anything else, and what an old version names and is gone since, by its title."""
    entry, title = around.named.get(embedded["uid"]), in_language(embedded["title"], get_language())
    acronym = entry.short.get("acronym") if entry else None
    lang = {} if acronym or title.language == get_language() else {"lang": title.language}
    return {"text": acronym or title.text, "url": embedded["url"]} | lang


def _topic(code: str) -> dict:
    return {"text": str(Topic(code).label), "url": f"/{get_language()}/library/?topic={code}"}


@register.filter
def is_announced(record: dict) -> bool:
    return record["status"] == LibraryItem.Status.ANNOUNCED


@register.simple_tag
def book_of(record: dict, around: Surroundings) -> dict | None:
    """{title, lang, chapters, previous, next} of the book that a chapter stands in; None where it stands in none.

    Each chapter is {number, title, url, lang, current, example}. A chapter that nobody published yet is not there.
    """
    if not record["book"]:
        return None
    chapters = [_chapter(card, record) for card in books.in_order(around.beside)]
    here = next((place for place, chapter in enumerate(chapters) if chapter["current"]), None)
    title = in_language(record["book"], get_language(), record["original_language"])
    return {
        "title": title.text,
        "lang": "" if title.language == get_language() else title.language,
        "chapters": chapters,
        "previous": chapters[here - 1] if here else None,
        "next": chapters[here + 1] if here is not None and here + 1 < len(chapters) else None,
    }


def _chapter(card: dict, record: dict) -> dict:
    shown = line(card)
    return {
        "number": card["chapter"],
        "title": shown["title"],
        "lang": shown["lang"],
        "url": page_address(card),
        "current": card["uid"] == record["uid"],
        "example": card["example"],
    }
