"""Files that people attach: what is taken in. The content alone says what a file is; its name must agree.

Such a file cannot be written anew, as a picture is, so what could act is refused (`operations.archives`, `pdfs`,
`plain_texts`): macros, scripts, bombs, disguises. The rest is told to browsers as a download of a plain type
(`practices.attachment_views`), and its own name is not kept.
"""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.texts import is_storable
from operations import archives, pdfs, plain_texts

MOST_BYTES = 10 * 1024 * 1024

TOO_HEAVY = _("The file is larger than 10 MB. Please choose a smaller one.")
NOT_TAKEN = _("Only PDF, DOCX, XLSX, ODT, TXT and CSV files can be attached.")
DISGUISED = _("The ending of the file’s name is not that of its content.")
OLD_OR_LOCKED = _(
    "The file is of an old format, or locked with a password. Please save it as DOCX or XLSX without one."
)

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what is locked with a password begins so, too


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
    Format.ODT: "application/vnd.oasis.opendocument.text",
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
    if content.startswith(pdfs.OPENING):
        pdfs.check(content)
        return Format.PDF
    if content.startswith(archives.OPENING):
        return _office_format(archives.looked_into(content))
    if content.startswith(_OLD_OFFICE):
        raise ValidationError(OLD_OR_LOCKED, code="locked")
    if ending in (Format.TXT, Format.CSV) and _is_plain_text(content):
        if ending == Format.CSV:
            plain_texts.check_table(content)
        return Format(ending)
    raise ValidationError(NOT_TAKEN, code="not_taken")


def _office_format(parts: dict[str, bytes]) -> Format:
    ending = archives.ending_of(parts)
    if ending not in Format:
        raise ValidationError(NOT_TAKEN, code="not_taken")
    return Format(ending)


def _is_plain_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    has_words = False
    for piece in plain_texts.pieces(content):
        if not is_storable(piece):
            return False
        has_words = has_words or bool(piece.strip())
    return has_words
