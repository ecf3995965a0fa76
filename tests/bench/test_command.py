"""`manage.py bench`: a table to read, a file for machines, and an exit status that a build can go by."""

import io
import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from bench.goals import Goal, Outcome, exactly
from bench.management.commands import bench as command
from bench.pulls import _without_password

ENOUGH = Outcome("page", [Goal("page/drf", "DRF : portal", exactly(24.0), at_least=20)])
TOO_LITTLE = Outcome("deep", [Goal("deep/first", "90 % deep : first page", exactly(1.3), at_most=1.15)])


@pytest.fixture
def found(monkeypatch):
    """What the next run will find, as measuring takes minutes; and which rows it was asked for."""
    run = SimpleNamespace(outcomes=[ENOUGH], rows=None)

    @contextmanager
    def prepared(size, rounds, say):
        def measure(rows):
            run.rows = rows
            yield from run.outcomes

        yield SimpleNamespace(measure=measure, postgres=SimpleNamespace(version="15.18"))

    monkeypatch.setattr(command, "prepared", prepared)
    monkeypatch.setattr(command.processes, "exit_on_signals", lambda: None)
    return run


def bench(*arguments: str) -> str:
    out = io.StringIO()
    call_command("bench", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_table_is_printed_and_the_file_written(found, tmp_path):
    file = tmp_path / "found.json"

    printed = bench("--size", "1000", "--json", str(file), "--check")

    assert "| page/drf | DRF : portal | 24 | ≥ 20 | reached |" in printed
    assert json.loads(file.read_text(encoding="utf-8"))["rows"][0]["goals"][0]["reached"] is True


def test_check_names_the_rows_that_were_not_reached(found):
    found.outcomes = [ENOUGH, TOO_LITTLE]

    bench()
    with pytest.raises(CommandError, match=r"^Not reached: deep/first$"):
        bench("--check")


def test_only_the_rows_that_were_asked_for_are_measured(found):
    bench("--only", "page", "--only", "deep")

    assert found.rows == ["page", "deep"]


def test_a_row_that_there_is_not_is_refused(found):
    with pytest.raises(CommandError, match="invalid choice"):
        bench("--only", "speed")


def test_a_password_stands_in_no_command_line():
    assert _without_password("postgres://mer:s%40fe@db:5432/mer_bench_full") == (
        "postgresql://mer@db:5432/mer_bench_full",
        {"PGPASSWORD": "s@fe"},
    )
