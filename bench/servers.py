"""Programs under gunicorn, each on a port that was free, as the portal's image starts them: one worker, eight threads."""

import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from bench.client import Reader
from tools import processes

WAYS = ["--worker-class=gthread", "--workers=1", "--threads=8", "--timeout=60", "--no-control-socket"]
PATIENCE = 120  # seconds until a program answers


@dataclass
class Server:
    """A program that answers: where, by which process, and what PostgreSQL calls its connections."""

    name: str
    port: int
    worker: int
    reader: Reader = field(repr=False)

    @property
    def application_name(self) -> str:
        return f"bench {self.name}"


def taken(port: int) -> socket.socket:
    """The port, bound by us, so that nobody else answers there; 0 takes any. Raises CommandError if it is not free."""
    own = socket.socket()
    try:
        own.bind(("127.0.0.1", port))
    except OSError:
        own.close()
        raise CommandError(f"Port {port} is not free; somebody else would be measured.") from None
    own.listen(64)
    return own


@contextmanager
def serving(
    name: str, program: str, environment: dict[str, str], *, place: Path, ready: str, port: int = 0
) -> Iterator[Server]:
    """`program` is `module:application`; `ready` an address that answers 200. Its log lies in `place`."""
    log = place / f"{name.replace(' ', '-')}.log"
    with taken(port) as own, log.open("w") as output:
        own_port = own.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", program, *WAYS, f"--bind=fd://{own.fileno()}"]
        known = os.environ | environment | {"PGAPPNAME": f"bench {name}", "PORT": str(own_port)}
        known |= {key: value.format(port=own_port) for key, value in environment.items() if "{port}" in value}
        process = processes.start(
            command, cwd=settings.BASE_DIR, env=known, stdout=output, stderr=output, pass_fds=[own.fileno()]
        )
    try:
        with closing(Reader(own_port)) as reader:
            _wait(process, reader, ready, log)
            yield Server(name, own_port, _only_child(process.pid), reader)
    finally:
        processes.stop(process)


def portal_environment(place: Path, redis_url: str) -> dict[str, str]:
    """Server mode, as in production; without TLS, which a proxy ends there."""
    return {
        "MER_MODE": "server",
        "MER_ALLOW_HTTP": "1",
        "MER_VAR_DIR": str(place),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PUBLIC_URL": "http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "REDIS_URL": redis_url,
        "EMAIL_URL": "smtp://127.0.0.1",
        "DEFAULT_FROM_EMAIL": "portal@portal.example",
        "DEBUG": "0",
        "MER_DEMO": "0",
        "LOG_LEVEL": "INFO",
        # counted as in production, and never reached
        "READS_A_MINUTE": "1000000000",
        "DUMPS_A_MINUTE": "1000000000",
    }


def _wait(process, reader: Reader, ready: str, log: Path) -> None:
    deadline, status = time.monotonic() + PATIENCE, None
    while process.poll() is None and time.monotonic() < deadline:
        try:
            status = reader.get(ready).status
        except OSError:
            status = None
        if status == 200:
            return
        time.sleep(0.1)
    raise CommandError(f"{process.args[3]} does not answer (last: {status}):\n{log.read_text()[-3000:]}")


def _only_child(pid: int) -> int:
    [child] = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)
