"""What a practice still needs before it can be reviewed: a snapshot little, a full description more."""

import pytest

from catalogue.records import NO_EMAIL_ADDRESSES
from practices.models import BuildingBlock, Evidence, GoodPractice, PracticeLink
from tests.factories import (
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PracticeLinkFactory,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def snapshot(**fields) -> GoodPractice:
    """All that a snapshot needs."""
    known = dict.fromkeys(("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"), {})
    known |= {"entry_type": "snapshot", "status": "", "organisation_in_charge": OrganisationFactory()}
    return GoodPracticeFactory.build(**known | fields)


def full(**fields) -> GoodPractice:
    return GoodPracticeFactory.build(**{"organisation_in_charge": OrganisationFactory()} | fields)


def fields_of(practice) -> list[tuple[str, str]]:
    return [(problem.field, problem.language) for problem in practice.problems()]


def test_a_practice_is_a_full_description_unless_somebody_says_otherwise():
    assert GoodPractice().entry_type == "full"


def test_title_summary_topic_place_and_whom_to_turn_to_make_a_snapshot():
    assert fields_of(snapshot()) == []


def test_a_snapshot_needs_each_of_them():
    empty = snapshot(title={}, summary={}, topics=[], places=[], organisation_in_charge=None)

    assert fields_of(empty) == [
        *(("title", "en"), ("summary", "en")),
        *(("topics", ""), ("places", ""), ("organisation", "")),
    ]


def test_a_full_description_needs_its_three_parts_and_the_stage_as_well():
    asked = fields_of(snapshot(entry_type="full"))

    assert asked == [
        *(("problem_and_context", "en"), ("how_it_works", "en"), ("stakeholders_and_beneficiaries", "en")),
        ("status", ""),
    ]


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        *(("resources_setup_text", 300), ("resources_running_text", 300), ("evidence_of_success", 500)),
        *(("challenges", 300), ("potential_for_transfer", 1000)),
    ],
)
def test_texts_have_the_limits_of_interreg_europes_form(name, limit):
    assert fields_of(full(**{name: texts("x" * limit, "")})) == []
    assert fields_of(full(**{name: texts("x", "š" * (limit + 1))})) == [(name, "sl")]


@pytest.mark.parametrize("name", ["success_factors", "hampering_factors", "preconditions"])
def test_what_helped_and_hindered_may_take_its_time(name):
    assert fields_of(full(**{name: texts("x" * 5000, "")})) == []


def test_a_translation_of_any_text_needs_a_title():
    assert fields_of(full(challenges={"it": "Pochi soldi."})) == [("title", "it")]


def test_nobody_is_named_who_was_not_asked():
    assert fields_of(full(contact_name="Ana Zgled")) == [("contact_agreed", "")]
    assert fields_of(full(contact_name="Ana Zgled", contact_agreed=True)) == []


def with_part(part) -> tuple[GoodPractice, str]:
    practice = full()
    relation = {BuildingBlock: "building_blocks", Evidence: "evidence", PracticeLink: "links"}[type(part)]
    setattr(practice, relation, [part])
    return practice, f"{relation}-{part.uid}"


@pytest.mark.parametrize(
    ("factory", "empty", "asked"),
    [
        (BuildingBlockFactory, {"title": {"sl": "Ime"}}, [("title", "en")]),
        (EvidenceFactory, {"indicator": {}, "value": None}, [("indicator", "en"), ("value", "")]),
        (PracticeLinkFactory, {"title": {}, "url": ""}, [("title", "en"), ("url", "")]),
    ],
)
def test_a_part_that_is_begun_is_finished(factory, empty, asked):
    practice, begins = with_part(factory.build(practice=None, **empty))

    assert fields_of(practice) == [(f"{begins}-{field}", language) for field, language in asked]


@pytest.mark.parametrize(
    ("factory", "telling", "field", "language"),
    [
        (BuildingBlockFactory, {"lessons": {"sl": "Pišite ana@example.org."}}, "lessons", "sl"),
        (EvidenceFactory, {"unit": {"en": "ana@example.org"}}, "unit", "en"),
        (EvidenceFactory, {"source_publication": "ana@example.org"}, "source_publication", ""),
        (EvidenceFactory, {"other_sources": [{"publication": "ana@example.org"}]}, "other_sources", ""),
        (PracticeLinkFactory, {"title": {"en": "ana@example.org"}}, "title", "en"),
    ],
)
def test_an_address_in_a_part_is_told_where_it_stands(factory, telling, field, language):
    practice, begins = with_part(factory.build(practice=None, **telling))

    [problem] = practice.problems()

    assert (problem.field, problem.language) == (f"{begins}-{field}", language)
    assert problem.message == str(NO_EMAIL_ADDRESSES)


@pytest.mark.parametrize("name", ["author", "contact_name", "preconditions"])
def test_an_address_is_told_beside_its_field(name):
    telling = {"en": "ana@example.org"} if name == "preconditions" else "ana@example.org"
    practice = full(**{"contact_agreed": True, name: telling})

    assert fields_of(practice) == [(name, "en" if name == "preconditions" else "")]
