"""The catalogue that is measured: invented, and the same at every run.

A practice is made as facts, which the yardsticks keep in columns of their own, and as the document that the contract makes
of them. Each record has a generator of its own, seeded with its kind and number, so that any of them can be made alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from random import Random
from typing import Any
from uuid import UUID, uuid5

from catalogue.codes import Topic

INVENTED = UUID("6f1c2f0e-6f0b-5d0a-9a53-0d3a7c1b2e4d")  # the name space of the records' uids
TOPICS = [str(topic) for topic in Topic]
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
PARTNERS_A_PROJECT = 8
WORDS = {
    "en": "area firms waste heat steam shared yard town council bus stop roof solar meter water repair course apprentice",
    "sl": "območje podjetja odpadna toplota para skupno dvorišče občina avtobus streha sončna števec voda popravilo tečaj",
    "it": "area imprese scarti calore vapore cortile comune autobus tetto solare contatore acqua corso apprendista città",
    "de": "Gebiet Betriebe Abfall Wärme Dampf gemeinsamer Hof Gemeinde Haltestelle Dach Zähler Wasser Lehrling Prüfung",
    "fr": "zone entreprises déchets chaleur vapeur cour commune arrêt toiture compteur eau réparation apprenti marché",
}
PLACES = [
    ("SI", "SI032", "Ptuj", 46.42, 15.87),
    ("IT", "ITH42", "Udine", 46.06, 13.24),
    ("AT", "AT211", "Villach", 46.61, 13.85),
    ("FR", "FRK26", "Lyon", 45.76, 4.83),
    ("DE", "DE212", "München", 48.14, 11.58),
]
TEXTS = (
    "problem_and_context",
    "how_it_works",
    "stakeholders_and_beneficiaries",
    "evidence_of_success",
    "challenges",
    "success_factors",
    "hampering_factors",
    "preconditions",
    "potential_for_transfer",
)


@dataclass(frozen=True)
class Shape:
    """How large practices are: their languages, the characters of their texts, and how many parts they have."""

    name: str
    languages: tuple[str, ...]
    summary: int
    texts: dict[str, int]
    parts: int


SHORT = Shape("2.4 kB", ("en", "sl"), 60, {"problem_and_context": 64, "how_it_works": 68}, 0)
LONG = Shape("25 kB", ("sl", "en", "it", "de", "fr"), 220, dict.fromkeys(TEXTS, 200) | {"how_it_works": 440}, 3)


@dataclass(frozen=True)
class Catalogue:
    """So many practices of one shape, and what they name; 30,000 projects stand beside 100,000 practices."""

    practices: int
    shape: Shape = SHORT
    is_sorted: bool = False

    @property
    def projects(self) -> int:
        return max(20, self.practices * 3 // 10)

    @property
    def partners(self) -> int:
        return max(20, self.projects // 3)

    def share(self, others: int, practices: int) -> int:
        """How many of the others were published before this practice."""
        return others if self.is_sorted else others * practices // self.practices

    def position_of(self, practice: int) -> int:
        """Its place in the order of publication; 0 comes before all."""
        if not practice:
            return 0
        return practice + self.share(self.partners, practice) + self.share(self.projects, practice)


@dataclass
class Record:
    """`facts` are what is in the document, uids and counted fields apart from their embedding."""

    kind: str
    number: int
    document: dict[str, Any]
    card: dict[str, Any]
    facts: dict[str, Any] = field(default_factory=dict)
    references: list[tuple[str, UUID]] = field(default_factory=list)


@lru_cache(10_000)
def uid_of(kind: str, number: int) -> UUID:
    return uuid5(INVENTED, f"{kind}/{number}")


@cache
def _prose(language: str) -> str:
    dice, words = Random(language), WORDS[language].split()  # noqa: S311 - no secret
    return " ".join(dice.choice(words) for _word in range(4_000))


def text(dice: Random, language: str, length: int) -> str:
    start = dice.randrange(10_000)
    return _prose(language)[start : start + length].strip().capitalize()


def texts(dice: Random, languages: tuple[str, ...], length: int) -> dict[str, str]:
    return {language: text(dice, language, length) for language in languages}


def title_of(kind: str, number: int, languages: tuple[str, ...] = ("en", "sl")) -> dict[str, str]:
    return {language: f"{WORDS[language].split()[number % 13].capitalize()} {kind} {number}" for language in languages}


@lru_cache(10_000)
def named(kind: str, number: int) -> dict[str, Any]:
    """A record as others name it; nobody may change it."""
    uid = uid_of(kind, number)
    return {"uid": str(uid), "kind": kind, "title": title_of(kind, number), "url": f"/id/{uid}/"}


def moments(number: int) -> tuple[datetime, datetime]:
    """When it was published first, and last."""
    published = BEGINNING + timedelta(seconds=number * 97)
    return published, published + timedelta(hours=number % 50)


def utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _place(dice: Random) -> dict[str, Any]:
    country, nuts, town, lat, lng = dice.choice(PLACES)
    return {"country": country, "nuts": nuts, "nuts_version": 2021, "town": town, "lat": lat, "lng": lng}


def _envelope(dice: Random, kind: str, number: int, languages: tuple[str, ...], summary: int, places: int) -> dict:
    uid, (published, modified), original = uid_of(kind, number), moments(number), languages[0]
    title, slug = title_of(kind, number, languages), f"{kind}-{number}"
    others = {language: {"state": "human", "stale": []} for language in languages[1:]}
    return {
        "uid": str(uid),
        "kind": kind,
        "url": f"/id/{uid}/",
        "pages": {language: f"/{language}/{kind}/{slug}/" for language in languages},
        "version": 1 + number % 4,
        "published": utc(published),
        "modified": utc(modified),
        "original_language": original,
        "translations": {original: {"state": "original"}, **others},
        "licence": "CC-BY-4.0",
        "origin": {"network": None, "url": None, "retrieved": None},
        "example": True,
        "title": title,
        "summary": texts(dice, languages, summary),
        "topics": sorted(dice.sample(TOPICS, 2)),
        "places": [_place(dice) for _number in range(places)],
    }


def practice(number: int, catalogue: Catalogue) -> Record:
    """Numbers begin with 1."""
    shape = catalogue.shape
    dice = Random(f"practices/{number}")  # noqa: S311 - no secret
    envelope = _envelope(dice, "practices", number, shape.languages, shape.summary, 1 + bool(shape.parts))
    organisation = 1 + dice.randrange(catalogue.partners)
    first = dice.randrange(catalogue.projects)
    projects = sorted({1 + first, 1 + (first + 1) % catalogue.projects} if shape.parts else {1 + first})
    start = date(2000, 1, 1) + timedelta(days=dice.randrange(8_000))
    own = {
        "entry_type": "full",
        "status": dice.choice(("running", "ended", "planned")),
        "start": start.isoformat(),
        "end": None,
        "confirmed_on": None,
        "geographical_scope": dice.choice(("local", "regional", "national")),
        **{name: _of_length(dice, shape, name) for name in TEXTS[:3]},
        "building_blocks": [_building_block(dice, number, part, shape) for part in range(shape.parts)],
        "resources_setup": None,
        "resources_running": None,
        "evidence": [_evidence(dice, number, part, shape) for part in range(1 + shape.parts)],
        **{name: _of_length(dice, shape, name) for name in TEXTS[3:]},
        "organisation_in_charge": named("partners", organisation),
        "author": None,
        "contact": None,
        "projects": [named("projects", project) for project in projects],
        "grew_from": [],
        "areas": [],
        "sdgs": sorted(dice.sample(range(1, 18), 2)),
        "nace": [dice.choice("CDEFH")],
        "images": [],
        "links": [_link(dice, number, part, shape) for part in range(shape.parts)],
        "attachments": [],
        "expert_opinion": None,
        "keywords": [],
        "source_notes": [],
    }
    beside = ("status", "confirmed_on", "organisation_in_charge", "projects", "areas", "images")
    card = envelope | {name: own[name] for name in beside}
    references = [("organisation_in_charge", uid_of("partners", organisation))]
    references += [("project", uid_of("projects", project)) for project in projects]
    facts = {"organisation": organisation, "projects": projects}
    return Record("practices", number, envelope | own, card, facts, references)


def _of_length(dice: Random, shape: Shape, name: str) -> dict[str, str] | None:
    return texts(dice, shape.languages, shape.texts[name]) if name in shape.texts else None


def _building_block(dice: Random, number: int, part: int, shape: Shape) -> dict[str, Any]:
    return {
        "uid": str(uid_of(f"practices/{number}/building_blocks", part)),
        "title": texts(dice, shape.languages, 40),
        "description": texts(dice, shape.languages, 200),
        "enabling_factors": texts(dice, shape.languages, 120),
        "lessons": texts(dice, shape.languages, 120),
    }


def _evidence(dice: Random, number: int, part: int, shape: Shape) -> dict[str, Any]:
    return {
        "uid": str(uid_of(f"practices/{number}/evidence", part)),
        "indicator": texts(dice, shape.languages, 30),
        "value": f"{dice.randrange(10_000) + 0.5:.1f}",
        "unit": {shape.languages[0]: "t"},
        "year": 2010 + dice.randrange(15),
        "confidence": dice.choice(("high", "medium", "low")),
        "source": None,
        "other_sources": [],
    }


def _link(dice: Random, number: int, part: int, shape: Shape) -> dict[str, Any]:
    return {
        "uid": str(uid_of(f"practices/{number}/links", part)),
        "title": texts(dice, shape.languages, 40),
        "url": f"https://practice-{number}.example/{part}",
    }


def partner(number: int, catalogue: Catalogue) -> Record:
    dice = Random(f"partners/{number}")  # noqa: S311 - no secret
    envelope = _envelope(dice, "partners", number, ("en", "sl"), 80, 1)
    place = envelope["places"][0]
    address = {name: place[name] for name in ("country", "nuts", "nuts_version")}
    empty = ("abbreviation", "department", "sme_size", "legal_status", "nace", "pic", "other_id", "other_id_scheme")
    own = {
        "name_original": envelope["title"]["sl"],
        "name_english": envelope["title"]["en"],
        "aliases": [],
        "description": envelope["summary"],
        "partner_type": "sectoral_agency",
        **dict.fromkeys((*empty, "ror", "website", "logo")),
        "address": address | {"street": None, "postal_code": None, "town": place["town"]},
        "keywords": [],
        "source_notes": [],
    }
    return Record("partners", number, envelope | own, envelope)


def project(number: int, catalogue: Catalogue) -> Record:
    """With eight partners."""
    dice = Random(f"projects/{number}")  # noqa: S311 - no secret
    envelope = _envelope(dice, "projects", number, ("en", "sl"), 120, 1)
    partners = [1 + (number * 7 + part * 11) % catalogue.partners for part in range(PARTNERS_A_PROJECT)]
    empty = ("context", "objectives", "expected_results", "results", "activities", "work_packages", "target_groups")
    nothing = ("title_as_printed", "duration_months", "programme", "period", "priority", "website", "contacts")
    own = {
        "acronym": f"BENCH {number}",
        "form": "project",
        "type": "international",
        "status": "finished",
        "start": "2016-01-01",
        "end": "2018-12-31",
        "total_budget": f"{dice.randrange(3_000_000)}.00",
        "eu_funding_amount": None,
        "cofinancing_rate": "85.00",
        "currency": "EUR",
        "participations": [_participation(number, order, each) for order, each in enumerate(partners, start=1)],
        "funding_statement": None,
        **dict.fromkeys(nothing),
        **{name: [] for name in (*empty, "named_organisations", "stated_counts", "indicators", "capitalises")},
        "keywords": [],
        "source_notes": [],
    }
    references = [("participation", uid_of("partners", each)) for each in dict.fromkeys(partners)]
    return Record("projects", number, envelope | own, envelope | {"acronym": own["acronym"]}, references=references)


def _participation(number: int, order: int, partner: int) -> dict[str, Any]:
    nothing = (
        "total_eligible_budget",
        "cofinancing_amount",
        "cofinancing_rate",
        "from",
        "to",
        "contribution",
        "source",
    )
    return {
        "uid": str(uid_of(f"projects/{number}/participations", order)),
        "organisation": named("partners", partner),
        "role": "partner" if order > 1 else "lead_partner",
        "order": order,
        "name_as_printed": None,
        "country": PLACES[partner % len(PLACES)][0],
        "country_as_printed": None,
        "budget_basis": "unpublished",
        **dict.fromkeys(nothing),
        "other_sources": [],
    }


def records(catalogue: Catalogue) -> Iterator[Record]:
    """All of it, in the order of publication. Kinds are mixed, unless the catalogue `is_sorted`: then practices come last."""
    partners = projects = 0
    for number in range(1, catalogue.practices + 1):
        for _number in range(partners, catalogue.share(catalogue.partners, number)):
            partners += 1
            yield partner(partners, catalogue)
        for _number in range(projects, catalogue.share(catalogue.projects, number)):
            projects += 1
            yield project(projects, catalogue)
        yield practice(number, catalogue)
