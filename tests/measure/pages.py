"""What a public page costs a reader without an account: made anew, and kept.

    python -m tests.measure.pages

Queries and processor milliseconds a request over the seeded content, on SQLite and on PostgreSQL; medians of rounds in which
both ways take turns. The figures stand in docs/measurements.md.
"""

import functools
import io
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

ROUNDS = 60
ONE_OF_EACH = ("practices", "projects", "programmes", "partners", "areas", "events", "action-plans", "library")


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            subprocess.run([sys.executable, "-m", "tests.measure.pages", "here"], env=environment, check=True)


def measure_here() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests import services

    with services.database():
        call_command("seed", verbosity=0, stdout=io.StringIO())
        for path in addresses():
            queries = count(path)
            anew, kept = interleaved(lambda p=path: ask(p, forget=True), lambda p=path: ask(p), number=ROUNDS)
            print(
                f"{connection.vendor:<10} {path:<60} {queries} queries, {anew:.1f} ms; kept {kept:.2f} ms,"
                f" 1/{anew / kept:.0f}",
                flush=True,
            )


def addresses() -> list[str]:
    """Home, a list, a list with filters, and of each kind the record with the longest document."""
    from django.db.models.functions import Length

    from catalogue.models import Entry

    longest = (
        Entry.objects.visible().of_kind(kind).order_by(Length("document").desc()).first() for kind in ONE_OF_EACH
    )
    records = [f"/en/{entry.kind}/{entry.slug}/" for entry in longest if entry]
    return ["/en/", "/en/practices/", "/en/practices/?country=SI", "/en/events/", "/en/search/?q=area", *records]


def count(path: str) -> int:
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(path)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        ask(path)
    return len(asked)


@functools.cache
def reader():
    """One for all requests: a new one would load the middleware each time."""
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1")


def interleaved(*calls, number: int) -> list[float]:
    """Processor milliseconds of each call, medians of rounds in which all of them take turns."""
    taken = [[] for _call in calls]
    for _round in range(number):
        for times, call in zip(taken, calls, strict=True):
            begun = time.process_time()
            call()
            times.append((time.process_time() - begun) * 1000)
    return [median(times) for times in taken]


def ask(path: str, *, forget: bool = False) -> None:
    from django.core.cache import caches

    if forget:
        caches["pages"].clear()
    answer = reader().get(path)
    assert answer.status_code == 200, path


if __name__ == "__main__":
    measure_here() if "here" in sys.argv else main()
