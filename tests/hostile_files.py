"""Files that mean harm, and what becomes of each at the doors of the portal. docs/hostile-files.md shows the table:

python -m tests.hostile_files
"""

from pathlib import Path

from tests import hostile_makers as make
from tests.hostile_documents import DOCUMENTS
from tests.hostile_forms import FORMS
from tests.hostile_makers import SCRIPT, docx, docx_with, drawn, noise, odt, packed, pdf, random_bytes, xlsx
from tests.hostile_outcomes import (
    ACTS,
    ATTACHMENT,
    DAMAGED,
    DISGUISED,
    DOCUMENT,
    DOWNLOAD,
    DRAWN_ANEW,
    EMPTY,
    EMPTY_SENT,
    FILES,
    FORMULAS,
    HEAVY,
    HEAVY_DOCUMENT,
    HEAVY_IMAGE,
    HEAVY_LOGO,
    HEAVY_PHOTO,
    HOLDS,
    IMAGE,
    LOCKED,
    LOGO,
    LONG_ROW,
    NAMELESS,
    NO_ENDING,
    NO_IMAGE_INSIDE,
    NO_PICTURE,
    NOT_TAKEN,
    NOT_UTF_8,
    OLD,
    PAPER,
    PHOTO,
    PICTURES,
    REACHES,
    TOO_MANY_LOGO,
    TOO_MUCH,
    TWO,
    UNREADABLE_IMAGE,
    Hostile,
    Kept,
    at,
    damaged,
    no_picture,
)
from tests.hostile_pictures import PICTURE_BOMBS

PAGE = Path(__file__).parent.parent / "docs" / "hostile-files.md"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html>" + SCRIPT + b"</html>"
JAVASCRIPT = b"<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>"
PHP = b"<?php system($_GET['c']); ?>"

# fmt: off - a file is two or three lines
DISGUISES = [
    Hostile(
        "SVG with a script",
        "disguise",
        "drawing.svg",
        lambda: SVG,
        no_picture() | {ATTACHMENT: NOT_TAKEN, DOCUMENT: NO_ENDING},
        "image/svg+xml",
    ),
    Hostile("SVG called PNG", "disguise", "drawing.png", lambda: SVG, no_picture(NO_IMAGE_INSIDE)),
    Hostile("HTML called JPG", "disguise", "page.jpg", lambda: HTML, no_picture(UNREADABLE_IMAGE)),
    Hostile("HTML called PDF", "disguise", "page.pdf", lambda: HTML, {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED}),
    Hostile("HTML called TXT", "disguise", "page.txt", lambda: HTML, at(FILES, DOWNLOAD), "text/html"),
    Hostile(
        "HTML page", "disguise", "page.html", lambda: HTML, {ATTACHMENT: NOT_TAKEN, DOCUMENT: NO_ENDING}, "text/html"
    ),
    Hostile("JPEG called PDF", "disguise", "yard.pdf", drawn, {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED}),
    Hostile(
        "PNG called JPG",
        "disguise",
        "yard.jpg",
        lambda: drawn(form="PNG"),
        {PHOTO: DRAWN_ANEW, LOGO: DRAWN_ANEW, IMAGE: NO_IMAGE_INSIDE},
    ),
    Hostile("PDF told to be HTML", "disguise", "plan.pdf", pdf, at(FILES, DOWNLOAD), "text/html"),
    Hostile("JPEG told to be SVG", "disguise", "yard.jpg", drawn, at(PICTURES, DRAWN_ANEW), "image/svg+xml"),
    Hostile(
        "GIF that is a script",
        "two in one",
        "yard.gif",
        make.gif_that_is_a_script,
        {PHOTO: NO_PICTURE, LOGO: NO_PICTURE, IMAGE: DRAWN_ANEW},
    ),
    Hostile(
        "JPEG with an archive behind",
        "two in one",
        "yard.jpg",
        lambda: drawn() + packed({"a.html": HTML}),
        at(PICTURES, DRAWN_ANEW),
    ),
    Hostile(
        "JPEG with an archive behind, called DOCX",
        "two in one",
        "yard.docx",
        lambda: drawn() + docx(),
        {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED},
    ),
    Hostile("PNG with PHP behind", "two in one", "yard.png", lambda: drawn(form="PNG") + PHP, at(PICTURES, DRAWN_ANEW)),
    Hostile(
        "JPEG with a script as its comment",
        "two in one",
        "yard.jpg",
        lambda: drawn(comment=SCRIPT),
        at(PICTURES, DRAWN_ANEW),
    ),
    Hostile("PDF that is a page", "two in one", "plan.pdf", lambda: pdf(before=HTML + b"\n"), at(FILES, TWO)),
    Hostile("PDF with an archive behind", "two in one", "plan.pdf", make.pdf_and_zip, at(FILES, TWO)),
]

