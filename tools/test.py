"""The whole suite: its core on SQLite, then everything on a real PostgreSQL, Redis and Chromium.

A test that is a table runs with one row on SQLite, with all of them on PostgreSQL; those marked `every_row`, and all in the
long run, with all rows on both.

Arguments go to pytest: `make test ARGS="-k feed -x"`.
"""

import os
import signal
import sys
import tempfile

from tests import services
from tools import processes, servers

NO_TESTS_CHOSEN = 5  # pytest's exit status


def main(arguments: list[str]) -> int:
    sys.stdout.reconfigure(line_buffering=True)
    processes.exit_on_signals()
    say_what_browser()
    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        everything = os.environ | addresses | {"MER_VAR_DIR": f"{place}/var"}
        # Otherwise each worker, and each program that a test starts, would compile all of the portal anew.
        everything.pop("PYTHONDONTWRITEBYTECODE", None)
        sqlite = everything | {"DATABASE_URL": f"sqlite:///{place}/core.sqlite3", "MER_ROWS": "one"}
        print("\nThe core on SQLite")
        on_sqlite = pytest([*arguments, "-m", "core"], sqlite)
        print("\nEverything on PostgreSQL")
        on_postgres = pytest(arguments, everything)
    if arguments and on_postgres == 0 and on_sqlite == NO_TESTS_CHOSEN:
        return 0
    if on_postgres == 0 and on_sqlite:
        print("The core failed on SQLite, see above.")
    return int(bool(on_sqlite or on_postgres))


def pytest(arguments: list[str], environment: dict[str, str]) -> int:
    workers = min(max(os.cpu_count() or 2, 2), 8) + 1  # one of them waits for a browser or a server now and then
    command = [sys.executable, "-m", "pytest", "-n", str(workers), "--dist", "worksteal", *arguments]
    process = processes.start(command, end_by=signal.SIGINT, start_new_session=False, env=environment)
    try:
        return process.wait()
    except BaseException as interruption:
        if not isinstance(interruption, KeyboardInterrupt):  # the terminal has told pytest, too
            process.send_signal(signal.SIGINT)
        process.wait()
        raise


def say_what_browser() -> None:
    browser = services.chromium()
    if browser:
        print(f"Chromium {servers.described(browser)}")
    elif os.environ.get("CI") == "true":
        raise SystemExit(f"NO CHROMIUM: CI skips nothing. {services.INSTALL_CHROMIUM}")
    else:
        print(f"NO CHROMIUM: THE BROWSER TESTS ARE SKIPPED. {services.INSTALL_CHROMIUM}")


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
