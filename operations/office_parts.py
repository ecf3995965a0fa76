"""The parts of office documents (DOCX, XLSX, ODT): what in them would act, or fetch something, when somebody opens one.

Names of elements and attributes cannot be disguised in XML, their values can. So parts are searched for the names that matter,
and only those that have one are parsed: entities, runs and prefixes make no difference then. Refused with ValidationError.
"""

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ACTS = _("The file holds a program, such as macros or scripts. Please attach it without.")
DAMAGED = _("The file is damaged and cannot be read.")
HOLDS_FILES = _("The file holds other files. Please attach these by themselves.")
REACHES_OUT = _("The file fetches something from elsewhere when it is opened. Please attach it without.")
TOO_MUCH = _("Too much is packed into the file. Please make it smaller.")

TELLING = (b"instrText", b"InstrText", b"fldSimple", b"imagedata", b"href", b"event-listener", b"dde-", b"ddeLink")
TELLING += (b"webPr", b"dbPr", b"textPr", b"oledbPr", b"dataFeedPr", b"refreshOnLoad")
# What stands in a formula can be disguised: by these it is told that one is worth parsing.
_OF_FORMULAS = re.compile(rb"[<:](f|formula[12]?|definedName|\w+Formula)[\s>=]")
_TELLING_OF_FORMULAS = re.compile(rb"(webservice|image|rtd|dde)\s*\(|\||&#|<!|<\?(?!xml\s)")  # in small letters
MOST_PARSED = 40 * 1024 * 1024  # bytes of one part; of relations and types, which have a line for each part, much less
MOST_OF_RELATIONS = 1024 * 1024
MOST_ELEMENTS = 2_000_000  # in all parts that are parsed
MOST_NAMES = 10_000  # of elements, attributes and namespaces, each counted once: the parser keeps them all
DEEPEST = 1_000  # elements in elements
LONGEST_TAG = 1024 * 1024  # bytes
LONGEST_FIELD = 10_000

