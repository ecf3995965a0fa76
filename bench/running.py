"""One run: the worlds that its rows need, each made when the first row asks for it, and thrown away with the run."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from bench import pulls, rows
from bench.data import LONG, SHORT, Catalogue
from bench.goals import Outcome
from bench.queries import queries
from bench.scratch import Postgres, Sqlite, dropped_in_the_end
from bench.worlds import World
from tools import servers

ROWS: dict[str, Callable[["Bench"], Outcome]] = {
    "page": rows.page,
    "deep": rows.deep,
    "rows": rows.rows,
    "order": rows.order,
    "pull": pulls.pull,
    "growth": pulls.growth,
    "changes": rows.changes,
    "unchanged": rows.unchanged,
    "packed": rows.packed,
    "queries": queries,
    "long": rows.long,
    "sqlite": rows.sqlite,
}
ROUNDS = 10
PULLS = 5
SIZES = (1_000, 10_000, 100_000)


class Bench:
    """`size` is the number of practices; `postgres` and `sqlite_files` make databases."""

    def __init__(
        self, size: int, rounds: int, postgres: Postgres, sqlite_files: Sqlite, place: Path, redis_url: str, say
    ):
        self.size, self.rounds, self.pulls = size, rounds, min(rounds, PULLS)
        self.postgres, self.sqlite_files = postgres, sqlite_files
        self.place, self.redis_url, self.say = place, redis_url, say
        self._stack = ExitStack()

    @cached_property
    def full(self) -> World:
        return self._world("full", Catalogue(self.size))

    @cached_property
    def tenth(self) -> World:
        return self._world("tenth", Catalogue(self.size // 10), beside=False)

    @cached_property
    def sorted(self) -> World:
        return self._world("sorted", Catalogue(self.size // 10, is_sorted=True), beside=False)

    @cached_property
    def long(self) -> World:
        """A tenth as many, ten times as long."""
        return self._world("long", Catalogue(self.size // 10, LONG))

    @cached_property
    def sqlite(self) -> World:
        return self._world("sqlite", Catalogue(self.size, SHORT), maker=self.sqlite_files)

    def measure(self, names: list[str]) -> Iterator[Outcome]:
        with self._stack:
            for name in names:
                yield ROWS[name](self)

    def _world(
        self, name: str, catalogue: Catalogue, maker: Postgres | Sqlite | None = None, *, beside: bool = True
    ) -> World:
        self.say(
            f"Writing {catalogue.practices:,} practices of {catalogue.shape.name} into a scratch database ({name})"
        )
        world = World(name, catalogue, maker or self.postgres, self.place, self.redis_url, beside=beside)
        self._stack.callback(world.close)
        return world


@contextmanager
def prepared(size: int, rounds: int, say, *, migrated: str = "", migrated_file: Path | None = None) -> Iterator[Bench]:
    """With servers that are given, else started here; a database that is migrated already is only copied."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mer-bench-")))
        stack.enter_context(_no_database_but_postgresql())
        addresses = stack.enter_context(servers.running(say))
        postgres = stack.enter_context(dropped_in_the_end(Postgres(addresses["DATABASE_URL"], migrated)))
        files = place / "files"
        files.mkdir()
        yield Bench(size, rounds, postgres, Sqlite(files, migrated_file), place, addresses["REDIS_URL"], say)


@contextmanager
def _no_database_but_postgresql() -> Iterator[None]:
    """A portal on SQLite names no server on which databases could be made: then one is started."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("sqlite"):
        del os.environ["DATABASE_URL"]
    try:
        yield
    finally:
        if named:
            os.environ["DATABASE_URL"] = named
