"""Things to read, with boring defaults."""

import factory

from library.models import LibraryItem
from tests.factories import texts


class LibraryItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LibraryItem

    title = factory.Sequence(lambda number: texts(f"Guideline {number}", f"Smernica {number}"))
    summary = texts("What to do first.", "Kaj storiti najprej.")
    body = texts("Walk.\n\n- Ask one question.", "Hodite.\n\n- Eno samo vprašanje.")
    type = "guideline"
    year = 2024
    topics = ["area-management-and-governance"]


class ChapterFactory(LibraryItemFactory):
    """`ChapterFactory(chapter=2)`; all of them stand in one book."""

    title = factory.Sequence(lambda number: texts(f"Chapter {number}", f"Poglavje {number}"))
    type = "ebook_chapter"
    book = texts("Zones That Close the Loop", "Cone, ki sklenejo krog")
    chapter = factory.Sequence(lambda number: number + 1)
