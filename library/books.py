"""Which chapters stand in one book.

A book is no record of its own: chapters belong together when they name it alike in some language. Each such name has
an identity to which the chapter's entry points, as to any other record; so a page finds the other chapters.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID, uuid5

from django.db.models import Q

from catalogue.models import Entry, Reference
from catalogue.search import fold

NAMES_OF_BOOKS = UUID("298ebebc-33f8-419f-8a60-100448628495")
RELATION = "book"


def identities(book: Mapping[str, str] | None) -> Iterator[UUID]:
    """One for each language in which the book has a name; accents and capitals do not count."""
    for language, name in (book or {}).items():
        yield uuid5(NAMES_OF_BOOKS, f"{language}/{' '.join(fold(name).split())}")


def same_book(document: dict) -> Q:
    """The entries of the chapters of the document's book; another network's book of that name is another book."""
    targets = list(identities(document["book"]))
    if not targets:
        return Q(pk__in=[])
    chapters = Reference.objects.filter(target_uid__in=targets, relation=RELATION).values("source")
    network = document["origin"]["network"]
    return Q(pk__in=chapters) & (Q(network__slug=network) if network else Q(network__isnull=True))


def in_order(chapters: Iterable[Entry]) -> list[dict]:
    """Their cards by number."""
    return sorted((entry.short for entry in chapters), key=lambda card: (card["chapter"] or 0, card["uid"]))
