"""The form as a document: what it asks, what is read of it when a team has filled it in, and what is never read."""

import zipfile
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from catalogue.models import WorkingCopy
from operations import archives
from practices.models import GoodPractice
from practices.paper import reading
from practices.paper.document import empty_form
from practices.paper.questions import parts
from practices.paper.reading import ANOTHER_DOCUMENT, EMPTY, NOT_A_DOCUMENT, read

pytestmark = pytest.mark.django_db

ANSWERS = {
    "title": ["Open-yard day"],
    "summary": ["Firms open their gates."],
    "how_it_works": ["The office sets the date.", "", "- Firms sign up", "- Schools come", "Nobody pays."],
    "status": "Running",
    "topics": ["Green marketing", "Circular economy"],
    "start": ["31. 5. 2014"],
    "resources_setup_amount": ["1 200,50"],
    "place_1_country": ["Slovenia"],
    "place_1_town": ["Ptuj"],
    "contact_name": ["Nina Kos"],
}


@cache
def made(language: str) -> bytes:
    with override(language):
        return empty_form(language)


@pytest.fixture
def empty(db) -> dict[str, bytes]:
    """By language."""
    return {code: made(code) for code in ("en", "sl")}


def filled(content: bytes, answers: dict, groups: tuple[tuple[str, dict], ...] = (), copies=()) -> bytes:
    """As a person fills it in: text in the right-hand column, ticks in the boxes; `groups` one table after another."""
    document = Document(BytesIO(content))
    left = list(groups)
    for table in document.tables:
        codes = [code_of(row) for row in table.rows]
        of_group = next((each for each in left if codes[0].startswith(f"{each[0]}.")), None)
        if of_group:
            left.remove(of_group)
        told = {f"{of_group[0]}.{name}": text for name, text in of_group[1].items()} if of_group else answers
        for row, code in zip(table.rows, codes, strict=True):
            if code in told:
                write(row.cells[-1], told[code])
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def code_of(row) -> str:
    return row.cells[0].paragraphs[-1].text.strip("[]")


def write(cell, answer) -> None:
    boxes = {
        "".join(each.text or "" for each in p._p.iter(qn("w:t"))).strip("\u2610 "): p
        for p in cell.paragraphs
        if p._p.find(qn("w:sdt")) is not None
    }
    for text in [answer] if isinstance(answer, str) else answer:
        if text in boxes:
            next(boxes[text]._p.iter(qn("w:t"))).text = "\u2612"
        elif not cell.paragraphs[0].text:
            cell.paragraphs[0].add_run(text)
        else:
            cell.add_paragraph(text)


