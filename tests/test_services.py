"""The test run's own means: servers that come up and go, databases that are copied, tests that are chosen."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import redis
from django.contrib.auth import get_user_model

from tests import services
from tools import servers


def test_given_servers_are_used_as_they_are(monkeypatch):
    given = {"DATABASE_URL": "postgres://somebody@127.0.0.1/theirs", "REDIS_URL": "redis://127.0.0.1/0"}
    for name, address in given.items():
        monkeypatch.setenv(name, address)
    said = []

    with servers.running(said.append) as addresses:
        assert addresses == given

    assert said == [
        "PostgreSQL: the one named by DATABASE_URL (127.0.0.1)",
        "Redis: the one named by REDIS_URL (127.0.0.1)",
    ]


def test_a_redis_comes_up_behind_a_password_and_goes(tmp_path):
    with servers.redis_server(servers.redis_program(), tmp_path / "redis") as address:
        without_password = f"redis://{address.rpartition('@')[2]}"
        with redis.Redis.from_url(address) as client:
            assert client.ping()
        with redis.Redis.from_url(without_password) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()

    with redis.Redis.from_url(address) as client, pytest.raises(redis.ConnectionError):
        client.ping()


def test_a_cluster_with_a_template_is_kept_and_a_broken_one_is_made_anew(open_folder, monkeypatch):
    monkeypatch.setattr(servers, "KEPT", open_folder / "kept")

    def serve(place, statement=""):
        server = servers.Postgres(servers.postgres_programs(), open_folder / place)
        server.start()
        templates = server.templates
        with contextlib.closing(server._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement or "SELECT 1")
        server.stop()
        assert server.process.poll() is not None
        return templates, server.kept

    assert serve("first", f"CREATE DATABASE {servers.TEMPLATE}one")[0] == set()
    templates, kept = serve("second")
    assert templates == {f"{servers.TEMPLATE}one"}
    kept.write_bytes(b"not a cluster")
    assert serve("third")[0] == set()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells children that their parent died.")
def test_servers_end_even_if_the_run_is_killed():
    script = (
        "from tools.processes import start; child = start(['sleep', '60']); print(child.pid, flush=True); child.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 5
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.kill(child, 0)
            time.sleep(0.02)


@pytest.mark.core
def test_a_copy_is_migrated_and_a_renewed_one_has_forgotten_what_was_committed(django_db_blocker, monkeypatch):
    monkeypatch.setattr(services, "WORKER", f"{services.WORKER}_beside")
    people = get_user_model().objects

    with django_db_blocker.unblock(), services.database() as copy:
        people.create_user(email="ana@example.org")
        assert people.count() == 1
        copy.renew()
        assert people.count() == 0


@pytest.mark.core
def test_child_processes_are_given_the_copy(django_db_blocker, monkeypatch):
    monkeypatch.setattr(services, "WORKER", f"{services.WORKER}_beside")
    before = os.environ.get("DATABASE_URL")

    with django_db_blocker.unblock(), services.database() as copy:
        get_user_model().objects.create_user(email="ana@example.org")
        question = "from django.contrib.auth import get_user_model as model; print(model().objects.get().email)"
        child = subprocess.run([sys.executable, "manage.py", "shell", "-c", question], capture_output=True, text=True)
        assert os.environ["DATABASE_URL"] == copy.url

    assert child.stdout.splitlines()[-1:] == ["ana@example.org"], child.stderr
    assert os.environ.get("DATABASE_URL") == before


def test_a_changed_migration_is_a_new_template(tmp_path, monkeypatch):
    monkeypatch.setattr(
        services.apps, "get_app_configs", lambda: [SimpleNamespace(label="practices", path=str(tmp_path))]
    )
    (tmp_path / "migrations").mkdir()
    migration = tmp_path / "migrations" / "0001_initial.py"
    migration.write_text("operations = []")
    first = services.fingerprint()

    assert services.fingerprint() == first
    migration.write_text("operations = [1]")
    assert services.fingerprint() != first


def test_each_worker_has_a_redis_of_its_own(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://:secret@127.0.0.1:6379/0")
    monkeypatch.setattr(services, "WORKER", "gw3")

    assert services.redis_url() == "redis://:secret@127.0.0.1:6379/4"


class Item:
    """As much of a collected test as the choice looks at."""

    def __init__(self, *marks, nodeid=""):
        self.marks = set(marks)
        self.nodeid = nodeid
        self.added = []

    def get_closest_marker(self, name):
        return name in self.marks or None

    def add_marker(self, mark):
        self.added.append(mark.name)


def test_long_tests_wait_for_their_own_target(pytestconfig, monkeypatch):
    plain, long = Item(), Item("long")

    for asked, expected in ((False, [plain]), (True, [plain, long])):
        monkeypatch.setattr(services, "LONG", asked)
        items = [plain, long]
        services.choose(SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None)), items)
        assert items == expected


def test_of_a_table_whose_rows_run_elsewhere_the_first_is_taken(monkeypatch):
    one, two, other = Item(nodeid="a::t[1]"), Item(nodeid="a::t[2]"), Item(nodeid="a::u")
    rows = [Item("every_row", nodeid="b::t[1]"), Item("every_row", nodeid="b::t[2]")]

    for asked, expected in ((False, [one, two, other, *rows]), (True, [one, other, *rows])):
        monkeypatch.setattr(services, "ONE_ROW", asked)
        items = [one, two, other, *rows]
        services.choose(SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None)), items)
        assert items == expected


def test_browser_tests_come_first(pytestconfig, monkeypatch):
    monkeypatch.setattr(services, "chromium", lambda: "chromium")
    first, browser, last = Item(), Item("browser"), Item()
    items = [first, browser, last]

    services.choose(pytestconfig, items)

    assert items == [browser, first, last]


def test_without_chromium_browser_tests_are_skipped_but_not_under_ci(pytestconfig, monkeypatch):
    monkeypatch.setattr(services, "chromium", lambda: None)
    plain, browser = Item(), Item("browser")

    monkeypatch.delenv("CI", raising=False)
    services.choose(pytestconfig, [plain, browser])
    assert (plain.added, browser.added) == ([], ["skip"])

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError):
        services.choose(pytestconfig, [plain, browser])


@pytest.fixture
def open_folder():
    """A folder that root's ordinary user may walk through, with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="mer-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
