"""What each worker of a test run needs: a migrated database of its own, a Redis of its own, a browser.

`tools/test.py` starts the servers and names them in DATABASE_URL and REDIS_URL. In `tests/conftest.py`:

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment, django_db_blocker):
        with django_db_blocker.unblock(), services.database() as copy:
            yield copy      # a test that commits calls `copy.renew()` when it is done

    def pytest_collection_modifyitems(config, items):
        services.choose(config, items)
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg2 import sql

from tools.servers import KEPT, TEMPLATE

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))  # the same for all workers
FURNISHED = "mer_furnished_"  # how the names of databases begin that are kept for one run
LONG = os.environ.get("MER_LONG") == "1"  # races and fuzzing at their stated size
ONE_ROW = os.environ.get("MER_ROWS") == "one" and not LONG  # of each table, where another run has them all
INSTALL_CHROMIUM = "Install it (sudo apt-get install chromium), or name it in CHROMIUM."


@contextmanager
def database() -> Iterator["PostgresCopy | SqliteCopy"]:
    """This worker's copy of the migrated database: Django's default connection, and DATABASE_URL for child processes.

    Migrated once for each state of the migrations, by the worker that comes first; kept for later runs.
    """
    address, name = os.environ.get("DATABASE_URL", ""), connection.settings_dict["NAME"]
    copy = PostgresCopy(address) if connection.vendor == "postgresql" else SqliteCopy()
    with _one_at_a_time():
        copy.ensure_template()
        copy.renew()
    os.environ["DATABASE_URL"] = copy.url
    try:
        yield copy
    finally:
        copy.drop()
        _use(name)
        os.environ["DATABASE_URL"] = address


def redis_url() -> str:
    """REDIS_URL with this worker's own database number."""
    number = int(re.search(r"\d+$", WORKER)[0])
    return urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number + 1}").geturl()


def chromium() -> str | None:
    """Chromium's path: CHROMIUM from the environment, else the system's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out `long` tests unless MER_LONG=1, and with MER_ROWS=one the rows that `further_rows` finds; without Chromium
    skip `browser` tests, or fail under CI=true.

    Browser tests come first: they take longest, and no worker shall begin one when the others have finished.
    """
    if not LONG:
        leave_out([item for item in items if item.get_closest_marker("long")], config, items)
    if ONE_ROW:
        leave_out(further_rows(items), config, items)
    items.sort(key=lambda item: not item.get_closest_marker("browser"))
    if not chromium():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=f"There is no Chromium. {INSTALL_CHROMIUM}"))
                if os.environ.get("CI") == "true":
                    raise pytest.UsageError(f"Browser tests need Chromium, and CI skips nothing. {INSTALL_CHROMIUM}")


def leave_out(some: list[pytest.Item], config: pytest.Config, items: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=some)
    out = set(some)
    items[:] = [item for item in items if item not in out]


def further_rows(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of each test that is a table all rows but the first, unless it is marked `every_row`."""
    seen, further = set(), []
    for item in items:
        story = item.nodeid.partition("[")[0]
        if story in seen and not item.get_closest_marker("every_row"):
            further.append(item)
        seen.add(story)
    return further


MADE_FROM = ("apps.py", "acts.py", "roles.py", "guards.py", "migrations/*.py")


def fingerprint() -> str:
    """A digest of what a fresh database is made from: the files of MADE_FROM in each app, and the languages."""
    digest = hashlib.sha256(repr((settings.LANGUAGE_CODE, settings.LANGUAGES)).encode())
    for app in apps.get_app_configs():
        for file in sorted(each for name in MADE_FROM for each in Path(app.path).glob(name)):
            digest.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class Copy:
    """A worker's own database. `template` is what `renew` copies."""

    @contextmanager
    def furnished(self, name: str, furnish: Callable[[], None]) -> Iterator[None]:
        """Meanwhile `renew` brings a database in which `furnish` was called: once in a run, by the worker that comes first."""
        empty, self.template = self.template, self._place_of(f"{FURNISHED}{name}_{RUN}")
        try:
            with _one_at_a_time():
                if not self._is_there(self.template):
                    self._forget(f"{FURNISHED}{name}_")
                    self._renew_from(empty)
                    furnish()
                    self._keep()
            self.renew()
            yield
        finally:
            self.template = empty
            self.renew()

    def renew(self) -> None:
        """Throw the copy away and take a new one: what tests did, committed or not, is gone."""
        self._renew_from(self.template)


class PostgresCopy(Copy):
    """A database `mer_test_…` made with `CREATE DATABASE … TEMPLATE` on the server of `address`."""

    def __init__(self, address: str):
        self.template = f"{TEMPLATE}{fingerprint()}"
        self.name = f"mer_test_{os.getpid()}_{WORKER}"
        self.url = urlsplit(address)._replace(path=f"/{self.name}").geturl()
        self.server = connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": None}

    def ensure_template(self) -> None:
        if not self._is_there(self.template):
            self._forget(TEMPLATE)
            unfinished = f"{TEMPLATE}unfinished"
            self._do("CREATE DATABASE {} TEMPLATE template0", unfinished)
            _migrate(unfinished)
            self._do("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def _renew_from(self, template: str) -> None:
        self.drop()
        self._do("CREATE DATABASE {} TEMPLATE {}", self.name, template)
        _use(self.name)

    def _keep(self) -> None:
        connections.close_all()
        self._do("CREATE DATABASE {} TEMPLATE {}", self.template, self.name)

    def _place_of(self, name: str) -> str:
        return name

    def _is_there(self, template: str) -> bool:
        return template in self._names(template)

    def _forget(self, beginning: str) -> None:
        for outdated in self._names(beginning):
            self._do("DROP DATABASE {} WITH (FORCE)", outdated)

    def drop(self) -> None:
        connections.close_all()
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def _names(self, beginning: str) -> list[str]:
        with closing(psycopg2.connect(**self.server)) as server, server.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
            return [name for (name,) in cursor]

    def _do(self, statement: str, *names: str) -> None:
        with closing(psycopg2.connect(**self.server)) as server:
            server.autocommit = True
            with server.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class SqliteCopy(Copy):
    """A copied file."""

    def __init__(self):
        self.template = KEPT / f"{TEMPLATE}{fingerprint()}.sqlite3"
        self.folder = Path(tempfile.mkdtemp(prefix="mer-"))
        self.name = self.folder / f"{WORKER}.sqlite3"
        self.url = f"sqlite:///{self.name}"

    def ensure_template(self) -> None:
        if not self._is_there(self.template):
            self._forget(TEMPLATE)
            unfinished = KEPT / f"{TEMPLATE}unfinished"
            _migrate(unfinished)
            unfinished.replace(self.template)

    def _renew_from(self, template: Path) -> None:
        connections.close_all()
        for leftover in self.folder.glob(f"{self.name.name}*"):  # with its -wal and -shm
            leftover.unlink()
        shutil.copyfile(template, self.name)
        _use(self.name)

    def _keep(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        shutil.copyfile(self.name, self.template)

    def _place_of(self, name: str) -> Path:
        return KEPT / f"{name}.sqlite3"

    def _is_there(self, template: Path) -> bool:
        return template.exists()

    def _forget(self, beginning: str) -> None:
        for outdated in KEPT.glob(f"{beginning}*"):
            outdated.unlink()

    def drop(self) -> None:
        connections.close_all()
        shutil.rmtree(self.folder)


def _migrate(name: str | Path) -> None:
    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def _use(name: str | Path) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
