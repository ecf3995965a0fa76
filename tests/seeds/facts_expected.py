"""What the five seed documents state, read from their lines at test time and from nowhere else.

`facts()` yields one `Fact` per statement: the document, the line on which it begins, the key of the project it is
about, its kind, and the value as parsed. Kinds and the shape of their values:

    acronym, title, form, type, status, programme, priority    str, as printed
    funding                                                    str: the printed words about the EU's money
    start, end                                                 datetime.date
    years                                                      tuple of int: the years covered
    duration_months                                            int
    total_budget                                               Decimal
    currency                                                   str, ISO 4217
    participation        {"order", "role", "name", "country"}; country as printed, None where none is
    partner_budget       {"name", "total_eligible_budget", "cofinancing_amount", "cofinancing_rate"}
    organisation         str: a name (or a piece of one) that occurs in the line, as printed
    objective, result, expected_result, activity               str: the printed text, which ours does not repeat
    statement            as those, where no heading of the document says which of them it is
    work_package         {"number", "title"}
    work_package_description  {"number", "text"}
    target_group         str
    indicator            {"target", "per_year", "years"}
    stated_count         int
    country              str, as printed: a country counted among the five of ECOLE
    figure               str: a number that our wording of this line's statement has to keep
    note                 str: printed words that a source note on this line should deal with (misprints, expansions,
                         headings without text, credits)
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tests.seeds.documents import (
    BULLET,
    ECOLE,
    MER_ABOUT,
    MER_LEAFLET,
    SMART_REGION,
    TCM,
    bullets,
    find,
    first,
    lines,
    numbered,
    paragraph,
    sentences,
)

MONTHS = {"januar": 1, "marec": 3, "maj": 5, "oktober": 10, "november": 11, "december": 12}
NUMERALS = {"štirih": 4, "pet": 5, "petih": 5, "desetih": 10}
COUNTRIES = ("Slovenija", "Avstrija", "Avstija", "Nemčija", "Slovaška", "Madžarska", "Italija", "Hrvaška", "Srbija")


class Fact(NamedTuple):
    document: str
    line: int
    project: str
    kind: str
    value: Any


def facts() -> Iterator[Fact]:
    """Every fact of the five documents, in their order."""
    for document, project, readers in (
        (MER_LEAFLET, "mer", (leaflet_head, leaflet_lists, leaflet_prose, leaflet_figures)),
        (MER_ABOUT, "mer", (about_prose, about_work_packages, about_lists)),
        (SMART_REGION, "smart-region", (smart_region_head, smart_region_partners, smart_region_lists)),
        (ECOLE, "ecole", (ecole_head, ecole_prose, ecole_lists, ecole_money, ecole_leftovers)),
        (TCM, "tcm", (tcm_head, tcm_organisations, tcm_prose, tcm_goal_and_activities, tcm_indicator, tcm_evaluation)),
    ):
        for reader in readers:
            for n, kind, value in reader():
                yield Fact(document, n, project, kind, value)


# Values


def money(text: str) -> Decimal:
    """`2.591.200,00` is two and a half million."""
    return Decimal(text.replace(".", "").replace(",", "."))


def numeral(text: str) -> int:
    return int(text) if text.isdigit() else NUMERALS[text]


def day(text: str) -> date:
    """`01. 11. 2022` or `1. oktober 2006`."""
    d, month, year = re.fullmatch(r"(\d+)\. ?(\w+)\.? (\d{4})", text).groups()
    return date(int(year), int(month) if month.isdigit() else MONTHS[month], int(d))


# MER, the leaflet


def leaflet_head():
    n, match = first(MER_LEAFLET, r"^(Management Agency \(MT\))$")
    yield n, "organisation", match[1]
    for words in ("MREŽA", "ZBIRANJE", "POVEZOVANJE"):
        motto = paragraph(MER_LEAFLET, words)
        yield motto[0][0], "statement", " ".join(text for _, text in motto)
    n, match = first(MER_LEAFLET, r"Projekt (\w+) \((Marketing and govERning innovative)")
    yield n, "acronym", match[1]
    joined = " ".join(text for _, text in lines(MER_LEAFLET)[n - 1 :])
    yield n, "title", re.search(r"\((Marketing[^)]+)\)", joined)[1]
    yield n, "title", re.search(r"z naslovom »([^«]+)«", joined)[1]


def leaflet_lists():
    for n, _, text in numbered(MER_LEAFLET, "GLAVNI CILJI"):
        yield n, "objective", text
    for n, text in bullets(MER_LEAFLET, "PRIČAKOVANI REZULTATI"):
        yield n, "expected_result", text


def leaflet_prose():
    for words in ("Projekt MER bo zbral", r"Projekt MER \(Marketing", "Projekt MER je zasnovan"):
        for n, text in sentences(MER_LEAFLET, words):
            yield n, "statement", text
            if re.search(r"Evrop[ae] 2020", text):
                yield n, "figure", "2020"


def leaflet_figures():
    n, match = first(MER_LEAFLET, r"Projekt traja (\d+) mesecev")
    yield n, "duration_months", int(match[1])
    n, match = first(MER_LEAFLET, r"^([\d.]+) evrov")
    yield n, "total_budget", money(match[1].rstrip("."))
    yield n, "currency", "EUR"


# MER, the page


def about_prose():
    n, match = first(MER_ABOUT, r'Projekt (\w+)\s+\((Marketing[^)]+)\) z naslovom "([^"]+)"')
    yield n, "acronym", match[1]
    yield n, "title", match[2]
    yield n, "title", match[3]
    for n, text in sentences(MER_ABOUT, r"Projekt MER\s+\(Marketing"):
        yield n, "statement", text
        if re.search(r"Evrop[ae] 2020", text):
            yield n, "figure", "2020"
    n, match = first(MER_ABOUT, r"Projekt traja (\d+)\. mesecev, s skupnim kapitalom ([\d.]+) €")
    yield n, "duration_months", int(match[1])
    yield n, "total_budget", money(match[2])
    yield n, "currency", "EUR"
    yield n, "note", "18. mesecev"


def about_work_packages():
    n, match = first(MER_ABOUT, r"MER ime (\w+) delovnih področij")
    yield n, "stated_count", numeral(match[1])
    yield n, "note", "ime pet"
    for n, match in find(MER_ABOUT, r"^WP(\d) – (.+)$"):
        yield n, "work_package", {"number": int(match[1]), "title": match[2]}
        at, text = next((m, text) for m, text in lines(MER_ABOUT)[n:] if text)
        yield at, "work_package_description", {"number": int(match[1]), "text": text}
        if "priporočili politik" in text:
            yield at, "note", "priporočili"


def about_lists():
    for n, _, text in numbered(MER_ABOUT, "CILJI"):
        yield n, "objective", text
    for n, text in bullets(MER_ABOUT, "REZULTATI"):
        yield n, "result", text
        if "pordočju" in text:
            yield n, "note", "pordočju"


# Sm@rt Region


def smart_region_head():
    for label, kind in (("Naslov", "title"), ("Tip", "type"), ("Status", "status")):
        n, match = first(SMART_REGION, rf"^{label} projekta:\s+(.+)$")
        yield n, kind, match[1]
    n, match = first(SMART_REGION, r"^Trajanje projekta:\s+(.+?) – (.+)$")
    yield n, "start", day(match[1])
    yield n, "end", day(match[2])
    n, match = first(SMART_REGION, r"(delno financiran iz EU) – (.+)$")
    yield n, "funding", match[1]
    yield n, "programme", match[2]
    n, match = first(SMART_REGION, r"območju CADSES \(Območje ([^)]+)\)")
    yield n, "figure", "CADSES"
    n, match = first(SMART_REGION, r"^(Pomen za lokalno okolje):$")
    following = next(text for _, text in lines(SMART_REGION)[n:] if text)
    if not BULLET.match(following):
        yield n, "note", match[1]


def smart_region_partners():
    for order, (n, text) in enumerate(bullets(SMART_REGION, "Partnerji:"), 1):
        role = "lead_partner" if re.search(r"– vodilni partner", text) else "partner"
        name, parenthesis = re.match(r"^(.+?) \(([^()]+)\)(?: – vodilni partner)?$", text).groups()
        country = parenthesis if parenthesis.split(",")[0] in COUNTRIES else None
        yield n, "participation", {"order": order, "role": role, "name": name, "country": country}
        if country is None:
            yield n, "organisation", parenthesis
        if country == "Avstija" or name.startswith("irtschafts"):
            yield n, "note", country if country == "Avstija" else name.split()[0]


def smart_region_lists():
    for n, text in bullets(SMART_REGION, "Cilji projekta:"):
        yield n, "objective", text
    for n, text in bullets(SMART_REGION, "Rezultati projekta:"):
        yield n, "result", text
        if match := re.search(r"v (\w+) evropskih regijah", text):
            yield n, "stated_count", numeral(match[1])


# ECOLE


def ecole_head():
    n, match = first(ECOLE, r"^PROJEKT: od (\d.+\d{4}) do (\d.+\d{4})$")
    yield n, "start", day(match[1])
    yield n, "end", day(match[2])
    n, match = first(ECOLE, r"^([A-Z]+)$")
    yield n, "acronym", match[1]
    n, match = first(ECOLE, r"^Mreža .+$")
    yield n, "title", match[0]
    n, match = first(ECOLE, r"v okviru programa (.+?), kot del prioritete: (.+?)\.$")
    yield n, "programme", match[1]
    yield n, "priority", match[2]
    n, match = first(ECOLE, r"(sofinanciran s strani EU) v okviru programa (.+?)\.$")
    yield n, "funding", match[1]
    yield n, "programme", match[2]


def ecole_prose():
    for words in ("Glavni cilj projekta", "Namen projekta"):
        for n, text in sentences(ECOLE, words):
            yield n, "objective" if re.match("Glavni cilj|Namen", text) else "statement", text
    n, match = first(ECOLE, r"v (\w+) državah – ([^.]+)\.")
    yield n, "stated_count", numeral(match[1])
    for country in re.split(r", | in ", match[2]):
        yield n, "country", country
    n, match = first(ECOLE, r"v (\w+) lokalnih industrijskih območjih")
    yield n, "stated_count", numeral(match[1])


def ecole_lists():
    for heading, kind in (
        ("Glavne projektne aktivnosti:", "activity"),
        ("Ključni rezultati projekta:", "result"),
        ("Ciljne skupine:", "target_group"),
    ):
        for n, text in bullets(ECOLE, heading):
            yield n, kind, text


def ecole_money():
    n, match = first(ECOLE, r"^Skupna vrednost projekta: ([\d.,]+) ([A-Z]{3})$")
    yield n, "total_budget", money(match[1])
    yield n, "currency", match[2]
    n, match = first(
        ECOLE, r"^Celotna vrednost za (.+?): ([\d.,]+) EUR \(delež sofinanciranja (\d+) % – ([\d.,]+) EUR\)$"
    )
    yield n, "organisation", match[1].replace("Razvojno agencijo", "Razvojna agencija")
    yield (
        n,
        "partner_budget",
        {
            "name": match[1].replace("Razvojno agencijo", "Razvojna agencija"),
            "total_eligible_budget": money(match[2]),
            "cofinancing_rate": Decimal(match[3]),
            "cofinancing_amount": money(match[4]),
        },
    )


def ecole_leftovers():
    for heading in ("Kontaktne osebe", "Partnerji"):
        n, _ = first(ECOLE, rf"^{heading}:$")
        following = next(text for _, text in lines(ECOLE)[n:] if text)
        if not BULLET.match(following):
            yield n, "note", heading
    n, match = first(ECOLE, r"^Vir fotografij: (.+)$")
    for credit in match[1].split(", "):
        yield n, "note", credit.replace("United nations", "United Nations")
    n, match = first(ECOLE, r"na Razvojni agenciji (Sora)")
    yield n, "organisation", match[1]


# TCM


def tcm_head():
    n, match = first(TCM, r"^(Program) .+$")
    yield n, "title", match[0]
    yield n, "form", match[1]
    n, match = first(TCM, r"\((TCM), (Town City Management)\)")
    yield n, "acronym", match[1]
    yield n, "note", match[2]
    n, match = first(TCM, r"TCM \((Town Center Management)\)")
    yield n, "note", match[1]
    n, match = first(TCM, r"TCM oz\. MMS \((Management mestnih središč)\)")
    yield n, "note", match[1]
    n, match = first(TCM, r"^Cilji programa v letih (\d{4}) in (\d{4})$")
    yield n, "years", (int(match[1]), int(match[2]))
    n, match = first(TCM, r"na nacionalnem nivoju")
    yield n, "type", match[0]


def tcm_organisations():
    for name in (
        "Javna agencija SPIRIT Slovenija",
        "PTZ GZS",
        "GZS PTZ",
        "občini Koper",
        "Komisije SOS za urbani razvoj",
    ):
        for n, match in find(TCM, name):
            yield n, "organisation", match[0]
    n, match = first(TCM, "SPIRIT Slovovenija")
    yield n, "note", match[0]


def tcm_prose():
    for words in ("Javna agencija", "Po prvem", "Z namenom"):
        for n, text in sentences(TCM, words):
            yield n, "statement", text


def tcm_goal_and_activities():
    n, match = first(TCM, r"^Glavni cilj programa .+?(?=\. )")
    yield n, "objective", match[0]
    n, match = first(TCM, r"organizirala (.+?), izvajala (.+?), oblikovala (.+?) ter pripravila (.+?)\.$")
    for activity in match.groups():
        yield n, "activity", activity


def tcm_indicator():
    _, years = first(TCM, r"^Kazalniki na letni ravni za leti (\d{4}) in (\d{4})$")
    n, match = first(TCM, r"na letni ravni vključiti vsaj (\d+) (.+)$")
    years = (int(years[1]), int(years[2]))
    yield n, "indicator", {"target": int(match[1]), "per_year": True, "years": years}
    municipalities, rest = match[2].split(", ")
    for group in (municipalities, *rest.split(" in drugih ")):
        yield n, "target_group", group


def tcm_evaluation():
    n, match = first(TCM, r"^Evalvacija TCM (\d{4}) in (\d{4})$")
    yield n, "years", (int(match[1]), int(match[2]))
    for words in ("Uspešno smo", "Pripravili smo", "Rezultati kažejo"):
        for n, text in sentences(TCM, words):
            yield n, "result", text
    n, match = first(TCM, r"(zaključili) z izvedbo delavnic .+ na (\d+) lokacijah")
    yield n, "status", match[1]
    yield n, "stated_count", int(match[2])
