"""The benchmark itself, small: it runs, and what it compares is the same. How long anything takes is asserted nowhere."""

import socket
from contextlib import closing

import pytest
from django.core.management import CommandError
from django.db import connection

from bench.running import ROWS, Bench
from bench.scratch import Postgres, Sqlite, dropped_in_the_end
from bench.servers import taken
from bench.worlds import prove_equal

SIZE = 600  # practices: more than two pages, and a tenth of them is less than one


@pytest.fixture
def bench(tmp_path, settings, django_db_setup):
    def make(postgres: Postgres | None, files: Sqlite | None) -> Bench:
        redis_url = settings.REDIS_URL or "redis://127.0.0.1:1/0"  # nothing that is measured asks it
        return Bench(SIZE, 1, postgres, files, tmp_path, redis_url, lambda sentence: None)

    return make


def test_every_row_is_measured_on_postgresql(postgresql, bench, django_db_setup):
    with dropped_in_the_end(Postgres(django_db_setup.url, django_db_setup.template)) as maker:
        outcomes = {outcome.row: outcome for outcome in bench(maker, None).measure([*ROWS][:-1])}

    assert list(outcomes) == [*ROWS][:-1]
    found = {goal.name: goal for outcome in outcomes.values() for goal in outcome.goals}
    assert found["queries/list"].found["median"] == 1
    assert found["queries/record"].found["median"] == 2
    assert found["queries/size"].is_reached
    assert [name for name, goal in found.items() if goal.found is None] == []
    portal = outcomes["page"].contenders[0]
    assert 220_000 < portal["bytes"] < 260_000
    assert portal["cpu_ms"]["median"] > portal["worker_ms"]["median"] > 0


@pytest.mark.core
def test_the_page_is_measured_on_sqlite(bench, tmp_path, django_db_setup):
    if connection.vendor != "sqlite":
        pytest.skip("is measured when the core runs on SQLite")
    files = tmp_path / "files"
    files.mkdir()

    [outcome] = bench(None, Sqlite(files, django_db_setup.template)).measure(["sqlite"])

    assert [contender["name"] for contender in outcome.contenders] == [
        *("portal", "raw WSGI + SQL", "the same with texts decoded"),
        *("DRF ModelSerializer + LimitOffset", "DRF .values() + orjson", "Datasette's way"),
    ]


@pytest.mark.parametrize(
    "theirs",
    [[{"uid": "1", "example": 1}], [{"uid": "1"}], [], [{"uid": "1", "example": True, "more": None}]],
)
def test_who_tells_anything_else_is_not_measured(theirs):
    with pytest.raises(CommandError, match="Another way"):
        prove_equal([{"uid": "1", "example": True}], {"Another way": theirs})


def test_an_empty_page_is_not_measured():
    with pytest.raises(CommandError, match="empty"):
        prove_equal([], {"Another way": []})


def test_a_port_that_somebody_has_is_refused():
    with closing(socket.create_server(("127.0.0.1", 0))) as somebody, pytest.raises(CommandError, match="is not free"):
        taken(somebody.getsockname()[1])
