"""The places of live dumps: shared by all processes on PostgreSQL, and given back however a dump ends."""

import gc
import http.client
import json
import os
import signal
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import OperationalError, close_old_connections, connection

from catalogue.models import Entry
from exchange.dumps import formats
from tests.exchange.dumps.conftest import asked_beside, taken
from tests.exchange.dumps.served import WHOLE, begun, filled, place_is_free, serving, soon
from tests.factories import GoodPracticeFactory, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

WORKBOOK = "/api/v1/dumps/practices.xlsx"  # all rows are read before its first byte


def test_all_processes_share_the_places_and_one_that_is_killed_leaves_none_taken(postgresql, tmp_path):
    filled(200)
    with ExitStack() as open_until_then:
        folders = [tmp_path / "one", tmp_path / "other"]
        for folder in folders:
            folder.mkdir()
        portals = [open_until_then.enter_context(serving(folder, DUMPS_AT_ONCE="4")) for folder in folders]
        (one, server), (other, _server) = portals
        first, *_three = [open_until_then.enter_context(begun(port)) for port in (one, one, one, other)]

        assert (taken(), told(one), told(other)) == (4, "503 too-many-readers", "503 too-many-readers")

        first.close()
        assert soon(lambda: place_is_free(other))
        assert taken() == 3

        for worker in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
            os.kill(int(worker), signal.SIGKILL)
        assert soon(lambda: taken() == 1)


def told(port: int) -> str:
    """What one more reader hears."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", WHOLE)
        answer = line.getresponse()
        return f"{answer.status} {json.load(answer)['type'].rsplit('/', 1)[-1]}"


# How a dump ends, with the connection in our hands


def read_to_the_end(answer):
    b"".join(answer)
    assert taken() == 0


def left_in_the_middle(answer):
    next(iter(answer))
    answer.close()


def never_read(answer):
    answer.close()


def closed_by_another_thread(answer):
    closing_it = threading.Thread(target=answer.close)
    closing_it.start()
    closing_it.join()


def broken_off(answer):
    break_off()
    with pytest.raises(OperationalError):
        b"".join(answer)


def broken_off_and_left(answer):
    break_off()
    for _chunk in range(4):  # the copying comes to the break, and we do not
        next(iter(answer))
    assert soon(lambda: connection.connection.closed)
    answer.close()


def break_off() -> None:
    with asked_beside(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%%'"
    ) as ended:
        assert ended == [(True,)]


EVERYWHERE = [read_to_the_end, left_in_the_middle, never_read]
ON_POSTGRESQL = [
    closed_by_another_thread,
    broken_off,
    broken_off_and_left,
]  # SQLite has neither lines nor other threads


@pytest.mark.every_row
@pytest.mark.parametrize("path", [WHOLE, WORKBOOK])
@pytest.mark.parametrize("end", EVERYWHERE + ON_POSTGRESQL)
def test_a_place_comes_back_and_the_connection_is_good(client, end, path):
    if end in ON_POSTGRESQL and connection.vendor == "sqlite":
        pytest.skip("speaks of PostgreSQL's line")
    if path == WORKBOOK and end in (broken_off, broken_off_and_left):
        pytest.skip("all rows have been read")
    filled(60)
    before = held()
    answer = client.get(path)
    assert (answer.status_code, taken()) == (200, 1)

    end(answer)
    close_old_connections()  # as before every request

    assert soon(lambda: (taken(), held()) == (0, before))


def test_who_takes_a_finished_workbook_slowly_holds_her_place_and_no_table(client, postgresql):
    filled(60)
    answer = client.get(WORKBOOK)

    locks = """
        SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = 'catalogue_entry'::regclass
        AND datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    """  # copies of one database give their tables the same numbers, and other stories have theirs
    with asked_beside(locks) as found:
        assert (found, taken()) == ([(0,)], 1)
    answer.close()


def test_what_goes_wrong_before_the_first_byte_takes_no_place(client, monkeypatch):
    publish(GoodPracticeFactory())
    client.get("/api/v1/dumps/practices.csv?country=XX1")
    assert taken() == 0

    monkeypatch.setattr(formats, "table_of", lambda kind: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/api/v1/dumps/practices.csv")

    assert soon(lambda: taken() == 0)
    assert Entry.objects.count() == 1


def test_a_dump_that_nobody_knows_any_longer_gives_its_place_back(client):
    filled(60)
    answer = client.get(WHOLE)
    assert taken() == 1

    del answer
    gc.collect()

    assert soon(lambda: taken() == 0)


def test_fifty_dumps_broken_off_leave_nothing(client):
    filled(60)
    before = held()

    for _time in range(50):
        assert soon(lambda: taken() == 0)
        answer = client.get(WHOLE)
        next(iter(answer))
        answer.close()

    assert soon(lambda: (taken(), held()) == (0, before))


def held() -> tuple[int, int, int]:
    """Threads, files and lines of this process, and the database's connections."""
    Entry.objects.count()
    connections = 1
    if connection.vendor == "postgresql":
        with asked_beside("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") as (
            (connections,),
        ):
            pass
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), connections
