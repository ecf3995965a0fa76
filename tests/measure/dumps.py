"""What a full pull by the dumps costs, beside PostgreSQL's bare COPY of the same texts.

    python -m tests.measure.dumps [SMALL LARGE]

Megabytes a second of psql's COPY, of the live NDJSON and of the ready-made file, each read over a socket from a real
gunicorn, in interleaved rounds; medians, and the median of the rounds' ratios. Then by how many megabytes the server's
memory grows while it gives live NDJSON of SMALL (10,000) and LARGE (100,000) records, and the other formats of SMALL. Documents
have 2.4 kB.
The figures stand in docs/measurements.md.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

ROUNDS = 7
LENGTH = 2_400  # characters a document
COPY = (
    "COPY (SELECT document FROM catalogue_entry WHERE kind = 'practices' AND withdrawn IS NULL AND network_id IS NULL"
    " ORDER BY id) TO STDOUT"
)


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        given = {"DATABASE_URL": addresses["DATABASE_URL"], "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "tests.measure.dumps", "here", *sys.argv[1:]]
        subprocess.run(command, env=os.environ | given, check=True)


def measure_here(small: int, large: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.db import connections

    from exchange.dumps import files, shelf
    from exchange.dumps.formats import FORMATS
    from tests import services

    with services.database():
        for records in (small, large):
            fill(records)
            began = time.monotonic()
            if records == large:
                files.FORMATS = {"ndjson": FORMATS["ndjson"]}
            files.make("practices")
            made = time.monotonic() - began
            name = shelf.ready_file("practices", "ndjson").name
            connections.close_all()
            print(f"{records} records: {', '.join(files.FORMATS)} ready-made in {made:.0f} s")
            with serving() as (port, worker):
                speeds(port, f"/api/v1/dumps/files/{name}")
            for ending in ("ndjson", "csv", "jsonld", "xlsx") if records == small else ("ndjson",):
                with serving() as (port, worker):
                    grows(port, worker, ending)


def fill(records: int) -> None:
    from django.db import connection
    from django.utils.timezone import now

    from catalogue.models import CatalogueState, Entry
    from catalogue.publication import dumps
    from tests.factories import GoodPracticeFactory, publish

    Entry.objects.filter(slug__startswith="measured-").delete()
    entry = Entry.objects.filter(kind="practices").first() or Entry.objects.get(uid=publish(GoodPracticeFactory()).uid)
    record = entry.record
    record["how_it_works"] = {"sl": "č" * 20}
    record["how_it_works"]["sl"] += "x" * (LENGTH - len(dumps(record)))
    text = dumps(record)
    entries = (
        Entry(
            uid=UUID(int=number),
            kind="practices",
            slug=f"measured-{number}",
            position=100 + number,
            published=now(),
            modified=now(),
            card="{}",
            document=text.replace(str(entry.uid), str(UUID(int=number))),
        )
        for number in range(1, records + 1)
    )
    Entry.objects.bulk_create(entries, batch_size=1000)
    CatalogueState.objects.update(position=100 + records)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE catalogue_entry")


@contextmanager
def serving():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "mer_portal.wsgi", "--threads=8", "--no-control-socket"]
    command += ["--log-level=error", f"--bind=127.0.0.1:{port}"]
    server = subprocess.Popen(command)
    try:
        for _try in range(100):
            try:
                pull(port, "/api/v1/practices/?page_size=1")
                break
            except OSError:
                time.sleep(0.2)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield port, int(children[0])
    finally:
        server.terminate()
        server.wait()


def pull(port: int, path: str) -> int:
    """The length of the body, which is thrown away."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    length, buffer = 0, bytearray(1024 * 1024)
    while taken := answer.readinto(buffer):
        length += taken
    connection.close()
    return length


def bare_copy() -> int:
    command = ["psql", os.environ["DATABASE_URL"], "--quiet", "--no-psqlrc", "-c", COPY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as psql:
        length, buffer = 0, bytearray(1024 * 1024)
        while taken := psql.stdout.readinto(buffer):
            length += taken
    assert psql.returncode == 0
    return length


def speeds(port: int, file: str) -> None:
    ways = {
        "bare COPY": bare_copy,
        "live NDJSON": lambda: pull(port, "/api/v1/dumps/practices.ndjson"),
        "ready-made NDJSON": lambda: pull(port, file),
    }
    taken = {name: [] for name in ways}
    for _round in range(ROUNDS + 1):
        for name, way in ways.items():
            began = time.monotonic()
            length = way()
            taken[name].append(length / (time.monotonic() - began) / 1_000_000)
    bare = taken["bare COPY"][1:]
    for name, found in taken.items():
        ratios = [speed / other for speed, other in zip(found[1:], bare, strict=True)]
        print(
            f"  {name:<18} {median(found[1:]):6.0f} MB/s, {median(ratios):5.0%} of bare COPY"
            f" ({min(ratios):.0%}–{max(ratios):.0%})",
            flush=True,
        )


def grows(port: int, worker: int, ending: str) -> None:
    """The peak during a whole dump, above what a server that has given a small one needs."""
    pull(port, f"/api/v1/dumps/practices.{ending}?country=XK")
    Path(f"/proc/{worker}/clear_refs").write_text("5")
    before = memory(worker, "VmRSS")
    began = time.monotonic()
    length = pull(port, f"/api/v1/dumps/practices.{ending}")
    print(
        f"  {ending:<7} {length / 1_000_000:5.0f} MB in {time.monotonic() - began:5.1f} s,"
        f" memory grows by {memory(worker, 'VmHWM') - before:.1f} MB above {before:.0f} MB",
        flush=True,
    )


def memory(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    if "here" in sys.argv:
        measure_here(*(int(each) for each in sys.argv[2:] or ("10000", "100000")))
    else:
        main()
