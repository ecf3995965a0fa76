"""A document that was filled in, as if its answers had been typed into the form.

Only the text of the document's main part is read, by the codes in its tables, whatever program wrote it.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from lxml import etree

from catalogue import attached
from catalogue.attached import Format
from catalogue.codes.countries import country_names
from catalogue.drafting.fields import MOST_REPEATED, without_unstorable
from catalogue.drafting.items import MOST_ITEMS
from catalogue.drafting.texts import FORM_LANGUAGES
from operations.archives import DAMAGED, TOO_MUCH
from operations.languages import interface_language
from operations.office_parts import Reader
from practices.models import GoodPractice
from practices.paper.document import CHECKED, FORM, LANGUAGE, NAME_OF_FORM, UNCHECKED
from practices.paper.questions import COUNTRY, GROUPS, Part, Question, parts
from practices.readiness import IN_SHORT

NOT_A_DOCUMENT = _("This is not a DOCX document. Save it as DOCX in your word processor, and choose that file.")
ANOTHER_DOCUMENT = _(
    "This is not the portal’s form: its codes are not in it. Please download the form and fill that in."
)
EMPTY = _("Nothing is filled in yet in this document.")
TOO_LONG = _("The document is far longer than the portal’s form can be. Please take out what is no answer.")
_MOST_IN_TABLE = 1_000
MOST_TEXT = 8 * 1024 * 1024  # bytes of the main part, unpacked
MOST_ELEMENTS = 100_000  # of it; the empty form has some 3,000
MOST_ATTRIBUTES = 200_000
MOST_ROWS = 2_000
MOST_LOOKED_AT = 200_000  # elements of the answers, those of tables in tables once for each
MOST_CHARACTERS = 1_000_000  # of the answers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FRAMES = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WRITTEN = {
    f"{_W}t": "",
    f"{_W}tab": " ",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
}
_UNSEEN = {f"{_W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr")}
_UNSEEN |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_CODE = re.compile(r"\[\[\s*([a-z0-9_.]+)\s*\]\]")
_TICK = re.compile(r"^\s*(?:[\u2611\u2612\u2705\u2713-\u2718\u25a0\u25cf]|\[\s*[xX]\s*\]|[xX]\s)\s*(.+)$", re.DOTALL)
_NO_TICK = re.compile(r"^\s*(?:[\u2610\u25a1\u25cb]|\[\s*\])")


@dataclass
class Filled:
    """`typed` is what the form would have sent: name → values. `unread` are questions' labels with answers that are not among
    those offered; nothing of these was taken. `left` are labels with answers for which the form has no more room.
    """

    language: str
    typed: dict[str, list[str]] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 0


def read(upload: UploadedFile) -> Filled:
    """Raises ValidationError, in words for the person who chose the file."""
    rows = list(_Rows().of(_main_part(upload)))
    said = {code: answer for _table, code, answer in rows if code in (FORM, LANGUAGE)}
    if NAME_OF_FORM not in "".join(said.get(FORM, ())):
        raise ValidationError(ANOTHER_DOCUMENT, code="another")
    written = "".join(said.get(LANGUAGE, ())).strip().lower()
    filled = Filled(written if written in FORM_LANGUAGES else FORM_LANGUAGES[0])
    _take(filled, rows)
    if not filled.answers:
        raise ValidationError(EMPTY, code="empty")
    return filled


# The document


def _main_part(upload: UploadedFile) -> etree._Element:
    try:
        content, found = attached.taken_in(upload)
    except ValidationError as refused:
        if refused.code == "not_taken":
            raise ValidationError(NOT_A_DOCUMENT, code="not_taken") from refused
        raise
    if found != Format.DOCX:
        raise ValidationError(NOT_A_DOCUMENT, code="not_taken")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST_TEXT:
                raise ValidationError(TOO_MUCH, code="too_large")
            xml = archive.read("word/document.xml")
        Reader(MOST_ELEMENTS, MOST_ATTRIBUTES).read([xml])  # before a tree of them is built
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(xml, parser)
    except ValidationError:
        raise
    except Exception as error:  # hostile archives fail in more ways than zipfile and lxml document
        raise ValidationError(DAMAGED, code="damaged") from error
    if root.getroottree().docinfo.doctype:
        raise ValidationError(DAMAGED, code="damaged")
    return root


class _Rows:
    """What the tables hold: never much more than the form asks for. Raises ValidationError."""

    def __init__(self):
        self.rows = self.looked_at = self.characters = 0

    def of(self, root: etree._Element) -> Iterator[tuple[int, str, list[str]]]:
        """Number of the table, code, and the paragraphs of the answer: of all the columns beside the question."""
        for number, table in enumerate(root.iter(f"{_W}tbl")):
            for row in _within(table, f"{_W}tr"):
                cells = [] if _is_deleted(row) else list(_within(row, f"{_W}tc"))
                code = _CODE.search("\n".join(self._paragraphs(cells[0]))) if len(cells) > 1 else None
                if code:
                    self.rows += 1
                    self._bound()
                    yield number, code[1], [text for cell in cells[1:] for text in self._paragraphs(cell)]

    def _bound(self) -> None:
        if self.rows > MOST_ROWS or self.looked_at > MOST_LOOKED_AT or self.characters > MOST_CHARACTERS:
            raise ValidationError(TOO_LONG, code="too_long")

    def _paragraphs(self, cell: etree._Element) -> Iterator[str]:
        for paragraph in self._seen(cell):
            text = without_unstorable("".join(_text(paragraph))).strip()
            self.characters += len(text)
            self._bound()
            yield f"- {text}" if text and _is_item(paragraph) else text

    def _seen(self, element: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs that are seen, in tables and text boxes, too."""
        for each in element.iterchildren(etree.Element):
            self.looked_at += 1
            self._bound()
            if each.tag not in _UNSEEN and not (each.tag == f"{_W}tr" and _is_deleted(each)):
                if each.tag == f"{_W}p":
                    yield each
                yield from self._seen(each)


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Its own ones, also where a word processor has put a frame around them."""
    for each in element.iterchildren(etree.Element):
        if each.tag == tag:
            yield each
        elif each.tag in _FRAMES:
            yield from _within(each, tag)


def _text(element: etree._Element) -> Iterator[str]:
    """Without what was struck out or moved away while changes were tracked, what is hidden, and what stands there a second
    time for older programs. A paragraph inside another, as in a text box, is one of its own.
    """
    for each in element.iterchildren(etree.Element):
        if each.tag in _WRITTEN:
            yield each.text or "" if each.tag == f"{_W}t" else _WRITTEN[each.tag]
        elif each.tag not in _UNSEEN and each.tag != f"{_W}p" and not _is_hidden(each):
            yield from _text(each)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off")


def _is_item(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    listed = style is not None and style.get(f"{_W}val", "").lower().startswith("list")
    return listed or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


# Its answers


def _take(filled: Filled, rows: list[tuple[int, str, list[str]]]) -> None:
    with override(filled.language if filled.language else interface_language()):
        asked = parts(filled.language)
    known = _by_code(asked)
    groups: dict[tuple[str, int], str] = {}
    seen: set[str] = set()
    blocks: dict[tuple[str, int], int] = {}
    answers: dict[str, list[str]] = {}
    for table, code, paragraphs in rows:
        question = known.get(code)
        if question is None or not any(paragraphs):
            continue
        part, _dot, name = code.rpartition(".")
        if not part:
            answers.setdefault(code, []).extend(paragraphs)  # two people may have written it
            continue
        block = blocks.setdefault((part, table), 0)
        if (f"{part}.{table}.{block}.{name}") in seen:  # another one begins in the same table
            block = blocks[part, table] = block + 1
        place = (part, table * _MOST_IN_TABLE + min(block, _MOST_IN_TABLE - 1))
        key = groups.get(place) or _next(groups, part)
        if not key:
            filled.left.append((question.label, _said(paragraphs)))
        elif _answer(filled, f"{part}-{key}-{name}", question, paragraphs):
            groups[place] = key
            seen.add(f"{part}.{table}.{block}.{name}")
    for code, paragraphs in answers.items():
        _answer(filled, code, known[code], paragraphs)
    _say_which(filled, groups)


def _by_code(asked: list[Part]) -> Mapping[str, Question]:
    questions = [question for part in asked for question in part.questions]
    questions += [question for part in asked for group in part.groups for question in group.questions]
    return {question.code: question for question in questions}


def _next(groups: Mapping[tuple[str, int], str], part: str) -> str:
    """A new group for each table; nothing more than the form can hold."""
    number = sum(known == part for known, _table in groups) + 1
    return f"new{number}" if number <= MOST_ITEMS else ""


def _answer(filled: Filled, name: str, question: Question, paragraphs: list[str]) -> bool:
    """Whether there was one."""
    values = _values(question, paragraphs)
    if values is None:
        filled.unread.append((question.label, _said(paragraphs)))
    elif values:
        field_name = f"{name}_{filled.language}" if question.is_text else name
        filled.answers += field_name not in filled.typed
        filled.typed[field_name] = values
    return bool(values)


def _said(paragraphs: list[str]) -> str:
    """What was ticked, or else written."""
    ticked = [tick[1] for tick in map(_TICK.match, paragraphs) if tick]
    return ", ".join(ticked or filter(None, paragraphs))[:MOST_REPEATED]


def _values(question: Question, paragraphs: list[str]) -> list[str] | None:
    if question.choices:
        return _chosen(question, paragraphs)
    text = " ".join(" ".join(paragraphs).split()) if question.is_line else _prose(paragraphs)
    return [text] if text else []


def _prose(paragraphs: list[str]) -> str:
    """Paragraphs as the portal writes them: an empty line between them, none between the items of a list."""
    lines: list[str] = []
    for text in filter(None, paragraphs):
        if lines and not (text.startswith("- ") and lines[-1].startswith("- ")):
            lines.append("")
        lines.append(text)
    return "\n".join(lines)


def _chosen(question: Question, paragraphs: list[str]) -> list[str] | None:
    """The codes that were ticked; None where something stands there that is not offered, or too much of it."""
    offered = {_folded(label): value for value, label in question.choices}
    if question.code == COUNTRY:
        codes = [code for code, _label in question.choices]
        offered |= {_folded(name): code for code in codes for name in (code, *country_names(code).values())}
    found, strange = [], False
    for text in filter(None, paragraphs):
        ticked = _TICK.match(text)
        if ticked or not _NO_TICK.match(text):
            code = offered.get(_folded(ticked[1] if ticked else text))
            found += [code] if code else []
            strange = strange or bool(ticked and not code) or (code is None and question.code == COUNTRY)
    if strange or (len(found) > 1 and not question.many):
        return None
    return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    return " ".join(text.replace(CHECKED, "").replace(UNCHECKED, "").split()).casefold()


def _say_which(filled: Filled, groups: Mapping[tuple[str, int], str]) -> None:
    """What the form sends beside the answers: the keys of its groups, the language, how much is written."""
    for part in GROUPS:
        keys = [key for (known, _table), key in groups.items() if known == part and key]
        filled.typed[part] = ["", *keys]
    snapshot = {f"{name}_{filled.language}" for name in IN_SHORT}
    snapshot |= {"topics", "contact_name", "author", "sdgs", "nace", "geographical_scope"}
    is_full = any(name not in snapshot and not name.startswith("place_") for name in filled.typed if name not in GROUPS)
    kind = GoodPractice.EntryType.FULL if is_full else GoodPractice.EntryType.SNAPSHOT
    filled.typed |= {
        "original_language": [filled.language],
        "shown_language": [filled.language],
        "entry_type": [kind.value],
    }
