"""What is found is said, and what is not reached is named."""

import json

from bench import report
from bench.goals import Goal, Outcome, exactly
from bench.measuring import ratios

FAST = Goal("page/drf", "DRF : portal", {"median": 24.0, "min": 22.5, "max": 26.0}, at_least=20)
SLOW = Goal("page/raw", "portal : raw", {"median": 1.6, "min": 1.5, "max": 1.7}, at_most=1.4)
ABSENT = Goal("pull/live", "live : raw COPY", None, at_least=0.8)
TOLD = Goal("page/values", "DRF .values() : portal", exactly(8.0))
OUTCOMES = [Outcome("page", [FAST, SLOW, TOLD]), Outcome("pull", [ABSENT], note="not there")]


def test_a_ratio_is_taken_round_by_round():
    assert ratios([2.0, 9.0, 8.0], [1.0, 3.0, 2.0]) == {"median": 3.0, "min": 2.0, "max": 4.0}


def test_what_is_missed_or_not_there_is_named_and_what_has_no_limit_is_not():
    assert report.not_reached(OUTCOMES) == ["page/raw", "pull/live"]


def test_the_table_gives_the_median_between_least_and_most():
    lines = report.goals_table(OUTCOMES).splitlines()

    assert lines[2] == "| page/drf | DRF : portal | 24 (22.5–26) | ≥ 20 | reached |"
    assert lines[3] == "| page/raw | portal : raw | 1.6 (1.5–1.7) | ≤ 1.4 | **not reached** |"
    assert lines[4] == "| page/values | DRF .values() : portal | 8 |  |  |"
    assert lines[5] == "| pull/live | live : raw COPY | not there | ≥ 0.8 | **not reached** |"


def test_the_file_for_machines_says_how_it_was_made(tmp_path):
    file = tmp_path / "found.json"

    report.write_json(file, report.head("manage.py bench", 1_000, 3, "15.18"), OUTCOMES)

    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["command"], told["practices"], told["rounds"]) == ("manage.py bench", 1_000, 3)
    assert [goal["reached"] for row in told["rows"] for goal in row["goals"]] == [True, False, None, False]
    assert set(told["machine"]) >= {"processor", "cores", "memory_gb", "python", "postgresql"}
