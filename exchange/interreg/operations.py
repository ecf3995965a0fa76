"""The list of operations that programmes must publish: its columns, for operations and for their partners.

The facts are those of Regulation (EU) 2021/1060, Article 49(3). Columns for what our records do not know (contractors, the
fund, the specific objective, the type of intervention) are there and empty, for who puts lists of many programmes together.
Projects that are invented, to show how the portal works, say so in both.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from catalogue.codes import LegalStatus, PartnerType
from exchange.dumps.tables import BOOLEAN, DECIMAL, MOMENT, WHOLE, Value
from exchange.interreg import gathered
from exchange.interreg.columns import Column, Row, Words, joined
from exchange.interreg.gathered import Gathered
from exchange.interreg.projects import address_of, names_of, themes_of

LEAD = "lead_partner"


def _of_project(name: str):
    return lambda row: row.project[name]


def _of_programme(name: str):
    return lambda row: row.programme.get(name)


def _of_part(name: str):
    return lambda row: row.part[name]


def _of_partner(name: str):
    return lambda row: row.partner.get(name)


def _of_address(name: str):
    return lambda row: row.partner.get("address", {}).get(name)


def _of_places(name: str, told: Callable[[Row], Iterable[str | None]]):
    """Of the project's places; where it has none, what is `told` of its partners."""
    return lambda row: joined([place[name] for place in row.project["places"]] or told(row))


def _unknown(row: Row) -> None:
    return None


def _original(row: Row) -> str | None:
    return (row.project["title"] or {}).get(row.project["original_language"])


def _programme_name(row: Row) -> str | None:
    return row.words.text(row.programme.get("name"), row.programme.get("original_language"))


def _countries(row: Row) -> str | None:
    """As `_of_places`; a partner's is the country of the project's papers."""
    of = row.project["places"] or row.project["participations"]
    return joined(row.words.country(each["country"]) for each in of)


def _of_partners(name: str):
    """Of where they are today, as their own records say."""
    return lambda row: (_of_address(name)(part) for part in _parts(row))


def _parts(row: Row) -> Iterator[Row]:
    return (Row(row.gathered, row.words, part) for part in row.project["participations"])


def _number_of_partners(row: Row) -> int | None:
    """No document that we have says of any project that it had none."""
    return len(row.project["participations"]) or None


def _leads(row: Row) -> str | None:
    return joined(_beneficiary(part) for part in _parts(row) if part.part["role"] == LEAD)


def _beneficiary(row: Row) -> str | None:
    """As the project's papers print it; where they print nothing, as its own record says."""
    names = names_of(row.part, row.gathered.of(row.part["organisation"]))
    return row.part["name_as_printed"] or (names[0]["name"] if names else None)


def _address_of_partner(row: Row) -> str | None:
    return address_of(row.partner) if row.partner else None


def _updated_partner(row: Row) -> Value:
    return row.partner.get("modified")


OPERATIONS = (
    Column(_("Operation ID"), _of_project("uid")),
    Column(_("example"), _of_project("example"), BOOLEAN),
    Column(_("Programme"), _programme_name),
    Column(_("CCI code"), _of_programme("cci")),
    Column(_("Programme period"), _of_programme("period")),
    Column(_("Priority"), lambda row: row.text(row.project["priority"])),
    Column(_("Specific objective"), _unknown),
    Column(_("Fund"), _unknown),
    Column(_("Acronym"), _of_project("acronym")),
    Column(_("Name of the operation"), lambda row: row.text(row.project["title"])),
    Column(_("Name in the original language"), _original),
    Column(_("Beneficiary (lead partner)"), _leads),
    Column(_("Contractor"), _unknown),
    Column(_("Number of partners"), _number_of_partners, WHOLE),
    Column(_("Summary"), lambda row: row.text(row.project["summary"])),
    Column(_("Purpose of the operation"), lambda row: row.statements("objectives")),
    Column(_("Expected achievements"), lambda row: row.statements("expected_results")),
    Column(_("Actual achievements"), lambda row: row.statements("results")),
    Column(_("Start date"), _of_project("start"), MOMENT),
    Column(_("Expected or actual date of completion"), _of_project("end"), MOMENT),
    Column(_("Status"), lambda row: row.words.statuses.get(row.project["status"])),
    Column(_("Total cost of the operation"), _of_project("total_budget"), DECIMAL),
    Column(_("EU funding"), _of_project("eu_funding_amount"), DECIMAL),
    Column(_("Union co-financing rate (%)"), _of_project("cofinancing_rate"), DECIMAL),
    Column(_("Currency"), _of_project("currency")),
    Column(_("Countries"), _countries),
    Column(_("NUTS codes"), _of_places("nuts", _of_partners("nuts"))),
    Column(_("Towns"), _of_places("town", _of_partners("town"))),
    Column(_("Type of intervention"), _unknown),
    Column(_("Themes of keep.eu"), lambda row: joined(themes_of(row.project))),
    Column(_("Keywords"), lambda row: joined(row.project["keywords"])),
    Column(_("Website"), _of_project("website")),
    Column(_("Address of the record"), lambda row: address_of(row.project)),
    Column(_("Licence"), _of_project("licence")),
    Column(_("Modified"), _of_project("modified"), MOMENT),
)

