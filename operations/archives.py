"""Zip archives, and office documents, which are such: whether one can be handed on as it was sent.

First what the archive says of itself is checked; only then it is read, part by part and in small pieces, never to disk, and
never further than it said. What is found wanting is refused with ValidationError, in words for the person who chose the file.
"""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from operations.office_parts import (
    ACTS,
    DAMAGED,
    HOLDS_FILES,
    MOST_OF_RELATIONS,
    MOST_PARSED,
    REACHES_OUT,
    TOO_MUCH,
    Reader,
    is_list,
    is_told,
    is_xml,
    told_by,
)

MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 5_000
PIECE = 64 * 1024
HEAD = 256  # bytes of each part by which it is known
MOST_LISTED = 4 * 1024 * 1024  # bytes of all relations together
MOST_HELD = 10 * 1024 * 1024  # bytes of a workbook inside, as charts have one

LOCKED = _("The file is locked with a password. Please attach it without one.")

OPENING = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
_PROGRAM = re.compile(r"\.(bat|cmd|com|cpl|dll|exe|hta|iso|jar|js|jse|lnk|msi|ps1|py|reg|scr|sh|url|vbe|vbs|wsf)$")
_ARCHIVE = re.compile(r"\.(7z|arj|bz2|cab|gz|lzh|rar|tar|tgz|xz|zip|zst)$")
_ACTING_NAME = re.compile(r"vbaproject|vbadata|(^|/)(basic|scripts|activex|macrosheets)/")
_HELD_NAME = re.compile(r"oleobject[^/]*\.bin$")
# No office program writes a document type into its parts: it is there to unfold, or to fetch files of whoever reads it.
_UNFOLDS = re.compile(rb"<!(DOCTYPE|ENTITY)")
_LOCKED = b"<manifest:encryption-data"
# Of parts that are neither pictures nor texts, by what they begin with
_PROGRAM_BEGINS = re.compile(rb"MZ.{0,62}\0|\x7fELF", re.DOTALL)
_FILE_BEGINS = re.compile(rb"\xd0\xcf\x11\xe0|Rar!|7z\xbc\xaf|%PDF-|ITSF")
_WORKBOOK = re.compile(r"\.(xlsx|docx|pptx)$")
_TYPES = "[Content_Types].xml"
_MAIN_PART = re.compile(r"(word/document|xl/workbook|ppt/presentation)\d*\.xml")
_ENDINGS = {"word/document": "docx", "xl/workbook": "xlsx", "ppt/presentation": "pptx"}
_OPEN = "application/vnd.oasis.opendocument."
_OPEN_ENDINGS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_SHORTEST_HEADER = 30  # bytes before the name of a part
_LONGEST = 32  # bytes of what is looked for, so that it is found where two pieces meet


def looked_into(content: bytes, *, is_office: bool = True) -> dict[str, bytes]:
    """The first bytes of each part, by name."""
    return _Look(is_office).into(content)


def ending_of(parts: dict[str, bytes]) -> str:
    """Of what `looked_into` found: that of the name which such an office document should have; nothing for another archive."""
    kind = parts.get("mimetype", b"").decode("latin-1")
    if kind.startswith(_OPEN):
        return _OPEN_ENDINGS.get(kind.removeprefix(_OPEN), "")
    mains = {_ENDINGS[found[1]] for found in map(_MAIN_PART.fullmatch, parts) if found}
    return mains.pop() if len(mains) == 1 and _TYPES in parts else ""


