"""What the objects of a PDF would do, by a real parser: packed, renamed or nested as they may be.

    python -I operations/pdf_objects.py < plan.pdf

Prints one word of those that `operations.pdfs` knows. It runs in a process of its own (`pdfs.check`), which ends where it
takes too long or too much: so nothing of the portal is imported here.
"""

import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

import pikepdf

MOST_SECONDS = 3  # of the processor
MOST_BYTES = 200 * 1024 * 1024

_SAID_BY = {
    "acts": {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/Rendition", "/XFA"},
    "holds_files": {"/EmbeddedFiles", "/EmbeddedFile"},
}
_OTHER_FILE, _BY_ITSELF = {"/GoToR", "/GoToE"}, {"/OpenAction", "/AA"}
_SCRIPTS, _FILES = {"/JS", "/OnInstantiate"}, {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
_LOOKED_FOR = set().union(*_SAID_BY.values(), _OTHER_FILE, _BY_ITSELF, _SCRIPTS, {"/EF"})
_ANY = re.compile("|".join(sorted(_LOOKED_FOR)).encode())
# What the parser gave up, another one may read.
_LOST = re.compile(r"limits error|giving up|error reading object|error decoding|unfilterable|object stream")


def said_of(content: bytes) -> str:
    try:
        pdf = pikepdf.open(BytesIO(content), inherit_page_attributes=False)
    except pikepdf.PasswordError:
        return "locked"
    except pikepdf.PdfError:
        return "damaged"
    names: set[str] = set()
    for each in (pdf.trailer, *pdf.objects):
        for name in _names(each):
            said = next((said for said, known in _SAID_BY.items() if name in known), "")
            if said:
                return said
            names.add(name)
    if names & _OTHER_FILE and names & _BY_ITSELF:
        return "reaches_out"
    warnings = " ".join(map(str, pdf.get_warnings()))
    if "bad_alloc" in warnings:
        raise MemoryError
    return "packed" if _LOST.search(warnings) else "nothing"


def _names(each) -> Iterator[str]:
    """In the object at hand, and in all within it that are no objects of their own."""
    told = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    if not isinstance(told, pikepdf.Object) or not _ANY.search(told.unparse(resolved=True)):
        return
    left = [told]
    while left:
        part = left.pop()
        if isinstance(part, pikepdf.Name):
            yield str(part)
        elif isinstance(part, pikepdf.Array):
            left += filter(_is_within, part)
        elif isinstance(part, pikepdf.Dictionary):
            for key, value in part.items():
                yield _meant(key, value)
                left += filter(_is_within, [value])


def _is_within(value) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _meant(key: str, value) -> str:
    """Fonts may be called /JS and /EF, too."""
    if key in _SCRIPTS:
        return "/JavaScript" if isinstance(value, pikepdf.String | pikepdf.Stream) else ""
    if key == "/EF":
        return "/EmbeddedFile" if isinstance(value, pikepdf.Dictionary) and _FILES & set(value.keys()) else ""
    return key


def _limited() -> str:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    try:
        return said_of(sys.stdin.buffer.read())
    except MemoryError:
        return "too_large"
    except Exception:  # hostile files make the parser fail in more ways than it documents
        return "packed"


if __name__ == "__main__":
    print(_limited())
