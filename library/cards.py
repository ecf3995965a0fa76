"""What a list says of a library item."""

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.cards import short_title
from catalogue.texts import in_language
from library.models import LibraryItem


def library_kicker(card: dict) -> str:
    """`Guideline, 2024`"""
    kind = capfirst(str(LibraryItem.Type(card["type"]).label if card["type"] else LibraryItem._meta.verbose_name))
    announced = card["status"] == LibraryItem.Status.ANNOUNCED
    when = str(LibraryItem.Status.ANNOUNCED.label) if announced else card["year"]
    return f"{kind}, {when}" if when else kind


def library_meta(card: dict) -> list[str]:
    return [card["authors"] or short_title(card["publisher"]), place_in_book(card)]


def place_in_book(document: dict) -> str:
    """`Chapter 3 of “Zones that close the loop”`"""
    if not document["book"]:
        return ""
    book = in_language(document["book"], get_language(), document["original_language"]).text
    return _("Chapter %(number)s of “%(book)s”") % {"number": document["chapter"], "book": book}
