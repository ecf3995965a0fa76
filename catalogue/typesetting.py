"""PDFs, set by Typst from the templates in `templates/pdf/`.

They are tagged (ISO 14289-1, PDF/UA-1), so that a screen reader reads them as it reads a page. What is said reaches a template
as JSON and pictures as files beside it: nothing that people write is ever part of a template's source. Only the fonts are
used that Typst brings, so a PDF looks the same on every machine.
"""

import functools
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

logger = logging.getLogger(__name__)

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
CONTENT = "content.json"
UNIVERSALLY_ACCESSIBLE = ["ua-1"]


def pdf(template: str, content: Mapping, *, files: Mapping[str, bytes], made: datetime) -> bytes:
    """`template` with this content; `files` are pictures by the names that the content calls them.

    The same content always gives the same bytes: `made` is the day that the document bears. A sign that no font has
    (an emoji, a Chinese name) is against the standard: then the PDF is tagged all the same, and does not claim to meet it.
    """
    with _laid_out(template, content, files) as source:
        set_it = functools.partial(
            typst.compile,
            source,
            root=source.parent,
            format="pdf",
            font_paths=_fonts(),
            timestamp=made.astimezone(UTC),
        )
        try:
            return set_it(pdf_standards=UNIVERSALLY_ACCESSIBLE)
        except typst.TypstError as error:
            logger.warning("A PDF does not meet PDF/UA-1: %s", error)
            return set_it()


@contextmanager
def _laid_out(template: str, content: Mapping, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder in which Typst finds everything, and beyond which it sees nothing."""
    with tempfile.TemporaryDirectory(prefix="mer-pdf-") as place:
        folder = Path(place)
        for source in TEMPLATES.iterdir():
            shutil.copy(source, folder)
        told = json.dumps(
            content, ensure_ascii=False, cls=DjangoJSONEncoder
        )  # it knows sentences that wait for a language
        (folder / CONTENT).write_text(told, encoding="utf-8")
        for name, picture in files.items():
            (folder / name).write_bytes(picture)
        yield folder / template


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
