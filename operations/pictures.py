"""Pictures as files: what decoding one would take, known before any of it is decoded.

A small file can unfold to hundreds of megabytes, or keep a decoder busy for minutes. What would take too much is refused
with ValidationError, in words for the person who chose the file. What each takes stands in docs/measurements.md.
"""

import re
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, PngImagePlugin

DAMAGED = _("The file is damaged and cannot be read as a picture.")
TOO_MANY_PIXELS = _(
    "A PNG picture may have 9 million pixels at most, a WebP picture 3 million. "
    "Please make it smaller, or save it as JPEG."
)
TOO_LARGE_IN_PASSES = _(
    "The JPEG is progressive, and too large for one. Please make it smaller, or save it anew without “progressive”."
)
TOO_MUCH_BESIDE = _("The file holds too much beside the picture. Please save the picture anew.")

# What is not a JPEG cannot be decoded small, and the decoder of WebP holds the whole picture four times.
MOST_PIXELS = {"PNG": 9_000_000, "WEBP": 3_000_000}
MOST_HELD = 80_000_000  # bytes while a JPEG is decoded; the process itself takes 200 MB of 300
MOST_PASSES = 100  # a progressive JPEG has about ten, and each goes through the whole picture
# Notes and pieces. Some dozens are usual; of a PNG or GIF, also the picture comes in pieces.
MOST_PARTS = {"JPEG": 1_000, "PNG": 10_000, "GIF": 100_000}
# Pillow would allow 64 MB, and a letter can take four bytes.
PngImagePlugin.MAX_TEXT_MEMORY = 4_000_000

_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_PASS = re.compile(rb"\xff\xda\x00(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_PASS_BEGINS = 0xDA


def look_at(content: bytes) -> None:
    """Before anything opens it: whether it holds more parts than a picture has."""
    for name, (magic, parts_of) in _PARTS.items():
        if content.startswith(magic) and len([*islice(parts_of(content), MOST_PARTS[name] + 1)]) > MOST_PARTS[name]:
            raise ValidationError(TOO_MUCH_BESIDE, code="too_large")


def make_room(image: Image.Image, content: bytes, *, smaller: int) -> None:
    """A JPEG is going to be decoded at a half, a quarter or an eighth; what would take too much nevertheless is refused."""
    pixels = image.width * image.height
    if pixels > MOST_PIXELS.get(image.format, pixels):
        raise ValidationError(TOO_MANY_PIXELS, code="too_large")
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (max(image.width // smaller, 1), max(image.height // smaller, 1)))
        _refuse_long_passes(image, content, pixels)


def _refuse_long_passes(image: Image.Image, content: bytes, pixels: int) -> None:
    """A JPEG of one pass is decoded line by line; of one in several, all is held until the last."""
    first = max(_segments(content), default=0)
    passes = [found[0] for found in _PASS.finditer(content, first)]
    if "progressive" not in image.info and (not passes or passes[0][-1] == image.layers):
        return
    finest = max(down for _id, down, _across, _table in image.layer) * max(
        across for _id, _down, across, _table in image.layer
    )
    numbers = pixels * sum(down * across for _id, down, across, _table in image.layer) / finest
    held = 2 * numbers + 4 * image.width * image.height
    if len(passes) > MOST_PASSES or held > MOST_HELD:
        raise ValidationError(TOO_LARGE_IN_PASSES, code="too_large")


# The parts of a file: where each begins


def _segments(content: bytes) -> Iterator[int]:
    """Of a JPEG's head, to its first pass."""
    at = 2
    while found := _MARKER.search(content, at):
        yield found.start()
        kind, at = found[1][0], found.end()
        if kind == _PASS_BEGINS:
            return
        if kind not in _WITHOUT_LENGTH:
            at += int.from_bytes(content[at : at + 2])


def _chunks(content: bytes) -> Iterator[int]:
    at = 8
    while at < len(content) and content[at + 4 : at + 8] != b"IEND":
        yield at
        at += 12 + int.from_bytes(content[at : at + 4])


def _blocks(content: bytes) -> Iterator[int]:
    """Each piece of a GIF's pictures and notes. Raises ValidationError where something else stands between them."""
    at = 13 + _colours(content, 10)
    while at < len(content) and content[at] != ord(";"):
        if content[at] == ord("!"):
            at += 2
        elif content[at] == ord(","):
            at += 11 + _colours(content, at + 9)
        else:
            raise ValidationError(DAMAGED, code="damaged")
        while at < len(content) and content[at]:
            yield at
            at += content[at] + 1
        yield at
        at += 1


def _colours(content: bytes, at: int) -> int:
    """Bytes of the table of colours that is told of here."""
    told = content[at] if at < len(content) else 0
    return 3 * 2 ** ((told & 7) + 1) if told & 0x80 else 0


_PARTS = {"JPEG": (b"\xff\xd8\xff", _segments), "PNG": (b"\x89PNG\r\n\x1a\n", _chunks), "GIF": (b"GIF8", _blocks)}
