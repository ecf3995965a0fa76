"""Every fact of the five seed documents is in the portal, with the document and the line where it stands.

The facts are read from the documents' own lines (`facts_expected`), never from the files under `seeds/`; they are
looked for in the database rows, and their sources once more in what is published.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from catalogue.models import Entry
from partners.models import Organisation
from projects.models import Project
from tests.seeds import documents
from tests.seeds.facts_expected import Fact, facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded", "seed_documents")]

ACRONYMS = {"mer": "MER", "smart-region": "Sm@rt Region", "ecole": "ECOLE", "tcm": "TCM"}
CODES = {
    "mednarodni": Project.Type.INTERNATIONAL,
    "na nacionalnem nivoju": Project.Type.NATIONAL,
    "dokončan": Project.Status.FINISHED,
    "zaključili": Project.Status.FINISHED,
    "Program": Project.Form.NATIONAL_PROGRAMME,
}
COUNTRIES = {
    "Slovenija": "SI",
    "Avstrija": "AT",
    "Avstija": "AT",
    "Nemčija": "DE",
    "Slovaška": "SK",
    "Madžarska": "HU",
    "Italija": "IT",
    "Hrvaška": "HR",
    "Srbija, Črna gora": "CSXX",
    None: "HR",  # line 28 of Sm@rt Region: the country is ours
    "Sloveniji": "SI",
    "Italiji": "IT",
    "Avstriji": "AT",
    "Nemčiji": "DE",
    "Franciji": "FR",
}
STATEMENTS = {
    "objective": ["objectives"],
    "expected_result": ["expected_results"],
    "result": ["results"],
    "activity": ["activities"],
    "target_group": ["target_groups"],
    # what stands under no heading may be any of these
    "statement": ["context", "objectives", "expected_results", "results", "activities"],
}


@pytest.fixture
def projects() -> dict[str, Project]:
    return {key: Project.objects.with_parts().get(acronym=acronym) for key, acronym in ACRONYMS.items()}


def test_every_fact_of_the_documents_is_in_the_database(projects):
    expected = list(facts())

    misses = [miss for fact in expected for miss in misses_of(fact, projects[fact.project])]
    misses += statements_too_few(expected, projects)

    assert not misses, f"{len(misses)} of {len(expected)} facts are missing:\n" + "\n".join(misses)


def test_the_documents_are_as_rich_in_facts_as_ever():
    assert Counter(fact.project for fact in facts()) == {"mer": 65, "smart-region": 36, "ecole": 45, "tcm": 37}


def test_the_sources_of_all_facts_are_published(projects):
    published = {key: cited_around(project) for key, project in projects.items()}

    assert [fact for fact in facts() if (fact.document, fact.line) not in published[fact.project]] == []


def test_our_wording_is_our_own():
    """No Slovenian statement repeats eight words of a document in a row."""
    printed = {run for name in documents.DOCUMENTS for run in runs(" ".join(text for _, text in documents.lines(name)))}

    copied = [
        text
        for project in Project.objects.with_parts()
        for names in STATEMENTS.values()
        for name in names
        for text in (row.text.data["sl"] for row in getattr(project, name).all())
        if printed & set(runs(text))
    ]

    assert copied == []


# Looking for a fact: each kind has its own way, which yields what is wrong.


def misses_of(fact: Fact, project: Project) -> Iterator[str]:
    if fact.kind not in STATEMENTS:
        for fault in LOOKED_FOR[fact.kind](fact, project):
            yield f"{fact.document}:{fact.line} {fact.project} {fact.kind} {fact.value!r}: {fault}"


def statements_too_few(expected: list[Fact], projects: dict[str, Project]) -> Iterator[str]:
    """Our texts do not repeat the printed ones: so each line has as many statements as it has sentences."""
    stated = [fact for fact in expected if fact.kind in STATEMENTS]
    for (document, line, key, kind), needed in Counter(fact[:4] for fact in stated).items():
        rows = [row for name in STATEMENTS[kind] for row in at(document, line, getattr(projects[key], name))]
        if kind == "statement":
            needed = sum(fact[:3] == (document, line, key) and fact.kind != "target_group" for fact in stated)
        if len(rows) < needed or not all(in_both_languages(row.text) for row in rows):
            yield f"{document}:{line} {key} {kind}: {len(rows)} rows in both languages for {needed} sentences"


def plain(field: str) -> Callable:
    """A fact that stands in a plain field, its source in the notes."""

    def looked_for(fact, project):
        value = getattr(project, field)
        if value != CODES.get(fact.value, fact.value):
            yield f"{field} is {value!r}"
        yield from not_noted(fact, project, field)

    return looked_for


def title(fact, project):
    if fact.value not in (*project.title.data.values(), project.title_as_printed):
        yield f"titles are {project.title.data}"
    yield from not_noted(fact, project, "title")


def programme(fact, project):
    if project.programme is None or project.programme.name_as_printed != fact.value:
        yield f"programme is {project.programme}"
    yield from not_noted(fact, project, "programme")


def priority(fact, project):
    if project.priority.data.get("sl") != fact.value:
        yield f"priority is {project.priority.data}"
    yield from not_noted(fact, project, "priority")


def funding(fact, project):
    if "Evropska unija" not in project.funding_statement.data.get("sl", ""):
        yield "the EU is not in the funding statement"
    yield from not_noted(fact, project, "funding_statement")


def years(fact, project):
    if (project.start.year, project.end.year) != fact.value:
        yield f"years are {project.start} to {project.end}"
    if not notes(fact, project):
        yield "no note has the source"


def participation(fact, project):
    rows = at(fact.document, fact.line, project.participations)
    found = [
        {
            "order": row.sort_order + 1,
            "role": row.role,
            "name": row.name_as_printed,
            "country": row.country_as_printed or None,
        }
        for row in rows
    ]
    if found != [fact.value]:
        yield f"found {found}"
    elif rows[0].country != COUNTRIES[fact.value["country"]] or rows[0].organisation is None:
        yield f"country {rows[0].country}, organisation {rows[0].organisation}"


def partner_budget(fact, project):
    names = ("total_eligible_budget", "cofinancing_amount", "cofinancing_rate")
    found = [
        {"name": row.name_as_printed} | {name: getattr(row, name) for name in names}
        for row in at(fact.document, fact.line, project.participations)
    ]
    if found != [fact.value]:
        yield f"found {found}"


def organisation(fact, project):
    """It bears the name, in some form, and has to do with the project."""
    related = Organisation.objects.filter(participations__project=project) | Organisation.objects.filter(
        named_in__project=project
    )
    cited = [each for each in related.distinct() if notes(fact, each)]
    if not any(fact.value in names_of(each) for each in cited):
        yield f"not among {[str(each) for each in cited]}"


def figure(fact, project):
    rows = [row for name in STATEMENTS["statement"] for row in at(fact.document, fact.line, getattr(project, name))]
    if not any(all(fact.value in row.text.data[language] for language in ("en", "sl")) for row in rows):
        yield f"not in {[row.text.data for row in rows]}"


def work_package(fact, project):
    found = {row.number: row.title.data["sl"] for row in at(fact.document, fact.line, project.work_packages)}
    if found != {fact.value["number"]: fact.value["title"]}:
        yield f"found {found}"


def work_package_description(fact, project):
    rows = at(fact.document, fact.line, project.work_packages)
    if [row.number for row in rows] != [fact.value["number"]] or not in_both_languages(rows[0].description):
        yield f"found {rows}"


def indicator(fact, project):
    found = [
        {"target": row.target, "per_year": row.target_per_year, "years": tuple(row.target_years)}
        for row in at(fact.document, fact.line, project.indicators)
        if row.target_is_minimum
    ]
    if found != [fact.value]:
        yield f"found {found}"


def stated_count(fact, project):
    found = [row.value for row in at(fact.document, fact.line, project.stated_counts)]
    if fact.value not in found:
        yield f"found {found}"


def country(fact, project):
    counts = at(fact.document, fact.line, project.stated_counts)
    if not any(COUNTRIES[fact.value] in count.countries for count in counts):
        yield f"found {[count.countries for count in counts]}"


def note(fact, project):
    told = [each["note"] for each in notes(fact, project) if each["note"]]
    if not any(fact.value in each["en"] and fact.value in each["sl"] for each in told):
        yield f"the notes say {told}"


LOOKED_FOR = {
    **{kind: plain(kind) for kind in ("acronym", "form", "type", "status", "start", "end", "duration_months")},
    **{kind: plain(kind) for kind in ("total_budget", "currency")},
    "title": title,
    "programme": programme,
    "priority": priority,
    "funding": funding,
    "years": years,
    "participation": participation,
    "partner_budget": partner_budget,
    "organisation": organisation,
    "figure": figure,
    "work_package": work_package,
    "work_package_description": work_package_description,
    "indicator": indicator,
    "stated_count": stated_count,
    "country": country,
    "note": note,
}


# Sources


def at(document: str, line: int, parts) -> list:
    """The parts that cite this line."""
    return [part for part in parts.all() if {"document": document, "line": line} in [part.source, *part.other_sources]]


def notes(fact: Fact, record) -> list[dict]:
    return [each for each in record.source_notes if (each["document"], each["line"]) == (fact.document, fact.line)]


def not_noted(fact: Fact, project: Project, field: str) -> Iterator[str]:
    if field not in [each["field"] for each in notes(fact, project)]:
        yield f"no note on {field} has the source"


def names_of(organisation: Organisation) -> str:
    """Every name and printed form, in one text."""
    names = [organisation.name_original, organisation.name_english, organisation.abbreviation]
    return json.dumps([names, organisation.aliases, organisation.source_notes], ensure_ascii=False)


def cited_around(project: Project) -> set[tuple[str, int]]:
    """Document and line of everything cited in what is published of the project, its programme and organisations."""
    record = Entry.objects.visible().get(uid=project.uid).record
    embeds = [each["organisation"] for each in record["participations"] + record["named_organisations"]]
    named = [embed["uid"] for embed in [*embeds, record["programme"]] if embed]
    around = Entry.objects.visible().filter(uid__in=named)
    return {source for each in (record, *(entry.record for entry in around)) for source in citations(each)}


def citations(value) -> Iterator[tuple[str, int]]:
    if isinstance(value, list):
        for part in value:
            yield from citations(part)
    elif isinstance(value, dict):
        if value.get("document"):
            yield value["document"], value["line"]
        yield from citations(list(value.values()))


# Words


def in_both_languages(text) -> bool:
    return bool(text.data.get("en") and text.data.get("sl"))


def runs(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    words = text.casefold().split()
    return (tuple(words[n : n + length]) for n in range(len(words) - length + 1))
