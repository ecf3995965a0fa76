"""What a page of 100 records from the API costs, beside a bare WSGI program that sends the same stored texts.

    python -m tests.measure.api_page [RECORDS]

Processor milliseconds a request, medians of interleaved rounds, for documents of two sizes (one language, and five) on
SQLite and on PostgreSQL; `deep` starts behind 90 % of the records. The figures stand in docs/measurements.md.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from uuid import UUID

PAGE = 100
ROUNDS = 300
SIZES = {"2 kB": 2_400, "25 kB": 25_000}  # characters a document


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            command = [sys.executable, "-m", "tests.measure.api_page", "here", *sys.argv[1:]]
            subprocess.run(command, env=environment, check=True)


def measure_here(records: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mer_portal.settings")
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    from tests import services

    with services.database():
        portal = get_wsgi_application()
        for size, length in SIZES.items():
            fill(min(records, 1_000_000_000 // length), length)
            for depth, share in (("first", 0), ("deep", 0.9)):
                address, start = page_behind(share)
                ours, bare = interleaved(lambda a=address: ask(portal, a), lambda s=start: ask(bare_program, "", s))
                known = median(rounds(lambda a=address: ask(portal, a, known=True)))
                print(
                    f"{connection.vendor}  {size:>5} a document, {depth:<5} page:  bare {bare:.2f} ms, API {ours:.2f} ms,"
                    f" ratio {ours / bare:.2f};  304 in {known:.2f} ms",
                    flush=True,
                )


def fill(records: int, length: int) -> None:
    from django.utils.timezone import now

    from catalogue.models import CatalogueState, Entry

    Entry.objects.all().delete()
    text = '{"uid":"","text":"' + "č" * 20 + "x" * (length - 40) + '"}'
    Entry.objects.bulk_create(
        (
            Entry(
                uid=UUID(int=number),
                kind="practices",
                slug=f"practice-{number}",
                position=number,
                published=now(),
                modified=now(),
                card="{}",
                document=text,
            )
            for number in range(1, records + 1)
        ),
        batch_size=1000,
    )
    CatalogueState.objects.update(position=records)
    print(f"{records} records")


def page_behind(share: float) -> tuple[str, int]:
    """The query string of a page of the API behind this share of all records, and the id it starts behind."""
    from catalogue.cursors import Cursor, scope_of
    from catalogue.models import Entry

    if not share:
        return f"page_size={PAGE}", 0
    start = Entry.objects.order_by("id")[int(Entry.objects.count() * share)].pk
    return f"page_size={PAGE}&cursor={Cursor(scope_of('practices', {}), '', (start,)).encode()}", start


def bare_program(environ, start_response):
    """The least that can be done: one statement, one join."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document FROM catalogue_entry WHERE kind = 'practices' AND withdrawn IS NULL AND network_id IS NULL"
            " AND id > %s ORDER BY id LIMIT %s",
            [environ["start"], PAGE + 1],
        )
        texts = [row[0] for row in cursor.fetchall()[:PAGE]]
    body = f'{{"results":[{",".join(texts)}]}}'.encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


_etags: dict[str, str] = {}


def ask(program, query: str, start: int = 0, *, known: bool = False) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/api/v1/practices/",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "start": start,
    }
    if known:
        environ["HTTP_IF_NONE_MATCH"] = _etags[query]

    def start_response(status, headers):
        assert status.startswith("304" if known else "200"), status
        _etags[query] = dict(headers).get("ETag", "")

    answer = program(environ, start_response)
    assert known or sum(map(len, answer)) > PAGE * 1000
    getattr(answer, "close", lambda: None)()


def interleaved(*calls, number: int = ROUNDS) -> list[float]:
    taken = [[] for _call in calls]
    for _round in range(number):
        for times, call in zip(taken, calls, strict=True):
            begun = time.process_time()
            call()
            times.append((time.process_time() - begun) * 1000)
    return [median(times) for times in taken]


def rounds(call) -> list[float]:
    return interleaved(call)


if __name__ == "__main__":
    if "here" in sys.argv:
        measure_here(int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
    else:
        main()
