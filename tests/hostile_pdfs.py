"""PDFs that hide what they do, or keep whoever looks into them busy (`tests.hostile_files`)."""

import base64
import struct
import zlib

from tests.hostile_makers import in_order, pdf, stream
from tests.hostile_outcomes import (
    ACTS,
    ASKED,
    DOWNLOAD,
    FILES,
    HOLDS,
    LOCKED,
    PACKED,
    REACHES,
    TOO_MUCH,
    Hostile,
    Kept,
    at,
)

SCRIPT = b"1 0 <</S/JavaScript/JS(app.alert\\(1\\))>>"
ACTION = b"<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>"
FLATE = b"/Filter/FlateDecode"


def portable(name: str, made, outcome: str | Kept, *, kind: str = "program") -> Hostile:
    return Hostile(name, kind, "plan.pdf", made, at(FILES, outcome))


def objects(told: bytes, content: bytes) -> bytes:
    return pdf(stream(content, told + b"/N 1/First 4"))


def opening(action: bytes, *more: bytes) -> bytes:
    """It does the action, object 4, when it is opened; object 5 is a note on its page."""
    return _listed([action, *more], {}, action=4)


def opening_packed(told: bytes, packed: bytes, *, index: int = 0) -> bytes:
    """Its action, object 9, is the one at `index` in the packed ones."""
    return _listed([stream(packed, told)], {9: index}, action=9)


def _listed(objects: list[bytes], packed: dict[int, int], *, action: int) -> bytes:
    """With a list that is packed, too: the packed objects stand in the last one. What reads a PDF as the standard says, does
    the action.
    """
    catalogue = b"<</Type/Catalog/Pages 2 0 R/OpenAction %d 0 R>>" % action
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/AA<</O %d 0 R>>/Annots[5 0 R]>>" % action
    listed = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    told, places = in_order([catalogue, listed, page, *objects], b"%PDF-1.7\n")
    rows = [struct.pack(">BIH", 0, 0, 65535)] * 11
    for number, place in enumerate(places, 1):
        rows[number] = struct.pack(">BIH", 1, place, 0)
    for number, index in packed.items():
        rows[number] = struct.pack(">BIH", 2, len(places), index)
    rows[10] = struct.pack(">BIH", 1, len(told), 0)
    references = stream(zlib.compress(b"".join(rows)), b"/Type/XRef/Size 11/W[1 4 2]/Root 1 0 R" + FLATE)
    return told + b"10 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (references, len(told))


def null_and_script() -> bytes:
    return zlib.compress(b"8 0 9 5 null " + ACTION)


def differences(columns: int = 20) -> bytes:
    """Each row of bytes told by what is other than in the row above, the first one as it is."""
    plain = b"9 0 " + b" " * 36 + ACTION
    rows = [plain[at : at + columns].ljust(columns) for at in range(0, len(plain), columns)]
    told, above = b"\0" + rows[0], rows[0]
    for row in rows[1:]:
        told += b"\2" + bytes((a - b) % 256 for a, b in zip(row, above, strict=True))
        above = row
    return zlib.compress(told)