PROGRAMS = [
    Hostile(
        "Windows program",
        "program",
        "run.exe",
        lambda: b"MZ\x90\0" + random_bytes(400),
        no_picture(UNREADABLE_IMAGE) | {ATTACHMENT: NOT_TAKEN, DOCUMENT: NO_ENDING},
    ),
    Hostile(
        "Windows program called PDF",
        "program",
        "plan.pdf",
        lambda: b"MZ\x90\0" + pdf(),
        {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED},
    ),
    Hostile(
        "Linux program called CSV",
        "program",
        "table.csv",
        lambda: b"\x7fELF\2\1\1\0" + random_bytes(400),
        {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED},
    ),
    Hostile(
        "shell script",
        "program",
        "run.sh",
        lambda: b"#!/bin/sh\nrm -rf /\n",
        {ATTACHMENT: NOT_TAKEN, DOCUMENT: NO_ENDING},
    ),
    Hostile(
        "DOCM",
        "program",
        "plan.docm",
        lambda: docx_with("word/vbaProject.bin"),
        {ATTACHMENT: ACTS, DOCUMENT: NO_ENDING},
    ),
    Hostile("DOCX with macros", "program", "plan.docx", lambda: docx_with("word/vbaProject.bin"), at(FILES, ACTS)),
    Hostile(
        "XLSX that says it has macros",
        "program",
        "plan.xlsx",
        lambda: xlsx(types=b'<Types><Override ContentType="sheet.macroEnabled.main+xml"/></Types>'),
        at(FILES, ACTS),
    ),
    Hostile(
        "XLSX with macros of the old kind",
        "program",
        "plan.xlsx",
        lambda: packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}),
        at(FILES, ACTS),
    ),
    Hostile(
        "DOCX that runs a command (DDE)",
        "program",
        "plan.docx",
        lambda: docx(word__settings_xml=b"<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>"),
        at(FILES, ACTS),
    ),
    Hostile(
        "ODT with macros",
        "program",
        "plan.odt",
        lambda: packed({"mimetype": make.ODT, "Basic/Standard/Module1.xml": b"x"}),
        at(FILES, ACTS),
    ),
    Hostile(
        "ODT that calls a script",
        "program",
        "plan.odt",
        lambda: odt(styles_xml=b'<a href="vnd.sun.star.script:x"/>'),
        at(FILES, ACTS),
    ),
    Hostile(
        "DOCX with an object in it",
        "program",
        "plan.docx",
        lambda: docx_with("word/embeddings/oleObject1.bin"),
        at(FILES, HOLDS),
    ),
    Hostile(
        "DOCX whose template is elsewhere", "program", "plan.docx", make.template_from_elsewhere, at(FILES, REACHES)
    ),
    Hostile("PDF with a script", "program", "plan.pdf", lambda: pdf(JAVASCRIPT), at(FILES, ACTS)),
    Hostile(
        "PDF with a script, its name in numbers",
        "program",
        "plan.pdf",
        lambda: pdf(JAVASCRIPT.replace(b"/JavaS", b"/J#61vaS")),
        at(FILES, ACTS),
    ),
    Hostile(
        "PDF with a packed script",
        "program",
        "plan.pdf",
        lambda: pdf(make.packed_objects(JAVASCRIPT)),
        at(FILES, ACTS),
    ),
    Hostile(
        "PDF that starts a program", "program", "plan.pdf", lambda: pdf(b"<</S/Launch/F(cmd.exe)>>"), at(FILES, ACTS)
    ),
    Hostile(
        "PDF with a file in it",
        "program",
        "plan.pdf",
        lambda: pdf(b"<</Type/EmbeddedFile/Length 0>>"),
        at(FILES, HOLDS),
    ),
    Hostile(
        "PDF locked with a password", "locked", "plan.pdf", lambda: pdf(trailer=b"/Encrypt 5 0 R"), at(FILES, LOCKED)
    ),
    Hostile(
        "DOCX locked with a password", "locked", "plan.docx", make.old_office, {ATTACHMENT: OLD, DOCUMENT: DISGUISED}
    ),
    Hostile(
        "ODT locked with a password",
        "locked",
        "plan.odt",
        lambda: odt(manifest_xml=b"<manifest:encryption-data/>"),
        at(FILES, LOCKED),
    ),
    Hostile("archive locked with a password", "locked", "plan.docx", make.locked_zip, at(FILES, LOCKED)),
    Hostile(
        "archive with a program", "program", "plans.zip", lambda: packed({"plans/open me.exe": b"MZ"}), at(FILES, ACTS)
    ),
]

