"""The example client, run as another network would run it, beside publications, withdrawals and a restored backup."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue.models import CatalogueState, Entry
from catalogue.models.state import new_epoch
from exchange import memory
from tests.factories import GoodPracticeFactory, OrganisationFactory, bare_entries, publish, republish, texts, withdraw

PULL = Path(__file__).resolve().parents[1] / "examples" / "pull.py"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memory.forget()


@pytest.fixture
def mirror(tmp_path) -> Path:
    return tmp_path / "mirror.sqlite3"


@pytest.fixture
def pull(live_server, mirror):
    """Runs the client; returns its last line and its exit status."""

    def run() -> tuple[str, int]:
        command = [sys.executable, str(PULL), f"{live_server.url}/", str(mirror)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert ended.stderr == ""
        return ended.stdout.strip(), ended.returncode

    return run


def mirrored(mirror: Path) -> dict:
    with sqlite3.connect(mirror) as database:
        return {uid: json.loads(document) for uid, document in database.execute("SELECT uid, document FROM records")}


def published() -> dict:
    return {str(entry.uid): entry.record for entry in Entry.objects.visible().ours()}


def version() -> int:
    return CatalogueState.objects.current().position


def test_it_is_short_enough_to_be_read():
    assert len(PULL.read_text().splitlines()) < 80


def test_a_mirror_follows_everything_that_happens(pull, mirror):
    organisation = publish(OrganisationFactory())
    practices = [publish(GoodPracticeFactory(organisation_in_charge=organisation)) for _number in range(3)]
    withdrawn_before = withdraw(publish(GoodPracticeFactory()))

    assert pull() == (f"4 changed, 0 deleted; equal to state at version {version()}", 0)
    assert mirrored(mirror) == published()
    assert str(withdrawn_before.uid) not in mirrored(mirror)

    assert pull() == (f"0 changed, 0 deleted; equal to state at version {version()}", 0)

    approved = publish(GoodPracticeFactory(title=texts("Just approved", "Pravkar odobreno")))
    assert pull() == (f"1 changed, 0 deleted; equal to state at version {version()}", 0)
    assert mirrored(mirror)[str(approved.uid)]["title"]["sl"] == "Pravkar odobreno"

    withdraw(practices[0], reason="personal_data")
    assert pull() == (f"0 changed, 1 deleted; equal to state at version {version()}", 0)

    republish(organisation, name_english="Renamed")  # and with it the two practices that name it
    assert pull() == (f"3 changed, 0 deleted; equal to state at version {version()}", 0)
    assert mirrored(mirror) == published()


def test_a_catalogue_of_several_pages(pull, mirror):
    bare_entries(1201, document=lambda number: f'{{"number":{number}}}', etag=_etag_of_number)

    assert pull() == ("1201 changed, 0 deleted; equal to state at version 1201", 0)


def test_after_a_restored_backup_it_starts_anew(pull, mirror):
    publish(GoodPracticeFactory())
    lost = publish(GoodPracticeFactory())
    pull()
    Entry.objects.filter(uid=lost.uid).delete()  # the backup is older than this record
    CatalogueState.objects.update(epoch=new_epoch(), position=1)

    assert pull() == ("1 changed, 0 deleted; equal to state at version 1", 0)
    assert mirrored(mirror) == published()


def test_a_mirror_that_was_tampered_with_is_noticed(pull, mirror):
    publish(GoodPracticeFactory())
    pull()
    with sqlite3.connect(mirror) as database:
        database.execute("UPDATE records SET etag = 'x'")

    line, status = pull()

    assert (line, status) == (f"0 changed, 0 deleted; NOT equal to state at version {version()}", 1)


def _etag_of_number(number: int) -> str:
    from catalogue.publication import etag_of

    return etag_of(f'{{"number":{number}}}')
