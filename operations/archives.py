"""Zip archives, and office documents, which are such: whether one can be handed on as it was sent.

First what the archive says of itself is checked; only then it is read, part by part and in small pieces, never to disk, and
never further than it said. What is found wanting is refused with ValidationError, in words for the person who chose the file.
"""

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 5_000
PIECE = 64 * 1024
HEAD = 256  # bytes of each part by which it is known
MOST_OF_RELATIONS = 1024 * 1024

TOO_MUCH = _("Too much is packed into the file. Please make it smaller.")
DAMAGED = _("The file is damaged and cannot be read.")
ACTS = _("The file holds a program, such as macros or scripts. Please attach it without.")
LOCKED = _("The file is locked with a password. Please attach it without one.")
HOLDS_FILES = _("The file holds other files. Please attach these by themselves.")
REACHES_OUT = _("The file fetches something from elsewhere when it is opened. Please attach it without.")

OPENING = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
_PROGRAM = re.compile(r"\.(bat|cmd|com|cpl|dll|exe|hta|iso|jar|js|jse|lnk|msi|ps1|py|reg|scr|sh|url|vbe|vbs|wsf)$")
_ARCHIVE = re.compile(r"\.(7z|arj|bz2|cab|gz|lzh|rar|tar|tgz|xz|zip|zst)$")
_ACTING_NAME = re.compile(r"vbaproject|vbadata|(^|/)(basic|scripts|activex|macrosheets)/")
_HELD_NAME = re.compile(r"oleobject[^/]*\.bin$")
# No office program writes a document type into its parts: it is there to unfold, or to fetch files of whoever reads it.
_UNFOLDS = re.compile(rb"<!(DOCTYPE|ENTITY)")
_LOCKED = b"<manifest:encryption-data"
_ACTING_TEXT = re.compile(rb"DDEAUTO|<ddeLink|vnd\.sun\.star\.script:|macroEnabled")
# A template or object from elsewhere; one from the writer's own disk is only not found.
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_FETCHED_KIND = re.compile(r"(attachedTemplate|oleObject|frame|subDocument)[\"']")
_FROM_ELSEWHERE = re.compile(
    r"Target\s*=\s*[\"']\s*(https?:|ftp:|mhtml:|\\\\|file:/*(?![A-Za-z]:)[^\"'])", re.IGNORECASE
)
_SHORTEST_HEADER = 30  # bytes before the name of a part
_LONGEST = 32  # bytes of what is looked for, so that it is found where two pieces meet


def looked_into(content: bytes, *, is_office: bool = True) -> dict[str, bytes]:
    """The first bytes of each part, by name."""
    if content.count(_LISTED) > MOST_PARTS:  # before a list of them is made
        raise ValidationError(TOO_MUCH, code="too_large")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_what_it_says(parts, archive.start_dir)
            _check_names([part.filename.replace("\\", "/").lower() for part in parts], is_office)
            return {part.filename: _read(archive, part, is_office) for part in parts if not part.is_dir()}
    except ValidationError:
        raise
    except Exception as error:  # hostile archives fail in more ways than zipfile documents
        raise ValidationError(DAMAGED, code="damaged") from error


def is_one(content: bytes) -> bool:
    """Also where something else stands before it."""
    return zipfile.is_zipfile(BytesIO(content))


def _check_what_it_says(parts: list[zipfile.ZipInfo], end: int) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
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


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, is_office: bool) -> bytes:
    """To its end: what is not as long as it says, or not what its checksum says, is damaged."""
    head, before, is_told = b"", b"", is_office and part.filename.lower().endswith((".xml", ".rels"))
    relations = bytearray() if part.filename.lower().endswith(".rels") else None
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            head = head or piece[:HEAD]
            if is_told:
                before = _look_at(before + piece.replace(b"\0", b""))  # also where it is written in UTF-16
            if relations is not None and len(relations) < MOST_OF_RELATIONS:
                relations += piece
    if relations and _fetches(relations):
        raise ValidationError(REACHES_OUT, code="reaches_out")
    return head


def _fetches(relations: bytearray) -> bool:
    told = unescape(relations.replace(b"\0", b"").decode("latin-1"))
    return any(_FETCHED_KIND.search(each) and _FROM_ELSEWHERE.search(each) for each in _RELATION.findall(told))


def _look_at(piece: bytes) -> bytes:
    if _UNFOLDS.search(piece):
        raise ValidationError(REACHES_OUT if b"SYSTEM" in piece else TOO_MUCH, code="unfolds")
    if _LOCKED in piece:
        raise ValidationError(LOCKED, code="locked")
    if _ACTING_TEXT.search(piece):
        raise ValidationError(ACTS, code="acts")
    return piece[-_LONGEST:]
