"""Databases that are made to be measured and thrown away. Nothing is ever written into any other one.

Each bears a mark, and whatever writes looks for the mark first: the portal's own database has none.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
from django.conf import settings
from django.core.management import CommandError
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

MARK = "made by manage.py bench, to be thrown away"
APPLICATION_ID = 0x4D455242  # SQLite's place for a mark: MERB
NAME = "mer_bench_"


@dataclass(frozen=True)
class Scratch:
    """A marked database, as its vendor, its URL, and for SQLite its file."""

    vendor: str
    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.removeprefix("/")

    @property
    def file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def connect(self) -> Connection | sqlite3.Connection:
        """For whoever writes. Raises CommandError if the database is not one of these."""
        refuse_others(self)
        if self.vendor == "postgresql":
            return psycopg2.connect(dsn(self.url))
        return sqlite3.connect(self.file)

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}


def dsn(url: str) -> str:
    """What libpq reads; it knows no scheme but its own."""
    return url.replace("postgres://", "postgresql://", 1)


def refuse_others(scratch: Scratch) -> None:
    if not _is_marked(scratch):
        raise CommandError(f"{scratch.name} was not made by this command, which writes into no other database.")


def _is_marked(scratch: Scratch) -> bool:
    if scratch.vendor == "sqlite":
        if not scratch.file.exists():
            return False
        with closing(sqlite3.connect(scratch.file)) as database:
            return database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    with closing(psycopg2.connect(dsn(scratch.url))) as server, server.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone() == (MARK,)


class Postgres:
    """Makes databases on the server of `address`, from one that is migrated once; drops them in the end.

    `migrated` names a database that is migrated already, and is only copied.
    """

    def __init__(self, address: str, migrated: str = ""):
        if urlsplit(address).scheme not in ("postgres", "postgresql"):
            raise CommandError("Databases of PostgreSQL are made on a server of PostgreSQL.")
        self.address, self.migrated, self.made = address, migrated, []

    def make(self, name: str) -> Scratch:
        if not self.migrated:
            self.migrated = self._create("migrated", "template0").name
            migrate(self._at(self.migrated))
        return self._create(name, self.migrated)

    @property
    def version(self) -> str:
        """Such as 15.18."""
        with closing(psycopg2.connect(dsn(self.address))) as server:
            return f"{server.server_version // 10_000}.{server.server_version % 10_000}"

    def drop(self) -> None:
        for name in self.made:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _create(self, name: str, template: str) -> Scratch:
        scratch = self._at(f"{NAME}{name}_{uuid4().hex[:8]}")
        self._do("CREATE DATABASE {} TEMPLATE {}", scratch.name, template)
        self.made.append(scratch.name)
        self._do("COMMENT ON DATABASE {} IS " + f"'{MARK}'", scratch.name)
        # helpers of a statement end with it, and nobody could say afterwards what they took
        self._do("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0", scratch.name)
        return scratch

    def _at(self, name: str) -> Scratch:
        return Scratch("postgresql", urlsplit(self.address)._replace(path=f"/{name}").geturl())

    def _do(self, statement: str, *names: str) -> None:
        with closing(psycopg2.connect(dsn(self.address))) as server:
            server.autocommit = True
            with server.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class Sqlite:
    """Makes files in a folder, which its owner throws away."""

    def __init__(self, place: Path, migrated: Path | None = None):
        self.place, self.migrated = place, migrated

    def make(self, name: str) -> Scratch:
        if not self.migrated:
            empty = self._marked(f"{NAME}migrated")
            migrate(empty)
            self.migrated = empty.file
        made = self._at(f"{NAME}{name}")
        with closing(sqlite3.connect(self.migrated)) as source, closing(sqlite3.connect(made.file)) as target:
            source.backup(target)
        return self._marked(f"{NAME}{name}")

    def drop(self) -> None:
        """They go with their folder."""

    def _at(self, name: str) -> Scratch:
        return Scratch("sqlite", f"sqlite:///{self.place / name}.sqlite3")

    def _marked(self, name: str) -> Scratch:
        scratch = self._at(name)
        with closing(sqlite3.connect(scratch.file)) as database:
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return scratch


def migrate(scratch: Scratch) -> None:
    """As the portal's own migrations make it: with the way in which PostgreSQL keeps documents, and all indexes."""
    refuse_others(scratch)
    manage(["migrate", "--verbosity=0"], scratch.environment())


def manage(arguments: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")


@contextmanager
def dropped_in_the_end(maker: "Postgres | Sqlite") -> Iterator["Postgres | Sqlite"]:
    try:
        yield maker
    finally:
        maker.drop()