PDFS = [
    portable(
        "PDF whose packing is named in numbers",
        lambda: objects(b"/Type/Obj#53tm" + FLATE, zlib.compress(SCRIPT)),
        ACTS,
    ),
    portable("PDF that does not say what is packed", lambda: objects(FLATE, zlib.compress(SCRIPT)), ACTS),
    portable(
        "PDF that tells of its packing long before",
        lambda: objects(b"/Type/ObjStm/Pad(%s)" % (b"x" * 1200) + FLATE, zlib.compress(SCRIPT)),
        ACTS,
    ),
    portable(
        "PDF packed in hexadecimal",
        lambda: objects(b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]", zlib.compress(SCRIPT).hex().encode()),
        PACKED,
    ),
    portable(
        "PDF packed in letters",
        lambda: objects(
            b"/Type/ObjStm/Filter[/ASCII85Decode/FlateDecode]", base64.a85encode(zlib.compress(SCRIPT)) + b"~>"
        ),
        PACKED,
    ),
    portable(
        "PDF with a packed script behind a false end",
        lambda: opening_packed(b"/Type/ObjStm/N 2/First 8/X(endstream)" + FLATE, null_and_script(), index=1),
        ACTS,
    ),
    portable(
        "PDF with a packed script behind the note of an end",
        lambda: opening_packed(b"/Type/ObjStm/N 2/First 8\n%endstream\n" + FLATE, null_and_script(), index=1),
        ACTS,
    ),
    portable(
        "PDF with a script packed in differences",
        lambda: opening_packed(
            b"/Type/ObjStm/N 1/First 4/DecodeParms<</Predictor 15/Columns 20>>" + FLATE, differences()
        ),
        ACTS,
    ),
    portable(
        "PDF with a packed script beside 600 brackets",
        lambda: opening_packed(
            b"/Type/ObjStm/N 1/First 4/DecodeParms<</Predictor 1>>/X(endstream)" + FLATE,
            zlib.compress(b"9 0 null".replace(b"null", ACTION[:-2]) + b"/X" + b"[" * 600 + b"]" * 600 + b">>"),
        ),
        ACTS,
    ),
    portable("PDF with a script in a rendition", lambda: opening(b"<</S/Rendition/OP 0/JS(app.alert)>>"), ACTS),
    portable(
        "PDF with a script in a drawing in space",
        lambda: opening(b"<</S/GoTo>>", stream(b"", b"/Type/3D/Subtype/U3D/OnInstantiate 6 0 R"), stream(b"a()")),
        ACTS,
    ),
    portable(
        "PDF with a file that says nothing of its kind",
        lambda: opening(
            b"<</S/GoTo>>",
            b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>",
            b"<</Type/Filespec/F(run.exe)/EF<</F 7 0 R>>>>",
            stream(b"MZ"),
        ),
        HOLDS,
    ),
    portable(
        "PDF whose fonts are called as what acts",
        lambda: pdf(b"<</Font<</JS 3 0 R/EF 3 0 R>>>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        DOWNLOAD,
        kind="harmless",
    ),
    portable("PDF locked, and not saying so", lambda: pdf(trailer=b"/Encryp#74 5 0 R"), LOCKED, kind="locked"),
    portable(
        "PDF that opens another file by itself",
        lambda: pdf(rb"<</AA<</O<</S/GoToR/F(\\\\hostile.example\\a.pdf)>>>>>>"),
        REACHES,
    ),
    portable(
        "PDF that opens an address by itself",
        lambda: pdf(b"<</OpenAction<</S/URI/URI(http://hostile.example/)>>>>"),
        ASKED,
        kind="harmless",
    ),
]

BUSY_PDFS = [
    portable("PDF of /ObjStm and nothing else", lambda: pdf(b"/ObjStm" * 1_400_000), DOWNLOAD, kind="bomb"),
    portable("PDF of 1.9 million names in numbers", lambda: pdf(b"/a#61" * 1_900_000), DOWNLOAD, kind="bomb"),
    portable("PDF of a million streams without an end", lambda: pdf(b"stream\n" * 1_000_000), TOO_MUCH, kind="bomb"),
    portable("PDF of 130,000 lists", lambda: pdf(*[b"<</A 1/B[1 2 3]/C<</D/E>>>>"] * 130_000), TOO_MUCH, kind="bomb"),
    portable("PDF of a list of 4 million numbers", lambda: pdf(b"[" + b"1 " * 4_000_000 + b"]"), TOO_MUCH, kind="bomb"),
    portable(
        "PDF of 4 million lists in each other", lambda: pdf(b"[" * 4_000_000 + b"]" * 4_000_000), PACKED, kind="bomb"
    ),
    portable(
        "PDF with 300 MB packed twice",
        lambda: opening_packed(
            b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/X(endstream)",
            zlib.compress(zlib.compress(b"9 0 null" + b" " * 300_000_000, 9), 9),
        ),
        TOO_MUCH,
        kind="bomb",
    ),
]