def upload(content: bytes, name="form.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_it_asks_what_the_form_asks(empty):
    document = Document(BytesIO(empty["en"]))

    codes = [code_of(row) for table in document.tables for row in table.rows]

    asked = [question.code for part in parts("en") for question in part.questions]
    assert codes[:2] == ["form", "language"]
    assert set(asked) <= set(codes)
    assert codes.count("building_blocks.title") == 3
    assert {"title", "potential_for_transfer", "nace", "place_1_nuts", "resources_running_fte"} <= set(asked)
    assert {"organisation", "contact_agreed", "projects", "original_language"} & set(codes) == set()


def test_what_was_written_is_read_as_if_it_had_been_typed(empty):
    blocks = ({"title": ["One name on the door"], "lessons": ["Ask first."]}, {"title": ["The tour"]})
    link = {"title": ["Pictures"], "url": ["https://example.org/yard"]}
    groups = tuple(("building_blocks", block) for block in blocks) + (("links", link),)

    found = read(upload(filled(empty["en"], ANSWERS, groups)))

    assert found.unread == []
    assert found.typed == {
        "title_en": ["Open-yard day"],
        "summary_en": ["Firms open their gates."],
        "how_it_works_en": ["The office sets the date.\n\n- Firms sign up\n- Schools come\n\nNobody pays."],
        "status": ["running"],
        "topics": ["green-marketing", "circular-economy"],
        "start": ["31. 5. 2014"],
        "resources_setup_amount": ["1 200,50"],
        "place_1_country": ["SI"],
        "place_1_town": ["Ptuj"],
        "contact_name": ["Nina Kos"],
        "building_blocks": ["", "new1", "new2"],
        "building_blocks-new1-title_en": ["One name on the door"],
        "building_blocks-new1-lessons_en": ["Ask first."],
        "building_blocks-new2-title_en": ["The tour"],
        "links": ["", "new1"],
        "links-new1-title_en": ["Pictures"],
        "links-new1-url": ["https://example.org/yard"],
        "evidence": [""],
        "original_language": ["en"],
        "shown_language": ["en"],
        "entry_type": ["full"],
    }


def test_five_short_answers_are_a_snapshot_in_the_language_of_the_document(empty):
    answers = {
        "title": ["Dan odprtih dvorišč"],
        "summary": ["Podjetja odprejo vrata."],
        "place_1_country": ["Slovenija"],
    }

    found = read(upload(filled(empty["sl"], answers)))

    assert found.language == "sl"
    assert (found.typed["title_sl"], found.typed["place_1_country"]) == (["Dan odprtih dvorišč"], ["SI"])
    assert (found.typed["entry_type"], found.typed["original_language"]) == (["snapshot"], ["sl"])


@pytest.mark.parametrize(
    ("answers", "unread"),
    [
        ({"status": ["Running", "Ended"]}, [("Status", "Running, Ended")]),
        ({"place_1_country": ["Atlantis"]}, [("Country", "Atlantis")]),
        ({"place_1_country": ["Slovenija"]}, []),
        ({"place_1_country": ["si"]}, []),
        ({"topics": ["\u2612 Alchemy"]}, [("Topics", "Alchemy")]),
        ({"status": ["[x] Running"]}, []),
        ({"status": ["x Running"]}, []),
    ],
)
def test_what_is_not_among_those_offered_is_told_and_not_taken(empty, answers, unread):
    found = read(upload(filled(empty["en"], {"title": ["Open-yard day"]} | answers)))

    assert found.unread == unread
    assert [name for name in answers if name in found.typed] == ([] if unread else [*answers])


def changed(content: bytes, edit) -> bytes:
    """The same document with another main part."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            data = before.read(part)
            after.writestr(part.filename, edit(data) if part.filename == "word/document.xml" else data)
    return written.getvalue()


def with_doctype(xml: bytes) -> bytes:
    head, _end, rest = xml.partition(b"?>")
    return head + b'?>\n<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + rest


def laughing(xml: bytes) -> bytes:
    head, _end, rest = xml.partition(b"?>")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]>'.encode()
    return head + b"?>" + doctype + rest.replace(b"Open-yard day", b"&e9;")


BAD = {
    "empty": (lambda content: content, EMPTY),
    "another document": (lambda content: other_document(), ANOTHER_DOCUMENT),
    "a PDF": (lambda content: b"%PDF-1.4\n%%EOF", None),
    "text": (lambda content: b"hello", None),
    "cut off": (lambda content: content[: len(content) // 2], None),
    "an external entity": (lambda content: changed(filled(content, ANSWERS), with_doctype), archives.REACHES_OUT),
    "a billion laughs": (lambda content: changed(filled(content, ANSWERS), laughing), archives.TOO_MUCH),
    "no XML": (lambda content: changed(content, lambda xml: b"<w"), reading.DAMAGED),
    "a bomb": (lambda content: changed(content, lambda xml: xml + b" " * 9_000_000), reading.TOO_MUCH),
}


def other_document() -> bytes:
    written = BytesIO()
    document = Document()
    document.add_paragraph("A letter")
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_filled_in_form_is_refused_in_plain_words(empty, name):
    make, message = BAD[name]

    with pytest.raises(ValidationError) as refused:
        read(upload(make(empty["en"])))

    assert message is None or refused.value.messages == [str(message)]


def test_a_document_of_another_format_is_told_so(empty):
    with pytest.raises(ValidationError) as refused:
        read(upload(b"hello", "form.txt"))

    assert refused.value.messages == [str(NOT_A_DOCUMENT)]


@pytest.mark.parametrize("language", ["en", "sl"])
def test_no_two_questions_of_a_section_read_alike(language):
    """On paper the form's headings within a section are not there."""
    with override(language):
        asked = [[question.label for question in part.questions] for part in parts(language)]

    assert [labels for labels in asked if len({*labels}) < len(labels)] == []


def test_brought_in_it_stands_in_the_form_unsaved(as_nina, nina, empty):
    document = upload(filled(empty["en"], ANSWERS | {"place_1_country": ["Atlantis"]}))

    answer = as_nina.post(reverse("practices:bring"), {"document": document}, follow=True)

    page = answer.content.decode()
    form = answer.context["form"]
    assert answer.redirect_chain[-1][0].startswith(f"{reverse('practices:new')}?copy=")
    assert (form["title_en"].value(), form["status"].value()) == ("Open-yard day", "running")
    assert form["start"].value() == date(2014, 5, 31)
    assert 'type="date" name="start" value="2014-05-31"' in page  # else browsers show none, and send none
    assert "9 answers were read from the document." in page
    assert "This is what was read from your document" in page
    assert "You typed this until" not in page
    assert "The answer to “Country” is not among those offered: “Atlantis”." in page
    assert (GoodPractice.objects.count(), WorkingCopy.objects.get().person) == (0, nina)


def test_what_is_typed_into_it_afterwards_she_has_typed(as_nina, empty):
    document = upload(filled(empty["en"], ANSWERS))
    answer = as_nina.post(reverse("practices:bring"), {"document": document}, follow=True)
    sent = {"title_en": "Open gates", "uid": answer.context["new_uid"], "stamp": "a1"}
    sent["known"] = answer.context["autosave"]["stamp"]

    assert as_nina.post(reverse("practices:new_autosave"), sent).status_code == 200

    assert "You typed this until" in as_nina.get(answer.redirect_chain[-1][0]).content.decode()


def test_saved_from_there_it_is_a_draft_like_any_other(as_nina, empty):
    document = upload(filled(empty["en"], ANSWERS, (("links", {"title": ["Read"], "url": ["https://example.org"]}),)))
    answer = as_nina.post(reverse("practices:bring"), {"document": document}, follow=True)
    form = answer.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()} | {"uid": answer.context["new_uid"]}

    assert as_nina.post(reverse("practices:new"), sent).status_code == 302

    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.places[0]["town"]) == ("Open-yard day", "Ptuj")
    assert draft.how_it_works.data["en"].splitlines()[2:4] == ["- Firms sign up", "- Schools come"]
    assert [link.url for link in draft.links.all()] == ["https://example.org"]
    assert WorkingCopy.objects.count() == 0


