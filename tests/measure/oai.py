"""How many records a second a harvester is given by one process.

    python -m tests.measure.oai [RECORDS]

Walks all pages of ListRecords, token by token, through the whole portal (`mer_portal.wsgi`) on SQLite and on PostgreSQL, for
documents of two sizes; ListIdentifiers and a topic's set beside them. Records by processor second of the process, and by
second on the clock on the wall, database and all; the best of three. The figures stand in docs/measurements.md.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlencode
from uuid import UUID

SIZES = (1, 14)  # how often each text says what it says: documents of 3 kB and of 25
ROUNDS = 3
TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)<")
ASKED = {
    "ListRecords": {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
    "ListIdentifiers": {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
    "ListRecords of a topic": {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "topic:circular-economy"},
}


def main() -> None:
    from tools import servers

    with servers.running() as addresses, tempfile.TemporaryDirectory(prefix="mer-") as place:
        for url in (f"sqlite:///{place}/measured.sqlite3", addresses["DATABASE_URL"]):
            environment = os.environ | {"DATABASE_URL": url, "MER_VAR_DIR": place, "LOG_LEVEL": "ERROR"}
            command = [sys.executable, "-m", "tests.measure.oai", "here", *sys.argv[1:]]
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
        for times in SIZES:
            length = fill(records, times)
            for name, asked in ASKED.items():
                found = [harvest(portal, asked) for _round in range(ROUNDS)]
                number, answered = found[0][0], found[0][1] / found[0][0] / 1000
                by_processor, by_wall = (number / min(each[place] for each in found) for place in (2, 3))
                print(
                    f"{connection.vendor}  {length / 1000:.1f} kB a document  {name}: {by_processor:,.0f} records by"
                    f" processor second, {by_wall:,.0f} by second; {number:,} records of {answered:.1f} kB",
                    flush=True,
                )


def fill(records: int, times: int) -> int:
    """Practices as they are published, with texts of that length; returns the characters of a document."""
    from datetime import timedelta

    from django.db import connection

    from catalogue.codes import Topic
    from catalogue.models import CatalogueState, Entry, EntryFacet
    from catalogue.publication import card_of, dumps, render_draft
    from tests.factories import BEGINNING, GoodPracticeFactory

    topics, texts = Topic.values, ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
    document = render_draft(GoodPracticeFactory.build(uid=UUID(int=0), slug="practice"))
    document |= {name: {lang: text * 10 * times for lang, text in document[name].items()} for name in texts}
    Entry.objects.all().delete()

    def entry(number: int) -> Entry:
        uid = UUID(int=number)
        own = document | {"uid": str(uid), "url": f"/id/{uid}/", "topics": [topics[number % 11]]}
        return Entry(
            uid=uid,
            kind="practices",
            slug=f"practice-{number}",
            position=number,
            published=BEGINNING,
            modified=BEGINNING + timedelta(seconds=number),
            card=dumps(card_of(own)),
            document=dumps(own),
        )

    entries = Entry.objects.bulk_create(map(entry, range(1, records + 1)), batch_size=1000)
    facets = (EntryFacet(entry=each, name="topic", value=each.record["topics"][0]) for each in entries)
    EntryFacet.objects.bulk_create(facets, batch_size=1000)
    CatalogueState.objects.update(position=records, modified=entries[-1].modified)
    with connection.cursor() as database:
        database.execute("ANALYZE")
    return len(entries[0].document)


def harvest(portal, asked: dict[str, str]) -> tuple[int, int, float, float]:
    """Records, bytes, processor seconds, seconds."""
    begun, by_wall = time.process_time(), time.perf_counter()
    number = length = 0
    while asked:
        body = ask(portal, asked)
        number, length = number + body.count(b"<header>"), length + len(body)
        token = TOKEN.search(body)
        asked = {"verb": asked["verb"], "resumptionToken": token[1].decode()} if token else {}
    return number, length, time.process_time() - begun, time.perf_counter() - by_wall


def ask(portal, asked: dict[str, str]) -> bytes:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/oai",
        "QUERY_STRING": urlencode(asked),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }

    def start_response(status, headers):
        assert status.startswith("200"), status

    answer = portal(environ, start_response)
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return body


if __name__ == "__main__":
    if "here" in sys.argv:
        measure_here(int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
    else:
        main()
