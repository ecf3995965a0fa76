"""Files that people attach: what is taken in. The content alone says what a file is; its name must agree.

Such a file cannot be written anew, as a picture is, so what could act is refused: macros, scripts, bombs, disguises. The rest
is told to browsers as a download of a plain type (`practices.attachment_views`), and its own name is not kept.
"""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.texts import is_storable

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of an office document's parts, all together
MOST_PARTS = 5_000

TOO_HEAVY = _("The file is larger than 10 MB. Please choose a smaller one.")
TOO_MUCH = _("Too much is packed into the file. Please make it smaller.")
NOT_TAKEN = _("Only PDF, DOCX, XLSX, ODT, TXT and CSV files can be attached.")
DAMAGED = _("The file is damaged and cannot be read.")
DISGUISED = _("The ending of the file’s name is not that of its content.")
ACTS = _("The file holds a program, such as macros or scripts. Please attach it without.")

_OPENING_ZIP = b"PK\x03\x04"
# What makes a PDF do something when it is opened.
_ACTING_PDF = re.compile(rb"/(JavaScript|Launch)")
_MAIN_PART = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_ODT = b"application/vnd.oasis.opendocument.text"


class Format(models.TextChoices):
    """By the ending of their names."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    ODT = "odt", "ODT"
    TXT = "txt", "TXT"
    CSV = "csv", "CSV"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODT: _ODT.decode(),
    Format.TXT: "text/plain; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
}


def taken_in(upload: UploadedFile) -> tuple[bytes, Format]:
    """The content and what it is. Raises ValidationError, in words for the person who chose the file."""
    if upload.size > MOST_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_large")
    content = upload.read()
    ending = PurePath(upload.name or "").suffix.lower().removeprefix(".")
    found = _format_of(content, ending)
    if found != ending:
        raise ValidationError(DISGUISED, code="disguised")
    return content, found


def _format_of(content: bytes, ending: str) -> Format:
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(_OPENING_ZIP):
        return _office(content)
    if ending in (Format.TXT, Format.CSV) and _is_plain_text(content):
        return Format(ending)
    raise ValidationError(NOT_TAKEN, code="not_taken")


def _pdf(content: bytes) -> Format:
    if b"%%EOF" not in content[-1024:]:
        raise ValidationError(DAMAGED, code="damaged")
    if _ACTING_PDF.search(content):
        raise ValidationError(ACTS, code="acts")
    return Format.PDF


def _office(content: bytes) -> Format:
    """By the names of the parts; nothing is unpacked but the few bytes in which an ODT says what it is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ValidationError(TOO_MUCH, code="too_large")
            _refuse_what_acts([part.filename for part in parts])
            return _office_format(archive, {part.filename: part for part in parts})
    except ValidationError:
        raise
    except Exception as error:  # hostile archives fail in more ways than zipfile documents
        raise ValidationError(DAMAGED, code="damaged") from error


def _refuse_what_acts(names: list[str]) -> None:
    for name in names:
        lower = name.lower()
        if ".." in PurePath(lower.replace("\\", "/")).parts or lower.startswith(("/", "\\")):
            raise ValidationError(DAMAGED, code="damaged")
        if "vbaproject" in lower or lower.startswith(("basic/", "scripts/")) or "/activex/" in lower:
            raise ValidationError(ACTS, code="acts")


def _office_format(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> Format:
    mimetype = parts.get("mimetype")
    if mimetype and mimetype.file_size == len(_ODT) and archive.read(mimetype) == _ODT:
        return Format.ODT
    for name, ending in _MAIN_PART.items():
        if name in parts and "[Content_Types].xml" in parts:
            return Format(ending)
    raise ValidationError(NOT_TAKEN, code="not_taken")


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and is_storable(text)
