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

from catalogue import unprintable

logger = logging.getLogger(__name__)

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
CONTENT = "content.json"
UNIVERSALLY_ACCESSIBLE = ["ua-1"]
PROBE = b'#set document(title: "A sign")\n#set text(lang: "en")\n#sys.inputs.sign'


def pdf(template: str, content: Mapping, *, files: Mapping[str, bytes], made: datetime) -> bytes:
    """`template` with this content; `files` are pictures by the names that the content calls them.

    The same content always gives the same bytes: `made` is the day that the document bears. What no font can show (an emoji, a
    Chinese name) is against the standard, and is said otherwise (`catalogue.unprintable`). If the PDF does not meet it even
    so, it is tagged all the same, and does not claim to.
    """
    told = json.loads(json.dumps(content, cls=DjangoJSONEncoder))  # it knows sentences that wait for a language
    try:
        return _set(template, told, files, made, pdf_standards=UNIVERSALLY_ACCESSIBLE)
    except typst.TypstError:
        told = unprintable.stated(told, is_printable)
    try:
        return _set(template, told, files, made, pdf_standards=UNIVERSALLY_ACCESSIBLE)
    except typst.TypstError as error:
        logger.warning("A PDF does not meet PDF/UA-1: %s", error)
        return _set(template, told, files, made)


def _set(template: str, told: dict, files: Mapping[str, bytes], made: datetime, **standards) -> bytes:
    with _laid_out(template, told, files) as source:
        return typst.compile(
            source,
            root=source.parent,
            format="pdf",
            font_paths=_fonts(),
            timestamp=made.astimezone(UTC),
            **standards,
        )


@functools.lru_cache(maxsize=5000)
def is_printable(sign: str) -> bool:
    """Whether any font has it: Typst alone knows."""
    try:
        typst.compile(
            PROBE, format="pdf", font_paths=_fonts(), pdf_standards=UNIVERSALLY_ACCESSIBLE, sys_inputs={"sign": sign}
        )
    except typst.TypstError:
        return False
    return True


@contextmanager
def _laid_out(template: str, told: dict, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder in which Typst finds everything, and beyond which it sees nothing."""
    with tempfile.TemporaryDirectory(prefix="mer-pdf-") as place:
        folder = Path(place)
        for source in TEMPLATES.iterdir():
            shutil.copy(source, folder)
        (folder / CONTENT).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        for name, picture in files.items():
            (folder / name).write_bytes(picture)
        yield folder / template


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
