"""PDFs: whether one can be handed on as it was sent. It is not rendered: what would act when somebody opens it is looked for
by its names, also where these are disguised or packed; first in the bytes, as whoever rescues a broken file reads them, and
then in the objects of a real parser (`operations.pdf_objects`).
"""

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from operations import archives
from operations.archives import ACTS, DAMAGED, HOLDS_FILES, LOCKED, REACHES_OUT, TOO_MUCH

OPENING = b"%PDF-"
MOST_UNPACKED = 50 * 1024 * 1024  # bytes of all that is looked into
MOST_STREAMS = 50_000
PIECE = 256 * 1024
HEAD = 4096  # bytes by which packed objects are known
TWO_IN_ONE = _("The file is two kinds of file in one. Please save it anew as a PDF.")
PACKED_ODDLY = _("The PDF is packed in an unusual way and cannot be looked into. Please save it anew as a PDF.")

LOOKING = Path(__file__).with_name("pdf_objects.py")
LONGEST = 30  # seconds of a busy machine
_SAID = {
    "acts": ACTS,
    "damaged": DAMAGED,
    "holds_files": HOLDS_FILES,
    "locked": LOCKED,
    "packed": PACKED_ODDLY,
    "reaches_out": REACHES_OUT,
    "too_large": TOO_MUCH,
}


def _named(*names: str) -> re.Pattern[bytes]:
    """Each letter may be written as a number: /J#61vaScript."""
    firsts = "".join(sorted({name[0] for name in names}))
    written = "|".join("".join(map(_written, name)) for name in names)
    return re.compile(f"/(?=[{firsts}#])(?:{written})(?![A-Za-z])".encode())


def _written(letter: str) -> str:
    number = "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{ord(letter):02x}")
    return f"(?:{letter}|#{number})"


_ACTING = _named("JavaScript", "Launch", "SubmitForm", "ImportData", "RichMedia", "XFA")
_FILES = _named("EmbeddedFiles", "EmbeddedFile")
_LOCKED = _named("Encrypt")
_OTHER_FILE, _BY_ITSELF = _named("GoToR", "GoToE"), _named("OpenAction", "AA")
_LONGEST_NAME = 64  # bytes, so that a name is found where two pieces meet

_STREAM = re.compile(rb"(?<!end)stream[^\r\n]{0,80}[\r\n]+")
# Type or /First tells of packed objects; in an outline, /First tells of another object.
_OF_OBJECTS = re.compile(
    _named("ObjStm").pattern + b"|" + _named("First").pattern + rb"(?![\s\0]*\d+[\s\0]+\d+[\s\0]+R)"
)
_NUMBERS = re.compile(rb"[\s\0]*\d+[\s\0]+\d+[\s\0]")  # how they begin
_NUMBERS_AND_OBJECTS = re.compile(rb"[\s\0]*\d+[\s\0]+\d+[\s\0\d]*+(<<|[\[(]|\Z)")
_OTHER = re.compile(rb"<(script|html|svg|body|\?php|!doctype)", re.IGNORECASE)
WHERE_OTHERS_BEGIN = 4096  # bytes in which a browser looks for what a file might be


def check(content: bytes) -> None:
    """Raises ValidationError, in words for the person who chose the file."""
    if b"%%EOF" not in content[-1024:]:
        raise ValidationError(DAMAGED, code="damaged")
    if _OTHER.search(content[:WHERE_OTHERS_BEGIN]) or archives.is_one(content):
        raise ValidationError(TWO_IN_ONE, code="disguised")
    leads_away = goes_by_itself = False
    for told in _told(content):
        _look_at(told)
        leads_away = leads_away or bool(_OTHER_FILE.search(told))
        goes_by_itself = goes_by_itself or bool(_BY_ITSELF.search(told))
    if leads_away and goes_by_itself:
        raise ValidationError(REACHES_OUT, code="reaches_out")
    _look_at_objects(content)


def _look_at_objects(content: bytes) -> None:
    """In a process of its own, which is ended where it takes too much."""
    try:
        looking = subprocess.run(
            [sys.executable, "-I", str(LOOKING)], input=content, stdout=subprocess.PIPE, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(TOO_MUCH, code="too_large") from error
    if looking.returncode > 0:  # the parser is not installed, and the like
        looking.check_returncode()
    said = "too_large" if looking.returncode else looking.stdout.decode().strip()
    if said != "nothing":
        raise ValidationError(_SAID[said], code=said)


def _look_at(told: bytes) -> None:
    if _LOCKED.search(told):
        raise ValidationError(LOCKED, code="locked")
    if _ACTING.search(told):
        raise ValidationError(ACTS, code="acts")
    if _FILES.search(told):
        raise ValidationError(HOLDS_FILES, code="holds_files")


def _told(content: bytes) -> Iterator[bytes]:
    """The file, and the objects that stand in its packed streams."""
    yield content
    left = MOST_UNPACKED
    for at in _streams_of_objects(content):
        tail = b""
        for piece in _unpacked(content, at):
            left -= len(piece)
            if left <= 0:
                raise ValidationError(TOO_MUCH, code="too_large")
            yield tail + piece
            tail = piece[-_LONGEST_NAME:]


def _streams_of_objects(content: bytes) -> Iterator[int]:
    """Where the packed ones begin. What a stream says of itself is not believed where its beginning tells more."""
    looked_at, after, end = 0, 0, content.find(b"endstream")
    for number, found in enumerate(_STREAM.finditer(content)):
        while 0 <= end < found.start():
            after, end = end, content.find(b"endstream", end + 1)
        looked_at += found.start() - after
        if number >= MOST_STREAMS or looked_at > MOST_UNPACKED:
            raise ValidationError(TOO_MUCH, code="too_large")
        begins = _beginning(content, found.end())
        is_said = _OF_OBJECTS.search(content, after, found.start())
        if begins and (is_said or _NUMBERS_AND_OBJECTS.match(begins)):
            yield found.end()
        # else they stand there as they are
        if is_said and not _NUMBERS.match(begins) and not _NUMBERS.match(content, found.end()):
            raise ValidationError(PACKED_ODDLY, code="packed")


def _beginning(content: bytes, at: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content[at : at + HEAD], HEAD)
    except zlib.error:
        return b""


def _unpacked(content: bytes, at: int) -> Iterator[bytes]:
    """As far as it can be unpacked."""
    unpacking = zlib.decompressobj()
    try:
        while not unpacking.eof and at < len(content):
            given, at = content[at : at + PIECE], at + PIECE
            while given and not unpacking.eof:
                yield unpacking.decompress(given, PIECE)
                given = unpacking.unconsumed_tail
    except zlib.error:
        return
