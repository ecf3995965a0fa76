"""The services of docker-compose.yml on this machine, without Docker: the file's own commands, environments, health checks.

What a container would bring is put in their place: addresses of the test run's database and Redis, a port that is free, a
folder for what is written, the host's name.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import psycopg2
import yaml
from django.db import connection, connections
from psycopg2 import sql

from tests.services import WORKER
from tools import processes, servers

ROOT = Path(__file__).resolve().parent.parent
FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
HOST = "portal.example.org"
# What the one who runs the portal puts into .env.
GIVEN = {
    "SECRET_KEY": "a-key-for-this-run-alone-0123456789abcdefghijklmnopqrstuvwxyz",
    "POSTGRES_PASSWORD": "mer",
    "PUBLIC_URL": f"https://{HOST}",
    "ALLOWED_HOSTS": HOST,
    "EMAIL_URL": "smtp://127.0.0.1:9",  # nobody listens there
    "DEFAULT_FROM_EMAIL": f"portal@{HOST}",
}
_VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::([?-])([^}]*))?\})")


class Missing(Exception):
    """The file needs a variable that nobody gave."""


def filled(value, given: Mapping[str, str]):
    """`value` with its variables replaced, as Compose does: `${NAME:-default}`, `${NAME:?complaint}`, `$$` for a dollar."""
    if isinstance(value, dict):
        return {key: filled(part, given) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, given) for part in value]
    return _VARIABLE.sub(lambda found: _value(found, given), value) if isinstance(value, str) else value


def _value(found: re.Match, given: Mapping[str, str]) -> str:
    dollar, name, way, other = found.groups()
    if dollar:
        return "$"
    if given.get(name):
        return given[name]
    if way == "?":
        raise Missing(name)
    return other if way == "-" else ""


class Services:
    """Services started by name, each with its log in `folder`."""

    def __init__(self, folder: Path, database: str):
        self.folder, self.database = folder, database
        self.port, self.redis_port = servers.free_port(), servers.free_port()
        self.redis = f"redis://127.0.0.1:{self.redis_port}/0"
        self.file = filled(FILE, GIVEN)["services"]
        self.processes: dict[str, subprocess.Popen] = {}

    def environment(self, name: str) -> dict[str, str]:
        """The file's environment of the service and nothing of this process's but where programs lie."""
        programs = [Path(sys.executable).parent, servers.redis_program().parent, servers.postgres_programs()]
        folders = [str(folder) for folder in programs if folder] + [os.environ["PATH"]]
        here = {"PATH": os.pathsep.join(folders), "HOME": str(self.folder), "HOSTNAME": socket.gethostname()}
        asked = {key: str(value) for key, value in self.file[name].get("environment", {}).items()}
        if "DATABASE_URL" in asked:
            asked |= {"DATABASE_URL": self.database, "REDIS_URL": self.redis, "PORT": str(self.port)}
            asked |= {"MER_VAR_DIR": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
            asked |= {"BEAT_SECONDS": "1"}
        address = urlsplit(self.database)
        place = parse_qs(address.query).get("host", [address.hostname])[0]
        return here | asked | {"PGHOST": place, "PGPORT": str(address.port or 5432)}

    def command(self, name: str) -> list[str]:
        command = self.file[name]["command"]
        alone = ["--bind", "127.0.0.1", "--port", str(self.redis_port), "--dir", str(self.folder)]
        return [*command, *alone] if name == "redis" else command

    def run(self, name: str, command: list[str] | None = None) -> subprocess.CompletedProcess:
        """The service's command, or another one in its place, to its end."""
        return subprocess.run(
            command or self.command(name),
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, *names: str) -> None:
        for name in names:
            with self.log(name).open("a") as log:
                self.processes[name] = processes.start(
                    self.command(name), cwd=ROOT, env=self.environment(name), stdout=log, stderr=log
                )

    def stop(self, *names: str) -> None:
        for name in names:
            processes.stop(self.processes.pop(name), patience=20)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def is_healthy(self, name: str) -> bool:
        """The service's own health check, asked once."""
        kind, *test = self.file[name]["healthcheck"]["test"]
        test = [part.replace("web:8000", f"127.0.0.1:{self.port}") for part in test]
        test = [part.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}") for part in test]
        if name == "redis":
            test[1:1] = ["-p", str(self.redis_port)]
        command = ["/bin/sh", "-c", *test] if kind == "CMD-SHELL" else test
        return self.run(name, command).returncode == 0

    def wait_healthy(self, *names: str, patience: float = 60) -> None:
        for name in names:
            wait(lambda name=name: self.is_healthy(name), f"{name} is not healthy", self.log(name), patience)

    def get(self, path: str, method: str = "GET", **headers: str) -> SimpleNamespace:
        """The web server's answer, asked as the proxy in front of it does: {status, headers, body}."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = {"Host": HOST, "X-Forwarded-Proto": "https", "Connection": "close"} | headers
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request(method, path, headers=asked)
            answer = line.getresponse()
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read().decode())

    def json(self, path: str) -> dict:
        return json.loads(self.get(path).body)

    def log_lines(self, name: str) -> list[str]:
        return self.log(name).read_text().splitlines()


def wait(until: Callable[[], bool], complaint: str, log: Path, patience: float = 30) -> None:
    """Ask until the answer is yes; an assertion with the end of the log when it stays no."""
    deadline = time.monotonic() + patience
    while not until():
        assert time.monotonic() < deadline, f"{complaint} after {patience:.0f} s:\n{log.read_text()[-3000:]}"
        time.sleep(0.2)


@contextmanager
def services(folder: Path) -> Iterator[Services]:
    """Services over an empty database; all that were started end with the block, and the database goes."""
    name = f"mer_test_compose_{os.getpid()}_{WORKER}"
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    _on_the_server("CREATE DATABASE {} TEMPLATE template0", name)
    started = Services(folder, address)
    try:
        yield started
    finally:
        for process in reversed(started.processes.values()):
            processes.stop(process, patience=20)
        _on_the_server("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def database_of(started: Services, blocker) -> Iterator[None]:
    """This process's models work on the services' database; what they do is committed."""
    ours = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = urlsplit(started.database).path[1:]
    try:
        with blocker.unblock():
            yield
    finally:
        with suppress(Exception):
            connections.close_all()
        connection.settings_dict["NAME"] = ours


def _on_the_server(statement: str, name: str) -> None:
    parameters = connection.get_connection_params() | {"dbname": "postgres", "cursor_factory": None}
    with closing(psycopg2.connect(**parameters)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
