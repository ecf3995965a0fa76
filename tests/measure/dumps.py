"""What dumps cost in each of their formats, on PostgreSQL.

    python -m tests.measure.dumps [SMALL LARGE]

How long it takes to make all files of SMALL (10,000) and LARGE (100,000) records ready; and for each format how long a live
dump takes, read over a socket from a real gunicorn, and by how many megabytes the server's memory grows meanwhile. Documents
have 2.4 kB. What a full pull costs beside PostgreSQL's bare COPY is measured by `make bench`.
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
from uuid import UUID

LENGTH = 2_400  # characters a document


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

    from exchange.dumps import files
    from exchange.dumps.formats import FORMATS
    from tests import services

    with services.database():
        for records in (small, large):
            fill(records)
            began = time.monotonic()
            files.make("practices")
            print(f"{records:,} records: all files ready-made in {time.monotonic() - began:.0f} s", flush=True)
            connections.close_all()
            for ending in FORMATS:
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
