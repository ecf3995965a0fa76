"""The plans that are seeded: what TCM's document says and nothing beyond it, and an example that says so."""

import pytest

from actionplans.models import LocalActionPlan
from tests.seeds import documents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture
def tcm() -> dict:
    return LocalActionPlan.objects.get(example=False).entry.record


def test_tcm_says_that_it_is_a_national_programme(tcm):
    assert tcm["summary"]["en"].startswith("A national programme, not a local plan")
    assert tcm["summary"]["sl"].startswith("Državni program, ne lokalni načrt")
    assert (tcm["organisation"]["title"]["en"], tcm["area"]) == ("Public Agency SPIRIT Slovenia", None)


def test_tcm_has_its_four_measures_with_their_line(tcm):
    assert [measure["title"]["en"] for measure in tcm["measures"]] == [
        "International conference and other meetings",
        "Promotion and awards",
        "Training programme",
        "Long-term plan of activities",
    ]
    assert {measure["source"]["line"] for measure in tcm["measures"]} == {9}


def test_nothing_that_the_document_does_not_tell_is_told_of_a_measure(tcm):
    untold = ("start", "end", "cost_low", "cost_high", "status", "progress", "weight", "results")

    assert {measure[name] for measure in tcm["measures"] for name in untold} == {None}
    assert [measure for measure in tcm["measures"] if measure["milestones"] or measure["funding"]] == []


def test_tcm_aims_at_twenty_in_each_year_and_counted_fifteen_places(tcm):
    included, places = tcm["indicators"]

    assert included["targets"] == [{"year": 2016, "value": "20"}, {"year": 2017, "value": "20"}]
    assert (included["target_is_minimum"], included["values"], included["source"]["line"]) == (True, [], 13)
    assert [(value["year"], value["value"], value["source"]["line"]) for value in places["values"]] == [
        (None, "15", 19)
    ]


def test_its_figures_stand_in_the_document(tcm, seed_documents):
    assert "vsaj 20" in documents.line(documents.TCM, 13)
    assert "na 15 lokacijah" in documents.line(documents.TCM, 19)
    for word in ("konferenco", "nagrajevanje", "usposabljanja", "dolgoročni načrt"):
        assert word in documents.line(documents.TCM, 9)


def test_the_example_has_a_measure_that_grew_from_an_example_practice():
    example = LocalActionPlan.objects.get(example=True).entry.record

    assert example["example"] is True
    assert len(example["measures"]) == 3
    [practice] = [each for measure in example["measures"] for each in measure["derived_from"]]
    assert practice["title"]["en"] == "One phone number between the firms and the town hall"
    assert [len(indicator["values"]) for indicator in example["indicators"]] == [3, 3, 3]


def test_no_organisation_that_exists_has_a_part_in_the_example():
    plan = LocalActionPlan.objects.get(example=True)
    players = [player["organisation"] for measure in plan.entry.record["measures"] for player in measure["players"]]

    assert (plan.organisation.example, plan.project.example) == (True, True)
    assert players == [None] * len(players)
