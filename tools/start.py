"""The portal on this machine alone: `make run`.

Everything it keeps is in `var/`: the SQLite database, files, the key, the demo users' passwords.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from operations.release import release
from tools import processes

VAR = Path(os.environ.get("MER_VAR_DIR", "var"))
DEMO_USERS = VAR / "demo-users.txt"
RENDERED_BY = VAR / "rendered-by"  # the code that the published records were last brought up to
WEB = [
    "gunicorn",
    "mer_portal.wsgi",
    "--threads=8",
    "--timeout=60",
    "--graceful-timeout=3",
    "--no-control-socket",
    "--log-level=warning",
]
# One process: the embedded mode's cache is in its memory.
BEAT = ["manage.py", "tick", "--loop"]


def main() -> int:
    sys.stdout.reconfigure(line_buffering=True)
    processes.exit_on_signals()
    port = int(os.environ.get("PORT") or 8000)
    address = f"http://127.0.0.1:{port}"
    os.environ["MER_DEMO"] = "1"
    if not os.environ.get("PUBLIC_URL"):
        os.environ["PUBLIC_URL"] = address
    refuse_busy(port)
    prepare()
    print("Starting the web server and the background work")
    children = [python("-m", *WEB, f"--bind=127.0.0.1:{port}")]
    try:
        wait_for(address, children[0])
        children.append(python(*BEAT))
        print_welcome(address)
        return first_end(children)
    finally:
        for child in children:
            processes.stop(child)


def refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"Port {port} is busy. Another one: make run PORT={port + 1}") from None


def prepare() -> None:
    """Bring database and content up to date; the commands are quick when nothing is new."""
    manage("Bringing the database up to date", "migrate", "--verbosity=0")
    manage("Loading the content", "seed")
    code = release()
    if not RENDERED_BY.exists() or RENDERED_BY.read_text() != code:
        manage("Bringing the published records up to date", "catalogue", "rebuild")
        RENDERED_BY.write_text(code)


def manage(title: str, *command: str) -> None:
    print(title)
    if subprocess.run([sys.executable, "manage.py", *command], check=False).returncode:
        raise SystemExit(f"{title} failed: see above.")


def python(*arguments: str) -> subprocess.Popen:
    return processes.start([sys.executable, *arguments])


def wait_for(address: str, web: subprocess.Popen, patience: float = 60) -> None:
    """Until the first page was served, so that no visitor waits for what is made at the first request."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise SystemExit("The web server ended: see above.")
        try:
            with urllib.request.urlopen(f"{address}/", timeout=patience):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"The first page answers {error.code}: see above.") from None
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The web server gave no page in {patience:.0f} seconds.")


def print_welcome(address: str) -> None:
    print(f"\nThe MER portal is at {address}/ (Ctrl-C ends it).")
    if DEMO_USERS.exists():
        print("Log in at " + address + "/accounts/login/ as one of (role, e-mail, password):")
        print(*(f"  {line}" for line in DEMO_USERS.read_text().splitlines()), sep="\n")


def first_end(children: list[subprocess.Popen]) -> int:
    """Wait until a child ends by itself, which it should not."""
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    ended = next(child for child in children if child.poll() is not None)
    print(f"{' '.join(ended.args[1:3])} ended with status {ended.returncode}; so the portal ends.")
    return 1


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        print("\nThe portal has ended.")