def test_refused_it_is_told_beside_the_file_and_nothing_is_kept(as_nina):
    answer = as_nina.post(reverse("practices:bring"), {"document": upload(other_document())})

    assert answer.status_code == 422
    assert str(ANOTHER_DOCUMENT) in answer.content.decode()
    assert WorkingCopy.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "sl", "de"])
def test_the_empty_form_is_downloaded(as_nina, language):
    answer = as_nina.get(f"/{language}/practices/new/form.docx")

    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer["Content-Disposition"].endswith('.docx"')
    assert Document(BytesIO(answer.content)).core_properties.language == {"de": "en"}.get(language, language)


def test_it_leads_there_from_the_form_of_a_new_one(as_nina):
    page = as_nina.get(reverse("practices:new")).content.decode()

    assert (reverse("practices:paper") in page, reverse("practices:bring") in page) == (True, True)


def row(code: str, *cells: str) -> str:
    columns = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:tc>{said(f'[[{code}]]')}</w:tc>{columns}</w:tr>"


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def written(content: bytes, rows: str) -> bytes:
    """The document of a team whose word processor wrote these rows."""
    told = row("form", said("mer-practice-1")) + row("language", said("en")) + row("title", said("T")) + rows
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    names += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = f"<w:document {names}><w:body><w:tbl>{told}</w:tbl></w:body></w:document>"
    return changed(content, lambda _before: xml.encode())


NESTED = (
    said("before") + f"<w:tbl><w:tr><w:tc>{said('n1')}</w:tc><w:tc>{said('n2')}</w:tc></w:tr></w:tbl>" + said("after")
)
BOX = f"<mc:AlternateContent><mc:Choice>{said('box')}</mc:Choice><mc:Fallback>{said('box')}</mc:Fallback></mc:AlternateContent>"
MOVED = "<w:moveFrom><w:r><w:t>there</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>there</w:t></w:r></w:moveTo>"
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not </w:t></w:r><w:r><w:t>seen</w:t></w:r>"
FRAMED = (
    f"<w:sdt><w:sdtContent>{row('summary', said('one'))}{row('why_it_matters', said('two'))}</w:sdtContent></w:sdt>"
)

SEEN = {
    "a table in the answer": (row("summary", NESTED), "before\n\nn1\n\nn2\n\nafter"),
    "a third column": (row("summary", said("one"), said("two")), "one\n\ntwo"),
    "an empty third column": (row("summary", said("one"), "<w:p/>"), "one"),
    "an answer given twice": (row("summary", said("one")) + row("summary", said("two")), "one\n\ntwo"),
    "a frame around rows": (FRAMED, "one"),
    "a frame around the answer": (row("summary", f"<w:sdt><w:sdtContent>{said('one')}</w:sdtContent></w:sdt>"), "one"),
    "an old frame": (f"<w:customXml>{row('summary', said('one'))}</w:customXml>", "one"),
    "moved": (row("summary", f"<w:p>{MOVED}</w:p>"), "there"),
    "hidden": (row("summary", f"<w:p>{HIDDEN}</w:p>"), "seen"),
    "a text box": (row("summary", f"<w:p><w:r>{BOX}</w:r></w:p>"), "box"),
    "a row taken out": (row("summary", said("x")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"), None),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_a_person_sees_is_read(empty, name):
    rows, expected = SEEN[name]

    found = read(upload(written(empty["en"], rows)))

    assert found.typed.get("summary_en") == (None if expected is None else [expected])


def test_two_building_blocks_in_one_table_are_two(empty):
    rows = "".join(row(f"building_blocks.{name}", said(text)) for name, text in [("title", "a"), ("lessons", "b")])

    typed = read(upload(written(empty["en"], rows + rows.replace(">a<", ">c<")))).typed

    assert typed["building_blocks"] == ["", "new1", "new2"]
    assert (typed["building_blocks-new1-title_en"], typed["building_blocks-new2-title_en"]) == (["a"], ["c"])
    assert typed["building_blocks-new2-lessons_en"] == ["b"]


def test_what_the_form_has_no_room_for_is_told(as_nina, empty):
    content = written(empty["en"], "".join(row("building_blocks.title", said(f"block {n}")) for n in range(32)))

    found = read(upload(content))
    page = as_nina.post(reverse("practices:bring"), {"document": upload(content)}, follow=True).content.decode()

    assert len(found.typed["building_blocks"]) == 31
    assert [answer for _label, answer in found.left] == ["block 30", "block 31"]
    assert "“block 31”. It was not taken." in page
