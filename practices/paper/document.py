"""The empty form as a document for word processors (DOCX, ECMA-376)."""

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pages.languages import language_in_words
from practices.paper.questions import COUNTRY, Question, parts

FORM, LANGUAGE = "form", "language"  # codes of the rows that say what the document is
NAME_OF_FORM = "mer-practice-1"
CHECKED, UNCHECKED = "\u2612", "\u2610"
_GREY = RGBColor(0x59, 0x59, 0x59)
_LEFT, _RIGHT = Cm(6.5), Cm(10.5)
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def code_in_words(code: str) -> str:
    return f"[[{code}]]"


def empty_form(language: str) -> bytes:
    """In the words of the language at hand, for texts in `language`."""
    document = Document()
    document.core_properties.title = _("A good practice: the form to fill in together")
    document.core_properties.author = "MER"
    document.core_properties.language = language
    document.core_properties.comments = ""
    _speak(document, language)
    document.add_heading(_("A good practice: the form to fill in together"), level=0)
    for text in _how_to():
        document.add_paragraph(text)
    table = _table(document)
    _row(table, Question(FORM, _("Form")), answer=NAME_OF_FORM)
    _row(table, Question(LANGUAGE, _("Written in")), answer=language, note=language_in_words(language))
    for part in parts(language):
        document.add_heading(part.title, level=1)
        _ask(document, part.questions)
        for group in part.groups:
            for number in range(1, group.times + 1):
                document.add_heading(f"{group.title} {number}", level=2)
                _ask(document, group.questions)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _how_to() -> list[str]:
    return [
        _(
            "Write your answers into the right-hand column. Leave empty what you do not know: everything can be added in the"
            " portal later. The codes in double brackets tell the portal which answer is which; please leave them as they are."
        ),
        _(
            "Where boxes are offered, tick those that fit. Need one more building block, figure or link? Copy the whole table"
            " and fill in the copy."
        ),
        _(
            "Then one of you brings the document into the portal. Nothing of it is public: you look through it, add the"
            " organisation and pictures, and save it as a draft."
        ),
    ]


def _speak(document, language: str) -> None:
    """So that spelling is checked in the language, and read aloud in it."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        properties.append(spoken)
    spoken.set(qn("w:val"), language)


def _ask(document, questions: Iterable[Question]) -> None:
    questions = list(questions)
    if questions:
        table = _table(document)
        for question in questions:
            _row(table, question)
        document.add_paragraph()


def _table(document):
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    return table


def _row(table, question: Question, *, answer: str = "", note: str = "") -> None:
    asked, answered = table.add_row().cells
    asked.width, answered.width = _LEFT, _RIGHT
    paragraph = asked.paragraphs[0]
    paragraph.add_run(question.label).bold = True
    for text in filter(None, [question.hint, _limit(question), note]):
        asked.add_paragraph().add_run(text).font.size = Pt(9)
    code = asked.add_paragraph().add_run(code_in_words(question.code))
    code.font.size, code.font.color.rgb = Pt(8), _GREY
    if question.choices and question.code != COUNTRY:
        _offer(answered, question)
    else:
        answered.paragraphs[0].add_run(answer)


def _limit(question: Question) -> str:
    if question.code == COUNTRY:
        return _("The country’s name, or its code of two letters.")
    return _("At most %(limit)s characters.") % {"limit": question.limit} if question.limit else ""


def _offer(cell, question: Question) -> None:
    first = cell.paragraphs[0]
    first.add_run(_("Tick all that fit:") if question.many else _("Tick one:")).italic = True
    for _value, label in question.choices:
        paragraph = cell.add_paragraph()
        paragraph._p.append(_box())
        paragraph.add_run(f" {label}")


def _box():
    """A box that word processors tick at a click; elsewhere it is a character to be typed over."""
    return parse_xml(
        f'<w:sdt xmlns:w="{_W}" xmlns:w14="{_W14}"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
        f'<w14:checkedState w14:val="{ord(CHECKED):04X}"/><w14:uncheckedState w14:val="{ord(UNCHECKED):04X}"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{UNCHECKED}</w:t></w:r></w:sdtContent></w:sdt>"
    )
