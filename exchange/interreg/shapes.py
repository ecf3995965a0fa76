"""What `projects.json` looks like, as JSON Schema: components of the committed description."""

from catalogue.codes import LegalStatus, PartnerType, Strand
from exchange.interreg.projects import PARTNER_TYPES
from exchange.shapes import ADDRESS, BASE, NULL, TIME, UID, an_object, listed, or_null, ref
from projects.models import Participation, Project, ProjectIndicator

STRING = {"type": "string"}
TEXT = or_null(STRING)
WHOLE = or_null({"type": "integer"})
MONEY = or_null({"type": "string", "format": "decimal"})
DATE = or_null({"type": "string", "format": "date"})
WEB = or_null({"type": "string", "format": "uri"})
HERE = {"type": "string", "format": "uri"}
COUNTRY = TEXT | {"description": "ISO 3166-1 alpha-2; ISO 3166-3 for a state that is gone."}


def _code(values) -> dict:
    return or_null({"type": "string", "enum": list(values)})


def _texts(name: str) -> dict:
    language = TEXT | {"description": "null where nobody has said which it is."}
    return listed(an_object("A text in one language.", **{name: STRING, "language": language}))


PLACE = {"country": COUNTRY, "nuts": TEXT, "nuts_version": WHOLE, "town": TEXT}

PROGRAMME = an_object(
    "A programme, as its own record tells of it.",
    programme_id=UID,
    url=HERE,
    modified=TIME,
    programme_name=TEXT | {"description": "In English, else in its original language."},
    multi_languages_programme_name=_texts("name"),
    name_as_printed=TEXT,
    acronym=TEXT,
    period=TEXT,
    cci=TEXT,
    strand=_code(Strand.values),
    website=WEB,
)

INDICATOR = an_object(
    "An indicator of the project.",
    code=TEXT,
    level=_code(ProjectIndicator.Level.values),
    multi_languages_indicator_name=_texts("name"),
    multi_languages_unit=_texts("unit"),
    baseline=MONEY,
    reference_year=WHOLE,
    target=MONEY,
    achieved=listed(an_object("What was reached.", year=WHOLE, date=DATE, value=MONEY)),
)

PARTNER = an_object(
    "An organisation's part in the project. What follows `organisation_id` is of its own record: it is told by `changes` as a"
    " change of kind `partners`, and null where there is no such record.",
    partner_id=UID,
    partner_type={"type": "string", "enum": list(PARTNER_TYPES.values())},
    order={"type": "integer"},
    name_as_printed=TEXT,
    multi_languages_organisation_name=_texts("name"),
    country=COUNTRY,
    country_as_printed=TEXT,
    total_eligible_budget=MONEY,
    cofinancing_amount=MONEY,
    cofinancing_rate=MONEY,
    budget_basis=_code(Participation.BudgetBasis.values),
    partner_start_date=DATE,
    partner_end_date=DATE,
    organisation_id=or_null(UID),
    url=ADDRESS,
    modified=or_null(TIME),
    abbreviation=TEXT,
    organisation_type=_code(PartnerType.values),
    legal_status=_code(LegalStatus.values),
    participant_identification_code=TEXT,
    participant_id_no_pic=TEXT,
    participant_id_scheme=TEXT,
    website=WEB,
    address=listed(an_object("Where it is today.", **PLACE, street=TEXT, postal_code=TEXT)),
)

PRECEDENT = an_object(
    "An earlier project that this one builds on.", project_id=UID, url=HERE, multi_languages_name=_texts("name")
)

PROJECT = an_object(
    "A project as Jems and keep.eu exchange it. What is not known is null.",
    project_id=UID
    | {"description": "The same as `uid`: what other systems call the identity in the system of origin."},
    uid=UID,
    url=HERE,
    published=TIME,
    modified=TIME,
    licence=TEXT,
    origin=ref("Origin"),
    example={"type": "boolean"},
    acronym=TEXT,
    multi_languages_name=_texts("name"),
    name_as_printed=TEXT,
    original_language=STRING,
    multi_languages_description=_texts("description"),
    project_form=_code(Project.Form.values),
    project_type=_code(Project.Type.values),
    project_status=_code(Project.Status.values),
    project_start_date=DATE,
    project_end_date=DATE,
    duration_months=WHOLE,
    total_budget=MONEY,
    eu_funding_amount=MONEY,
    eu_funding_cofinancing_rate=MONEY | {"description": "Per cent."},
    currency=STRING | {"description": "ISO 4217; of all amounts."},
    programme={"anyOf": [ref("InterregProgramme"), NULL]},
    multi_languages_programme_priority=_texts("priority"),
    thematic=listed(STRING)
    | {"description": "What our topics are called among the themes of keep.eu; may be more than three."},
    topic=listed(STRING) | {"description": "Codes of our own topics."},
    keyword=listed(STRING),
    location=listed(an_object("Where the project works.", **PLACE)),
    website=WEB,
    rel_precedent_projects=listed(PRECEDENT),
    project_indicators=listed(INDICATOR),
    partner=listed(ref("InterregPartner")),
)

PROJECTS = an_object(
    "All projects that were asked for.",
    base=BASE,
    cursor=STRING
    | {"description": "The value of `since` with which `changes` continues; also in the header `X-Cursor`."},
    project=listed(ref("InterregProject")),
)

COMPONENTS = {
    "InterregPartner": PARTNER,
    "InterregProgramme": PROGRAMME,
    "InterregProject": PROJECT,
    "InterregProjects": PROJECTS,
}