PARTNERS = (
    Column(_("Operation ID"), _of_project("uid")),
    Column(_("example"), _of_project("example"), BOOLEAN),
    Column(_("Acronym"), _of_project("acronym")),
    Column(_("Name of the operation"), lambda row: row.text(row.project["title"])),
    Column(_("Partner number"), _of_part("order"), WHOLE),
    Column(_("Role"), lambda row: row.words.roles[row.part["role"]]),
    Column(_("Beneficiary"), _beneficiary),
    Column(_("Name in its own language"), _of_partner("name_original")),
    Column(_("Name in English"), _of_partner("name_english")),
    Column(_("Short name of the organisation"), _of_partner("abbreviation")),
    Column(_("Country"), lambda row: row.words.country(row.part["country"])),
    Column(_("Country code"), _of_part("country")),
    Column(_("Country as printed"), _of_part("country_as_printed")),
    Column(_("NUTS code"), _of_address("nuts")),
    Column(_("Street"), _of_address("street")),
    Column(_("Postal code"), _of_address("postal_code")),
    Column(_("Town"), _of_address("town")),
    Column(_("Type of partner"), lambda row: row.words.named(PartnerType, row.partner.get("partner_type"))),
    Column(_("Legal status"), lambda row: row.words.named(LegalStatus, row.partner.get("legal_status"))),
    Column(_("PIC"), _of_partner("pic")),
    Column(_("VAT or other number"), _of_partner("other_id")),
    Column(_("Website"), _of_partner("website")),
    Column(_("Total eligible cost"), _of_part("total_eligible_budget"), DECIMAL),
    Column(_("EU co-financing"), _of_part("cofinancing_amount"), DECIMAL),
    Column(_("Union co-financing rate (%)"), _of_part("cofinancing_rate"), DECIMAL),
    Column(_("Currency"), _of_project("currency")),
    Column(_("Budget is"), lambda row: row.words.bases.get(row.part["budget_basis"])),
    Column(_("From"), _of_part("from"), MOMENT),
    Column(_("To"), _of_part("to"), MOMENT),
    Column(_("Partner ID"), _of_partner("uid")),
    Column(_("Address of the record"), _address_of_partner),
    Column(_("Modified"), _updated_partner, MOMENT),
)


def operation_of(each: Gathered, words: Words) -> list[Value]:
    return [column.value(Row(each, words)) for column in OPERATIONS]


def partners_of(each: Gathered, words: Words) -> Iterator[list[Value]]:
    """A row for each participation, in the project's order."""
    for part in each.project["participations"]:
        row = Row(each, words, part)
        yield [column.value(row) for column in PARTNERS]


def operations(chunks: Iterable[bytes], words: Words) -> Iterator[list[Value]]:
    return (operation_of(each, words) for each in gathered.read(chunks))


def partners(chunks: Iterable[bytes], words: Words) -> Iterator[list[Value]]:
    return (row for each in gathered.read(chunks) for row in partners_of(each, words))
