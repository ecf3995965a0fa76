"""The figures of a practice as bars."""

import pytest

from practices.charts import charts

SEEN = {"unit": {"en": "firms"}, "year": 2025, "indicator": {"en": "Firms taking part"}}


def drawn(*values, **changes) -> list[dict]:
    evidence = [SEEN | {"value": value} | changes for value in values]
    return charts({"evidence": evidence, "original_language": "en"})


def test_figures_of_one_unit_stand_together_with_their_longest_bar_for_the_highest():
    [chart] = drawn("12", "24.5")

    assert [(bar["label"], bar["figure"]) for bar in chart["bars"]] == [
        ("Firms taking part, 2025", "12 firms"),
        ("Firms taking part, 2025", "24.5 firms"),
    ]
    assert chart["bars"][1]["width"] == 400 - 9 * len("24.5 firms")
    assert chart["bars"][0]["width"] == pytest.approx(310 * 12 / 24.5, abs=0.1)


@pytest.mark.parametrize("values", [[], ["12"], ["12", None], ["0", "0"], ["-3", "12"]])
def test_what_cannot_be_compared_is_left_to_the_table(values):
    assert drawn(*values) == []


def test_other_units_have_a_chart_of_their_own():
    firms = [SEEN | {"value": value} for value in ("1", "2")]
    tonnes = [SEEN | {"value": value, "unit": {"en": "t"}} for value in ("3", "4", "5")]

    assert [
        (chart["unit"], len(chart["bars"]))
        for chart in charts({"evidence": [*firms, *tonnes], "original_language": "en"})
    ] == [
        ("firms", 2),
        ("t", 3),
    ]


def test_documents_of_earlier_versions_have_none():
    assert charts({"original_language": "en"}) == []
