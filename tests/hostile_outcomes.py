"""What can become of a hostile file at the doors of the portal (`tests.hostile_files`)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from tests import hostile_makers as make

PHOTO, LOGO, ATTACHMENT, IMAGE, DOCUMENT, PAPER = ("photo", "logo", "attachment", "image", "document", "paper")
PICTURES = (PHOTO, LOGO, IMAGE)
FILES = (ATTACHMENT, DOCUMENT)

# What is said beside the field
NO_PICTURE = "Only pictures in JPEG, PNG or WebP can be shown."
DAMAGED_PICTURE = "The file is damaged and cannot be read as a picture."
NO_IMAGE = "Not a supported image format."  # Wagtail's
NO_ENDING = "is not allowed"  # Django's
NO_IMAGE_INSIDE = "Not a valid"  # Wagtail's
UNREADABLE_IMAGE = "Upload a valid image."  # Django's
TOO_MANY = "The picture has more than 40 million pixels. Please make it smaller."
TOO_MANY_AT_ONCE = (
    "A PNG picture may have 9 million pixels at most, a WebP picture 3 million. "
    "Please make it smaller, or save it as JPEG."
)
TOO_LARGE_IN_PASSES = (
    "The JPEG is progressive, and too large for one. Please make it smaller, or save it anew without “progressive”."
)
TOO_MUCH_BESIDE = "The file holds too much beside the picture. Please save the picture anew."
TOO_MANY_LOGO = "The logo is wider or higher than 4,000 pixels. Please make it smaller."
TOO_MANY_IMAGE = "pixels"
HEAVY_PHOTO = "The picture is larger than 10 MB. Please choose a smaller one."
HEAVY_LOGO = "The logo is larger than 2 MB. Please choose a smaller one."
HEAVY_IMAGE = "This file is too big"
HEAVY = "The file is larger than 10 MB. Please choose a smaller one."
HEAVY_DOCUMENT = "The file is larger than 20 MB. Please choose a smaller one."
EMPTY = "The file is empty."
EMPTY_SENT = "The submitted file is empty."
NOT_TAKEN = "Only PDF, DOCX, XLSX, ODT, TXT and CSV files can be attached."
DISGUISED = "The ending of the file’s name is not that of its content."
DAMAGED = "The file is damaged and cannot be read."
TOO_MUCH = "Too much is packed into the file. Please make it smaller."
ACTS = "The file holds a program, such as macros or scripts. Please attach it without."
LOCKED = "The file is locked with a password. Please attach it without one."
OLD = "The file is of an old format, or locked with a password. Please save it as DOCX or XLSX without one."
HOLDS = "The file holds other files. Please attach these by themselves."
REACHES = "The file fetches something from elsewhere when it is opened. Please attach it without."
TWO = "The file is two kinds of file in one. Please save it anew as a PDF."
NOT_UTF_8 = "The text is not written in UTF-8. Please save it in UTF-8, and choose it again."
LONG_ROW = "A row of the table has more than a million characters. Please make it shorter."
MANY_ROWS = "The table has more than 1,048,576 rows, which no table program opens. Please make it shorter."
PACKED = "The PDF is packed in an unusual way and cannot be looked into. Please save it anew as a PDF."
NOT_DOCX = "This is not a DOCX document. Save it as DOCX in your word processor, and choose that file."
NO_FORM = "This is not the portal’s form: its codes are not in it. Please download the form and fill that in."
LONG_FORM = "The document is far longer than the portal’s form can be. Please take out what is no answer."
FORMULAS = "A cell of the table begins as a formula does, with = or a command. Please write values alone."


@dataclass(frozen=True)
class Kept:
    """Made harmless: what is kept has none of these bytes; with `same`, it is a download and nothing more."""

    how: str
    without: tuple[bytes, ...] = ()
    same: bool = False


DRAWN_ANEW = Kept("drawn anew: only the picture is kept", (b"alert", b"<?php", make.WORD.encode(), b"PK\x03\x04"))
DOWNLOAD = Kept("a download of a plain type, never shown by the browser", same=True)
ASKED = Kept("a download of a plain type: whoever opens it is asked before an address is", same=True)
OWN_CELLS = Kept("a download of a plain type: it reckons with its own cells, and calls and fetches nothing", same=True)
LEADS = Kept("a download of a plain type: its links wait until somebody follows them", same=True)
LOOKED_INTO = Kept("a download of a plain type: the workbook of a chart is looked into, too", same=True)
BROUGHT = Kept("its answers stand in the form, as if typed; nothing of the file is kept", (b"<w:", b"PK\x03\x04"))
NAMELESS = Kept("kept under a name of our own", same=True)


@dataclass(frozen=True)
class Hostile:
    name: str
    kind: str
    file_name: str
    make: Callable[[], bytes]
    becomes: dict[str, str | Kept] = field(hash=False)
    content_type: str = "application/octet-stream"

    @cached_property
    def content(self) -> bytes:
        return self.make()


def at(doors: tuple[str, ...], outcome: str | Kept) -> dict[str, str | Kept]:
    return dict.fromkeys(doors, outcome)


def no_picture(image: str = NO_IMAGE) -> dict:
    return {PHOTO: NO_PICTURE, LOGO: NO_PICTURE, IMAGE: image}


def damaged(image: str = DAMAGED_PICTURE) -> dict:
    return {PHOTO: DAMAGED_PICTURE, LOGO: DAMAGED_PICTURE, IMAGE: image}


def too_many(photo: str = TOO_MANY) -> dict:
    return {PHOTO: photo, LOGO: TOO_MANY_LOGO, IMAGE: TOO_MANY_IMAGE}
