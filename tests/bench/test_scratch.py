"""Nothing is written into a database that was not made for it."""

import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.core.management import CommandError

from bench.data import Catalogue
from bench.filling import fill
from bench.scratch import Postgres, Scratch, Sqlite, dropped_in_the_end, dsn, migrate


@pytest.fixture
def portals_own(tmp_path) -> Scratch:
    """A database that somebody else made."""
    file = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE catalogue_entry (id INTEGER)")
    return Scratch("sqlite", f"sqlite:///{file}")


@pytest.mark.parametrize("write", [migrate, lambda scratch: fill(scratch, Catalogue(10), beside=True)])
def test_a_database_without_the_mark_is_refused_and_left_as_it_is(portals_own, write):
    before = portals_own.file.read_bytes()

    with pytest.raises(CommandError, match="was not made by this command"):
        write(portals_own)

    assert portals_own.file.read_bytes() == before


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    missing = Scratch("sqlite", f"sqlite:///{tmp_path / 'missing.sqlite3'}")

    with pytest.raises(CommandError, match="was not made by this command"):
        missing.connect()

    assert not missing.file.exists()


def test_a_copy_bears_the_mark(portals_own, tmp_path):
    copy = Sqlite(tmp_path, portals_own.file).make("copy")

    with closing(copy.connect()) as database:
        assert database.execute("SELECT count(*) FROM catalogue_entry").fetchone() == (0,)


def test_on_postgresql_databases_are_made_beside_the_portals_and_dropped(postgresql, django_db_setup):
    own = Scratch("postgresql", django_db_setup.url)
    with pytest.raises(CommandError, match="was not made by this command"):
        own.connect()

    with dropped_in_the_end(Postgres(own.url, django_db_setup.template)) as maker:
        made = maker.make("story")
        with closing(made.connect()) as database, database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM catalogue_entry")
            assert cursor.fetchone() == (0,)

    assert made.name not in _databases(own.url)


def test_documents_lie_in_it_as_the_migrations_of_production_put_them(postgresql, django_db_setup):
    """Outside of their rows and not compressed: unpacking them at each read would cost more than it saves."""
    with dropped_in_the_end(Postgres(django_db_setup.url, django_db_setup.template)) as maker:
        kept = _how_documents_are_kept(maker.make("story"))

    assert kept == ("e", ["toast_tuple_target=8160"])


def test_a_server_of_another_kind_makes_no_databases():
    with pytest.raises(CommandError):
        Postgres("sqlite:///portal.sqlite3")


def _databases(url: str) -> set[str]:
    server = urlsplit(url)._replace(path="/postgres").geturl()
    with closing(psycopg2.connect(dsn(server))) as database, database.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor}


def _how_documents_are_kept(scratch: Scratch) -> tuple:
    with closing(scratch.connect()) as database, database.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage, reloptions FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relname = 'catalogue_entry' AND attname = 'document'"
        )
        return cursor.fetchone()
