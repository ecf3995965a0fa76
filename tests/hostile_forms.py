"""Filled-in forms that mean harm, at the door where they are brought into the portal (`tests.hostile_files`)."""

from tests import hostile_makers as make
from tests.hostile_makers import docx, packed
from tests.hostile_outcomes import (
    ACTS,
    BROUGHT,
    DAMAGED,
    DISGUISED,
    LONG_FORM,
    NO_FORM,
    NOT_DOCX,
    PAPER,
    TOO_MUCH,
    Hostile,
    Kept,
)

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(code: str, answer: str) -> str:
    return f"<w:tr><w:tc>{said(f'[[{code}]]')}</w:tc><w:tc>{answer}</w:tc></w:tr>"


def body(rows: str, behind: bytes = b"") -> bytes:
    told = row("form", said("mer-practice-1")) + row("language", said("en")) + row("title", said("T")) + rows
    return f"<w:document {_NAMES}><w:body><w:tbl>{told}</w:tbl>".encode() + behind + b"</w:body></w:document>"


def form(rows: str = "", behind: bytes = b"") -> bytes:
    return docx(word__document_xml=body(rows, behind))


def nested(answer: str, deep: int) -> str:
    """Each table holds the answer to the same question, and the next table in it."""
    for _level in range(deep):
        answer = f"<w:tbl>{row('summary', answer)}</w:tbl>"
    return row("summary", answer)


def with_pictures(number: int) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": body(row("summary", said("a")))}
    return packed(parts | {f"word/media/{each}.png": make.drawn((9, 9), "PNG") for each in range(number)})


def brought(name: str, made, outcome: str | Kept, *, kind: str = "bomb", file_name: str = "form.docx") -> Hostile:
    return Hostile(name, kind, file_name, made, {PAPER: outcome})


FORMS = [
    brought("form with an answer 500 times", lambda: form(row("summary", said("a")) * 500), BROUGHT),
    brought("form with an answer 10,000 times", lambda: form(row("summary", said("a")) * 10_000), LONG_FORM),
    brought("form with an answer 60,000 times", lambda: form(row("summary", said("a")) * 60_000), TOO_MUCH),
    brought("form with 1,900 links", lambda: form(row("links.url", said("https://example.org")) * 1_900), BROUGHT),
    brought("form of 80 tables in each other", lambda: form(nested(said("a") * 3_000, 80)), LONG_FORM),
    brought("form of 300 tables in each other", lambda: form(nested(said("a"), 300)), DAMAGED),
    brought("form with an answer of 7 MB", lambda: form(row("summary", said("a " * 3_500_000))), LONG_FORM),
    brought("form with an answer of 30,000 lines", lambda: form(row("summary", said("a") * 30_000)), BROUGHT),
    brought("form with 4,000 pictures", lambda: with_pictures(4_000), BROUGHT),
    brought("form of two million elements", lambda: form(behind=b"<b/>" * 1_900_000), TOO_MUCH),
    brought("form of 900,000 notes", lambda: form(behind=b"<!---->" * 900_000), BROUGHT),
    brought(
        "form of 700,000 attributes",
        lambda: form(behind=(b"<b " + make.numbered(b"a%d='' ", 90) + b"/>") * 7_800),
        TOO_MUCH,
    ),
    brought("form of 100,000 namespaces", lambda: form(behind=make.numbered(b"<b xmlns:n%d='u'/>", 99_000)), TOO_MUCH),
    brought("form of 99,000 different elements", lambda: form(behind=make.numbered(b"<b%d/>", 99_000)), TOO_MUCH),
    brought("form with a part of 300 MB", make.bomb, TOO_MUCH),
    brought("form of 9 MB of blanks", lambda: form(behind=b" " * 9_000_000), TOO_MUCH),
    brought("form with a billion laughs", lambda: docx(word__document_xml=make.unfolding_xml()), TOO_MUCH),
    brought("form cut in the middle", lambda: form()[:-60], DAMAGED, kind="broken"),
    brought("form whose text is cut", lambda: docx(word__document_xml=body("")[:-60]), DAMAGED, kind="broken"),
    brought("form with macros", lambda: make.docx_with("word/vbaProject.bin"), ACTS, kind="program"),
    brought("form called PDF", form, DISGUISED, kind="disguise", file_name="form.pdf"),
    brought("XLSX called a form", make.xlsx, DISGUISED, kind="disguise"),
    brought("PDF as a form", make.pdf, NOT_DOCX, kind="disguise", file_name="form.pdf"),
    brought("another document as a form", docx, NO_FORM, kind="odd"),
]
