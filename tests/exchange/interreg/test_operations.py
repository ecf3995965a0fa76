"""The list of operations that programmes publish: a workbook with two sheets, and each of them as a table."""

from datetime import datetime
from decimal import Decimal

import pytest

from catalogue.models import Entry
from catalogue.publication import dumps
from exchange.dumps.cells import from_cell
from exchange.interreg import workbooks
from exchange.interreg.columns import heads
from exchange.interreg.operations import OPERATIONS, PARTNERS
from tests.exchange.interreg.conftest import rows
from tests.factories import ParticipationFactory, ProjectFactory, ResultFactory, publish, texts

pytestmark = [pytest.mark.django_db, pytest.mark.core]

NAME_COLUMN = [column.heading for column in OPERATIONS].index("Name of the operation")
HARD = [
    '=HYPERLINK("https://example.org";"here")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "- one\n=2",
    "#N/A",
    "'quoted",
    "\x01 and _x0041_",
]


def changed(project, **fields) -> None:
    """The published document says this instead."""
    entry = Entry.objects.get(uid=project.uid)
    Entry.objects.filter(pk=entry.pk).update(document=dumps(entry.record | fields))


def test_a_workbook_has_the_operations_and_their_partners(book, whole):
    ResultFactory(project=whole, text=texts("Ten squares renewed.", "Deset prenovljenih trgov."))
    publish(whole)

    sheets = book()

    assert sheets.sheetnames == ["Operations", "Partners"]
    [operation] = rows(sheets["Operations"])
    assert operation["Operation ID"] == str(whole.uid)
    assert operation["Programme"] == "Central Europe"
    assert (operation["CCI code"], operation["Programme period"]) == ("2007CB163PO061", "2007-2013")
    assert (operation["Acronym"], operation["Name of the operation"]) == ("TOWNS", "Renewal of towns")
    assert operation["Beneficiary (lead partner)"] == "RA Ptuj"
    assert operation["Actual achievements"] == "Ten squares renewed."
    assert operation["Address of the record"] == f"https://portal.example/id/{whole.uid}/"
    lead, gone, unknown = rows(sheets["Partners"])
    assert {row["Operation ID"] for row in (lead, gone, unknown)} == {str(whole.uid)}
    assert (lead["Role"], lead["Beneficiary"]) == ("lead partner", "RA Ptuj")
    assert (lead["Name in its own language"], lead["Name in English"]) == ("Bistra Ptuj", "Bistra")
    assert (lead["Type of partner"], lead["Legal status"]) == ("Sectoral agency", "Public")
    assert (gone["Beneficiary"], gone["Country code"], gone["Country as printed"]) == ("Grad Kotor", "CSXX", "SCG")
    assert (unknown["Country"], unknown["Country code"], unknown["Total eligible cost"]) == (None, None, None)


def test_dates_and_numbers_are_such(book, whole):
    sheet = book()["Operations"]
    [operation] = rows(sheet)

    assert (operation["Start date"], operation["Expected or actual date of completion"]) == (
        datetime(2009, 1, 1),
        datetime(2011, 12, 31),
    )
    assert Decimal(str(operation["Total cost of the operation"])) == Decimal("1125000.10")
    assert (operation["Number of partners"], operation["Union co-financing rate (%)"]) == (3, 80)
    cost = next(cell for cell in sheet[2] if cell.value == operation["Total cost of the operation"])
    assert (cost.data_type, cost.number_format) == ("n", "0.00")
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    [lead, *_others] = rows(book()["Partners"])
    assert (lead["Total eligible cost"], lead["Budget is"]) == (0, "published as zero")


def test_headings_speak_the_language_that_is_asked_for(book, whole, problem):
    with_slovenian = rows(book("?lang=sl")["Operations"])[0]

    assert list(with_slovenian) == heads(OPERATIONS, "sl")
    assert with_slovenian[heads(OPERATIONS, "sl")[NAME_COLUMN]] == "Prenova mest"
    lead, gone, _unknown = rows(book("?lang=sl")["Partners"])
    assert "Srbija in Črna gora" in gone.values()
    assert "Sektorska agencija" in lead.values()
    told = problem("interreg/operations.xlsx?lang=xx&period=1", 400)["errors"]
    assert {error["parameter"] for error in told} == {"lang", "period"}