_ASCII_LIKE = re.compile(r"utf-?8|utf-?16(le|be)?|us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"']*)")
_XML_BEGINS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"

_ACTING_KIND = re.compile(r"vba|macro|activex|/control$", re.IGNORECASE)
_HELD_KIND = re.compile(r"/(afchunk|oleobject)$", re.IGNORECASE)
# What is on the writer's own disk is only not found.
_ELSEWHERE = re.compile(r"\s*(?!data:|file:/*[a-z]:)([a-z][a-z0-9+.-]+:|[\\/]{2})", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*(vnd\.sun\.star\.script|macro|javascript|vbscript):", re.IGNORECASE)
_COMMAND = re.compile(r"\s*DDE|.*DDEAUTO", re.IGNORECASE | re.DOTALL)
_FETCHING = re.compile(r"\s*(INCLUDE(PICTURE|TEXT)?|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(^|[\s\"'“”])((https?|ftp|mhtml|smb):|file:/*(?![a-z]:|/)\w|\\\\|//)", re.IGNORECASE)
# These wait until somebody follows them.
_LINKS = {"a", "area-rectangle", "area-circle", "area-polygon"}
_LINKS |= {"shape", "rect", "roundrect", "oval", "line", "polyline", "group", "arc", "curve"}  # drawings of older Word
_FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_RUNNING = re.compile(r"\|[^{}|]*!|(?<![a-z])(RTD|DDE)\s*\(", re.IGNORECASE)  # a program | 'what it is told' ! where
_FETCHING_FUNCTION = re.compile(r"(?<![a-z])(WEBSERVICE|IMAGE)\s*\(", re.IGNORECASE)
_SOURCE = re.compile(r"(?:^|;)\s*(?:data source|server|addr|(?:network )?address|dbq|dsn)\s*=\s*([^;]*)", re.IGNORECASE)
_OWN_SOURCE = re.compile(r"\$\w+\$\s*")
_DDE = {"ddeLink", "dde-source", "dde-connection-decl"}


def is_xml(name: str, head: bytes) -> bool:
    """Whatever its name says. Raises ValidationError where one could not be searched."""
    is_called_so = name.lower().endswith((".xml", ".rels"))
    begins = head.lstrip(_XML_BEGINS)
    if is_called_so and begins and not begins.startswith(b"<"):
        raise ValidationError(DAMAGED, code="damaged")
    told = _ENCODING.search(head.replace(b"\0", b"")) if begins.startswith(b"<") else None
    if told and not _ASCII_LIKE.fullmatch(told[1].decode("latin-1")):
        raise ValidationError(DAMAGED, code="damaged")
    return is_called_so or begins[:1] in (b"<", b"")


def told_by(piece: bytes) -> set[str]:
    """What speaks for parsing a part; `is_told` says whether it is enough."""
    told = {"names"} if any(name in piece for name in TELLING) else set()
    told |= {"formulas"} if _OF_FORMULAS.search(piece) else set()
    return told | ({"words"} if _TELLING_OF_FORMULAS.search(piece.lower()) else set())


def is_told(told: set[str]) -> bool:
    return "names" in told or {"formulas", "words"} <= told


def is_list(name: str) -> bool:
    """Of relations, or of the types of the parts."""
    return name.lower().endswith(".rels") or name.lower() == "[content_types].xml"


class Reader:
    """Of all the parts of one document, one after the other. `most_attributes` matters to those who build a tree of them."""

    def __init__(self, most_elements: int = MOST_ELEMENTS, most_attributes: float = float("inf")):
        self.most_elements, self.most_attributes = most_elements, most_attributes
        self.elements = self.attributes = self.depth = 0
        self.names: set[str] = set()

    def read(self, pieces: Iterable[bytes]) -> None:
        given, self.depth = 0, 0
        self.fields: list[list[str]] = [[]]
        self.formula: list[str] | None = None
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        try:
            for piece in pieces:
                given += len(piece)
                parser.Parse(piece)
                if given - parser.CurrentByteIndex > LONGEST_TAG:
                    raise ValidationError(TOO_MUCH, code="too_large")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValidationError(DAMAGED, code="damaged") from error
        for field in self.fields:
            _look_at_field("".join(field))

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        self.names.add(name)
        self.names.update(attributes)
        self.attributes += len(attributes)
        if self.elements > self.most_elements or self.attributes > self.most_attributes:
            raise ValidationError(TOO_MUCH, code="too_large")
        if self.depth > DEEPEST or len(self.names) > MOST_NAMES:
            raise ValidationError(TOO_MUCH, code="too_large")
        name = name.rpartition(":")[2]
        self.formula = [] if name in _FORMULAS else None
        if self.formula is not None:
            self.parser.CharacterDataHandler = self._is_reckoned
        if name in ("instrText", "delInstrText"):
            self.parser.CharacterDataHandler = self._is_said
        elif name == "fldChar":
            self._turns([value for key, value in attributes.items() if key.endswith("fldCharType")])
        elif name in _DDE:
            raise ValidationError(ACTS, code="acts")
        elif attributes:
            _look_at_attributes(name, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _ends(self, name: str) -> None:
        self.depth -= 1
        self.parser.CharacterDataHandler = None
        if self.formula:
            _look_at_formula("".join(self.formula))
        self.formula = None

    def _is_reckoned(self, text: str) -> None:
        if self.formula is not None:
            self._keep(self.formula, text)

    def _is_said(self, text: str) -> None:
        self._keep(self.fields[-1], text)

    def _keep(self, texts: list[str], text: str) -> None:
        if len(texts) > LONGEST_FIELD or len(text) > LONGEST_FIELD:
            raise ValidationError(TOO_MUCH, code="too_large")
        texts.append(text)

    def _turns(self, kinds: list[str]) -> None:
        """Where a field begins or ends; a field's words may stand in many runs, and fields in fields."""
        if kinds == ["begin"]:
            if len(self.fields) > DEEPEST:
                raise ValidationError(TOO_MUCH, code="too_large")
            self.fields.append([])
        elif kinds == ["end"] and len(self.fields) > 1:
            _look_at_field("".join(self.fields.pop()))


def _look_at_attributes(name: str, told: dict[str, str]) -> None:
    look = _BY_NAME.get(name)
    if look:
        look(told)
    _look_at_formula(told.get("formula", ""))
    href = told.get("href", "")
    if _SCRIPT.match(href) or (name == "event-listener" and href):
        raise ValidationError(ACTS, code="acts")
    if name not in _LINKS and _ELSEWHERE.match(href) and not (name == "template" and href.startswith("file:")):
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _look_at_field(text: str) -> None:
    if _COMMAND.match(text):
        raise ValidationError(ACTS, code="acts")
    if _FETCHING.match(text) and _ADDRESS.search(text):
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _look_at_formula(text: str) -> None:
    """Of a cell, or of a name: its words, without what stands there as text or as the name of a sheet."""
    words = _QUOTED.sub("q", text)
    if _RUNNING.search(words):
        raise ValidationError(ACTS, code="acts")
    if _FETCHING_FUNCTION.search(words):
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _look_at_relation(told: dict[str, str]) -> None:
    """Only links may lead elsewhere: they wait until somebody follows them."""
    kind, target = told.get("Type", "").strip(), told.get("Target", "")
    if _ACTING_KIND.search(kind):
        raise ValidationError(ACTS, code="acts")
    if not kind.endswith("/hyperlink") and _ELSEWHERE.match(target):
        raise ValidationError(REACHES_OUT, code="reaches_out")
    if _HELD_KIND.search(kind) and told.get("TargetMode", "").lower() != "external":
        raise ValidationError(HOLDS_FILES, code="holds_files")


def _look_at_type(told: dict[str, str]) -> None:
    if _ACTING_KIND.search(told.get("ContentType", "")):
        raise ValidationError(ACTS, code="acts")


def _look_at_source(told: dict[str, str]) -> None:
    if _ELSEWHERE.match(told.get("src", "")):
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _look_at_database(told: dict[str, str]) -> None:
    """Models and queries within the workbook itself are read the same way."""
    connection = told.get("connection", "").strip()
    sources = _SOURCE.findall(connection)
    is_own = bool(sources) and all(map(_OWN_SOURCE.fullmatch, sources))
    if not is_own and connection != "Data Model Connection":
        raise ValidationError(REACHES_OUT, code="reaches_out")


def _look_at_connection(told: dict[str, str]) -> None:
    """One that waits is asked about; one that is fetched when the workbook is opened is not."""
    fetched = told.get("refreshOnLoad", "").strip() in ("1", "true")
    if fetched or any(_ELSEWHERE.match(told.get(name, "")) for name in ("url", "sourceFile", "odcFile")):
        raise ValidationError(REACHES_OUT, code="reaches_out")


_BY_NAME: dict[str, Callable[[dict[str, str]], None]] = {
    "Relationship": _look_at_relation,
    "Override": _look_at_type,
    "Default": _look_at_type,
    "imagedata": _look_at_source,
    "connection": _look_at_connection,
    "queryTable": _look_at_connection,
    "webPr": _look_at_connection,
    "textPr": _look_at_connection,
    "dbPr": _look_at_database,
    "oledbPr": _look_at_database,
    "dataFeedPr": _look_at_database,
    "fldSimple": lambda told: _look_at_field(told.get("instr", "")),
}