BOMBS = [
    Hostile("DOCX with 300 MB of noughts", "bomb", "plan.docx", make.bomb, at(FILES, TOO_MUCH)),
    Hostile("archives in an archive", "bomb", "plans.zip", make.nested_bomb, {ATTACHMENT: HOLDS, DOCUMENT: HOLDS}),
    Hostile("archive whose files overlap", "bomb", "plan.docx", make.overlapping_bomb, at(FILES, DAMAGED)),
    Hostile("archive that lies about its size", "bomb", "plan.docx", make.lying_about_its_size, at(FILES, DAMAGED)),
    Hostile("archive with a list of 60,000 files", "bomb", "plan.docx", make.list_of_many, at(FILES, TOO_MUCH)),
    Hostile(
        "DOCX with a billion laughs",
        "bomb",
        "plan.docx",
        lambda: docx(word__styles_xml=make.unfolding_xml()),
        at(FILES, TOO_MUCH),
    ),
    Hostile(
        "ODT with a billion laughs",
        "bomb",
        "plan.odt",
        lambda: odt(styles_xml=make.unfolding_xml()),
        at(FILES, TOO_MUCH),
    ),
    Hostile(
        "XLSX with a billion laughs in UTF-16",
        "bomb",
        "plan.xlsx",
        lambda: xlsx(make.hidden_in_utf_16()),
        at(FILES, TOO_MUCH),
    ),
    Hostile(
        "XLSX that fetches a file of the reader",
        "bomb",
        "plan.xlsx",
        lambda: xlsx(make.fetching_xml()),
        at(FILES, REACHES),
    ),
    Hostile(
        "XLSX with 120 MB of strings",
        "bomb",
        "plan.xlsx",
        lambda: xlsx(b"<si><t>a</t></si>" * 7_400_000),
        at(FILES, TOO_MUCH),
    ),
    Hostile(
        "PDF with 60 MB of packed objects",
        "bomb",
        "plan.pdf",
        lambda: pdf(make.packed_objects(b" " * 60_000_000)),
        at(FILES, TOO_MUCH),
    ),
    Hostile(
        "PDF whose pages have no end",
        "bomb",
        "plan.pdf",
        lambda: pdf(b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
        at(FILES, DOWNLOAD),
    ),
    *PICTURE_BOMBS,
]

BROKEN = [
    Hostile("JPEG cut after 20 bytes", "broken", "yard.jpg", lambda: noise()[:20], damaged()),
    Hostile("JPEG cut in the middle", "broken", "yard.jpg", lambda: noise()[:20_000], damaged()),
    Hostile("PNG cut in the middle", "broken", "yard.png", lambda: noise(form="PNG")[:-2000], damaged()),
    Hostile("WebP cut in the middle", "broken", "yard.webp", lambda: noise(form="WEBP")[:-2000], damaged()),
    Hostile("DOCX cut in the middle", "broken", "plan.docx", lambda: docx()[:-60], at(FILES, DAMAGED)),
    Hostile("PDF cut in the middle", "broken", "plan.pdf", lambda: pdf()[:-20], at(FILES, DAMAGED)),
    Hostile("nothing", "broken", "yard.jpg", lambda: b"", {PHOTO: EMPTY, LOGO: EMPTY, IMAGE: EMPTY_SENT}),
    Hostile("nothing, as a PDF", "broken", "plan.pdf", lambda: b"", {ATTACHMENT: EMPTY, DOCUMENT: EMPTY_SENT}),
    Hostile("one byte", "broken", "yard.png", lambda: b"\x89", no_picture(UNREADABLE_IMAGE)),
    Hostile("one byte, as a PDF", "broken", "plan.pdf", lambda: b"%", {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED}),
    Hostile(
        "picture of 21 MB",
        "broken",
        "yard.jpg",
        lambda: drawn() + b"\0" * 21 * 1024 * 1024,
        {PHOTO: HEAVY_PHOTO, LOGO: HEAVY_LOGO, IMAGE: HEAVY_IMAGE},
    ),
    Hostile(
        "PDF of 21 MB",
        "broken",
        "plan.pdf",
        lambda: pdf(b"%" * 21 * 1024 * 1024),
        {ATTACHMENT: HEAVY, DOCUMENT: HEAVY_DOCUMENT},
    ),
    Hostile("JPEG with broken EXIF", "broken", "yard.jpg", make.broken_exif, at(PICTURES, DRAWN_ANEW)),
    Hostile("text that is not UTF-8", "broken", "plan.txt", lambda: "Načrt".encode("cp1250"), at(FILES, NOT_UTF_8)),
    Hostile(
        "table with formulas",
        "program",
        "plan.csv",
        lambda: b"name;value\nA;=cmd|' /C calc'!A0\n",
        at(FILES, FORMULAS),
    ),
    Hostile(
        "table with a command",
        "program",
        "plan.csv",
        lambda: b'name,value\nA,"+HYPERLINK(""http://hostile.example"")"\n',
        at(FILES, FORMULAS),
    ),
    Hostile("table of one row of 9 MB", "bomb", "plan.csv", lambda: b"a," * 4_500_000, at(FILES, LONG_ROW)),
    Hostile(
        "table of one cell of 9 MB with a rare letter",
        "bomb",
        "plan.csv",
        lambda: b'"' + "😀😀\n".encode() * 1_000_000 + b'"',
        at(FILES, LONG_ROW),
    ),
    Hostile(
        "table of negative numbers",
        "harmless",
        "plan.csv",
        lambda: b"name;value\nA;-5,2\nB;+3\n@home;-\n",
        at(FILES, DOWNLOAD),
    ),
]

ODD = [
    Hostile("JPEG that tells where and whose it is", "tells", "yard.jpg", make.telling, at(PICTURES, DRAWN_ANEW)),
    Hostile(
        "PNG that tells where and whose it is",
        "tells",
        "yard.png",
        lambda: make.telling("PNG"),
        at(PICTURES, DRAWN_ANEW),
    ),
    Hostile(
        "WebP that tells where and whose it is",
        "tells",
        "yard.webp",
        lambda: make.telling("WEBP"),
        at(PICTURES, DRAWN_ANEW),
    ),
    Hostile(
        "animated PNG",
        "odd",
        "yard.png",
        lambda: make.animated("PNG"),
        {PHOTO: DRAWN_ANEW, LOGO: DRAWN_ANEW, IMAGE: UNREADABLE_IMAGE},
    ),
    Hostile("animated WebP", "odd", "yard.webp", lambda: make.animated("WEBP"), at(PICTURES, DRAWN_ANEW)),
    Hostile(
        "JPEG for printing (CMYK)", "odd", "yard.jpg", lambda: drawn(mode="CMYK", color=None), at(PICTURES, DRAWN_ANEW)
    ),
    Hostile(
        "PNG of sixteen bits",
        "odd",
        "yard.png",
        lambda: drawn(form="PNG", mode="I;16", color=None),
        at(PICTURES, DRAWN_ANEW),
    ),
    Hostile(
        "PNG of one bit", "odd", "yard.png", lambda: drawn(form="PNG", mode="1", color=1), at(PICTURES, DRAWN_ANEW)
    ),
    Hostile(
        "PNG of 1 × 20,000",
        "odd",
        "yard.png",
        lambda: drawn((1, 20_000), "PNG"),
        {PHOTO: DRAWN_ANEW, LOGO: TOO_MANY_LOGO, IMAGE: DRAWN_ANEW},
    ),
]

# fmt: on
_NAMES = {
    "that climbs": "../../../settings.pdf",
    "that climbs on Windows": "..\\..\\windows\\win.pdf",
    "from the root": "/etc/passwd.pdf",
    "with a NUL": "plan\0.exe.pdf",
    "that reads from right to left": "plan\u202efdp.pdf",
    "of 300 letters": "z" * 300 + ".pdf",
    "of small pictures": "🏭🔥👩‍🔬.pdf",
    "that Windows keeps for itself": "con.pdf",
    "with two endings": "plan.exe.pdf",
    "with a line break": "plan\r\nSet-Cookie: a=b.pdf",
    "with letters that look like others": "рlаn.pdf",
    "that is markup": "<img src=x onerror=alert(1)>.pdf",
    "that is a command": "$(reboot);`id`|a.pdf",
}

NAMES = [
    *(Hostile(f"name {what}", "name", name, pdf, at(FILES, NAMELESS)) for what, name in _NAMES.items()),
    Hostile("picture with a name that climbs", "name", "../../static/yard.jpg", drawn, at(PICTURES, DRAWN_ANEW)),
    Hostile("picture that Windows keeps for itself", "name", "con.jpg", drawn, at(PICTURES, DRAWN_ANEW)),
    Hostile("name with dots behind", "name", "plan.pdf...", pdf, {ATTACHMENT: DISGUISED, DOCUMENT: NO_ENDING}),
    Hostile(
        "name that ends in another ending", "name", "plan.pdf.exe", pdf, {ATTACHMENT: DISGUISED, DOCUMENT: NO_ENDING}
    ),
    Hostile(
        "archive with a name that climbs",
        "name",
        "plan.docx",
        lambda: docx_with("../../etc/passwd"),
        at(FILES, DAMAGED),
    ),
]

ALL = [*DISGUISES, *PROGRAMS, *BOMBS, *DOCUMENTS, *FORMS, *BROKEN, *ODD, *NAMES]

_CALLED = {
    PHOTO: "picture of a practice",
    LOGO: "logo",
    ATTACHMENT: "file of a practice",
    IMAGE: "image of an editor",
    DOCUMENT: "document of an editor",
    PAPER: "filled-in form",
}


def table() -> str:
    lines = ["| file | class | its name | door | what becomes of it |", "|---|---|---|---|---|"]
    for each in ALL:
        outcomes: dict[str, list[str]] = {}
        for door, outcome in each.becomes.items():
            told = f"kept: {outcome.how}" if isinstance(outcome, Kept) else f"refused: “{outcome}”"
            outcomes.setdefault(told, []).append(_CALLED[door])
        name = each.file_name if len(each.file_name) < 40 else f"{each.file_name[:10]}…{each.file_name[-6:]}"
        shown = ascii(name).strip("'\"").replace("|", "\\|").replace("<", "&lt;")
        lines += [
            f"| {each.name} | {each.kind} | {shown} | {', '.join(doors)} | {told} |" for told, doors in outcomes.items()
        ]
    return "\n".join(lines) + "\n"


def page() -> str:
    return PAGE.read_text().partition("| file |")[0] + table()


if __name__ == "__main__":
    PAGE.write_text(page())