def test_nothing_in_it_is_taken_for_a_formula_and_every_text_comes_back(book, table, whole):
    for text in HARD:
        changed(whole, title={"en": text}, title_as_printed=text, acronym=text)

        [row] = rows(book()["Operations"])
        cells = [cell for line in book()["Operations"].iter_rows(min_row=2) for cell in line]
        assert [cell.coordinate for cell in cells if cell.data_type in ("f", "e")] == []
        assert (from_cell(row["Acronym"]), from_cell(row["Name of the operation"])) == (text, text)
        [line] = table("operations.csv")
        assert from_cell(line["Name of the operation"]) == text


def test_a_text_that_no_cell_takes_is_cut_and_says_so(book, whole):
    changed(whole, title={"en": "\x01" * 20_000 + "long " * 20_000}, summary={"en": "s" * 32_000})

    [operation] = rows(book()["Operations"])

    assert operation["Name of the operation"].endswith("…")
    assert len(operation["Name of the operation"]) <= 32_767
    assert operation["Summary"] == "s" * 32_000


def test_the_tables_say_what_the_sheets_say(book, table, whole):
    publish(ParticipationFactory().project)
    sheets = book()

    for name, path in (("Operations", "operations.csv"), ("Partners", "partners.csv")):
        texts_of_sheet = [
            {key: value for key, value in row.items() if isinstance(value, str)} for row in rows(sheets[name])
        ]
        lines = table(path)
        assert [
            {key: line[key] for key in row} for row, line in zip(texts_of_sheet, lines, strict=True)
        ] == texts_of_sheet
    assert table("operations.csv")[0]["Total cost of the operation"] == "1125000.10"


def test_what_is_invented_says_so_in_both_sheets(book, table, whole):
    shown = ParticipationFactory(project=ProjectFactory(acronym="ZGLED", example=True)).project
    publish(shown)

    for sheet, path in (("Operations", "operations.csv"), ("Partners", "partners.csv")):
        told = {row["Acronym"]: row["Example"] for row in rows(book()[sheet])}
        assert told == {"TOWNS": False, "ZGLED": True}
        assert {row["Acronym"]: row["Example"] for row in table(path)} == {"TOWNS": "false", "ZGLED": "true"}


def test_where_no_document_names_partners_their_number_is_not_told(book, table):
    publish(ProjectFactory())

    assert [row["Number of partners"] for row in rows(book()["Operations"])] == [None]
    assert [row["Number of partners"] for row in table("operations.csv")] == [""]


def test_an_operation_without_places_is_where_its_partners_are(book, whole):
    def where() -> list:
        [operation] = rows(book()["Operations"])
        return [operation[name] for name in ("Countries", "NUTS codes", "Towns")]

    place = {"country": "IT", "nuts": None, "nuts_version": None, "town": "Udine", "lat": None, "lng": None}
    changed(whole, places=[place])
    assert where() == ["Italy", None, "Udine"]

    changed(whole, places=[])
    assert where() == ["Slovenia; Serbia and Montenegro", "SI032", "Ptuj"]


def test_every_column_of_the_regulation_is_there_even_if_nobody_knows_it(book, whole):
    [operation] = rows(book()["Operations"])

    unknown = ("Contractor", "Fund", "Specific objective", "Type of intervention")
    assert [operation[name] for name in unknown] == [None] * 4


@pytest.mark.parametrize("columns", [OPERATIONS, PARTNERS], ids=["operations", "partners"])
@pytest.mark.parametrize("language", ["en", "sl", "it", "de", "fr"])
def test_no_two_columns_have_the_same_heading(columns, language):
    names = heads(columns, language)

    assert len(set(names)) == len(names)


def test_nothing_published_is_a_workbook_with_headings_alone(book):
    assert [rows(sheet) for sheet in book()] == [[], []]


def test_more_partners_than_a_sheet_has_rows_are_refused(problem, monkeypatch, whole):
    publish(ProjectFactory())
    monkeypatch.setattr(workbooks, "MOST_RECORDS", 2)

    told = problem("interreg/operations.xlsx", 400)

    assert told["name"] == "too-many-rows"


def test_names_of_files_and_types_are_told(got):
    got("operations.xlsx")
    assert got.answer["Content-Disposition"] == 'attachment; filename="operations.xlsx"'
    assert got.answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    got("partners.csv")
    assert got.answer["Content-Disposition"] == 'attachment; filename="partners.csv"'
    assert got.answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
