"""PDFs: whether one can be handed on as it was sent. It is not rendered: what would act when somebody opens it is looked for
by its names, also where these are disguised or packed.
"""

import re
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from operations import archives
from operations.archives import ACTS, DAMAGED, HOLDS_FILES, LOCKED, TOO_MUCH

OPENING = b"%PDF-"
MOST_UNPACKED = 50 * 1024 * 1024  # bytes of all that is looked into
TWO_IN_ONE = _("The file is two kinds of file in one. Please save it anew as a PDF.")

_ACTING = re.compile(rb"/(JavaScript|Launch|SubmitForm|ImportData|RichMedia|XFA)(?![A-Za-z])")
_FILES = re.compile(rb"/EmbeddedFiles?(?![A-Za-z])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ESCAPED = re.compile(rb"/[!-.0-;=?-Z^-z|~]{0,60}#[0-9A-Fa-f]{2}[!-.0-;=?-Z^-z|~]{0,60}")
_BYTE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm.{0,1000}?stream\r?\n", re.DOTALL)
_OTHER = re.compile(rb"<(script|html|svg|body|\?php|!doctype)", re.IGNORECASE)
WHERE_OTHERS_BEGIN = 4096  # bytes in which a browser looks for what a file might be


def check(content: bytes) -> None:
    """Raises ValidationError, in words for the person who chose the file."""
    if b"%%EOF" not in content[-1024:]:
        raise ValidationError(DAMAGED, code="damaged")
    if _OTHER.search(content[:WHERE_OTHERS_BEGIN]) or archives.is_one(content):
        raise ValidationError(TWO_IN_ONE, code="disguised")
    if _LOCKED.search(content):
        raise ValidationError(LOCKED, code="locked")
    for told in (content, _written_out(content), *_unpacked(content)):
        if _ACTING.search(told):
            raise ValidationError(ACTS, code="acts")
        if _FILES.search(told):
            raise ValidationError(HOLDS_FILES, code="holds_files")


def _written_out(content: bytes) -> bytes:
    """The names in which letters are written as numbers: /J#61vaScript."""
    names = _ESCAPED.findall(content)
    return b" ".join(_BYTE.sub(lambda found: bytes([int(found[1], 16)]), name) for name in names)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects that stand in packed streams."""
    left = MOST_UNPACKED
    for found in _PACKED.finditer(content):
        end = content.find(b"endstream", found.end())
        unpacking = zlib.decompressobj()
        try:
            objects = unpacking.decompress(content[found.end() : end if end > 0 else None], left)
        except zlib.error:
            continue  # packed in another way, or not at all: then it stands there as it is
        left -= len(objects)
        if left <= 0 or unpacking.unconsumed_tail:
            raise ValidationError(TOO_MUCH, code="too_large")
        yield objects
        yield _written_out(objects)