class _Look:
    """Into a file, and into the workbooks of its charts; what is allowed at most, is so for all of it together."""

    def __init__(self, is_office: bool):
        self.is_office, self.is_inside = is_office, False
        self.unpacked = self.listed = 0
        self.reader = Reader()

    def into(self, content: bytes) -> dict[str, bytes]:
        if content.count(_LISTED) > MOST_PARTS:  # before a list of them is made
            raise ValidationError(TOO_MUCH, code="too_large")
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                parts = archive.infolist()
                self.unpacked += sum(part.file_size for part in parts)
                _check_what_it_says(parts, archive.start_dir, self.unpacked)
                _check_names([part.filename.replace("\\", "/").lower() for part in parts], self.is_office)
                return {part.filename: self._read(archive, part) for part in parts if not part.is_dir()}
        except ValidationError:
            raise
        except Exception as error:  # hostile archives fail in more ways than zipfile documents
            raise ValidationError(DAMAGED, code="damaged") from error

    def _read(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
        """To its end: what is not as long as it says, or not what its checksum says, is damaged."""
        head, before, is_searched, told = b"", b"", False, set()
        with archive.open(part) as file:
            while piece := file.read(PIECE):
                if not head:
                    head = piece[:HEAD]
                    is_searched = self.is_office and is_xml(part.filename, head)
                if is_searched:
                    before, more = _look_at(before + piece.replace(b"\0", b""))  # also where it is written in UTF-16
                    told |= more
        self._check_kind(archive, part, head)
        if is_told(told) or (self.is_office and is_list(part.filename)):
            self._parse(archive, part)
        return head

    def _check_kind(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, head: bytes) -> None:
        if _PROGRAM_BEGINS.match(head):
            raise ValidationError(ACTS, code="acts")
        if self.is_office and _FILE_BEGINS.match(head):
            raise ValidationError(HOLDS_FILES, code="holds_files")
        if self.is_office and head.startswith(OPENING):
            self._look_inside(archive, part)

    def _look_inside(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        if self.is_inside or not _WORKBOOK.search(part.filename.lower()):
            raise ValidationError(HOLDS_FILES, code="holds_files")
        if part.file_size > MOST_HELD:
            raise ValidationError(TOO_MUCH, code="too_large")
        self.is_inside = True
        if _TYPES not in self.into(archive.read(part)):
            raise ValidationError(HOLDS_FILES, code="holds_files")
        self.is_inside = False

    def _parse(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        if is_list(part.filename):
            self.listed += part.file_size
        most = MOST_OF_RELATIONS if is_list(part.filename) else MOST_PARSED
        if part.file_size > most or self.listed > MOST_LISTED:
            raise ValidationError(TOO_MUCH, code="too_large")
        with archive.open(part) as file:
            self.reader.read(iter(lambda: file.read(PIECE), b""))


def is_one(content: bytes) -> bool:
    """Also where something else stands before it."""
    return zipfile.is_zipfile(BytesIO(content))


def _check_what_it_says(parts: list[zipfile.ZipInfo], end: int, unpacked: int) -> None:
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise ValidationError(TOO_MUCH, code="too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(LOCKED, code="locked")
    plain = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if not plain or len({part.filename for part in parts}) < len(parts) or _overlap(parts, end):
        raise ValidationError(DAMAGED, code="damaged")


def _overlap(parts: list[zipfile.ZipInfo], end: int) -> bool:
    """One part within another is how a small archive holds far more than its size."""
    places = sorted((part.header_offset, part.header_offset + _SHORTEST_HEADER + part.compress_size) for part in parts)
    ends = [*(start for start, _end in places[1:]), end]
    return any(last > following for (_start, last), following in zip(places, ends, strict=True))


def _check_names(names: list[str], is_office: bool) -> None:
    for name in names:
        if ".." in PurePath(name).parts or name.startswith("/") or name[1:2] == ":":
            raise ValidationError(DAMAGED, code="damaged")
        if _PROGRAM.search(name) or (is_office and _ACTING_NAME.search(name)):
            raise ValidationError(ACTS, code="acts")
        if _ARCHIVE.search(name) or (is_office and _HELD_NAME.search(name)):
            raise ValidationError(HOLDS_FILES, code="holds_files")


def _look_at(piece: bytes) -> tuple[bytes, set[str]]:
    """What is looked at again with the next piece, and what speaks for parsing the part."""
    if _UNFOLDS.search(piece):
        raise ValidationError(REACHES_OUT if b"SYSTEM" in piece else TOO_MUCH, code="unfolds")
    if _LOCKED in piece:
        raise ValidationError(LOCKED, code="locked")
    return piece[-_LONGEST:], told_by(piece)
