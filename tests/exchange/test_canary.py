"""What is not public stands in none of the ways out: drafts and what was withdrawn bear the canary in all fields.

That of projects in the Interreg formats has a story of its own; practices are in none of those.
"""

import gzip
import zipfile
from io import BytesIO

import pytest

from catalogue.models import Entry
from exchange.dumps import files, shelf
from tests.exchange.linked.conftest import FORMATS
from tests.factories import GoodPracticeFactory, UserFactory, publish, withdraw
from tests.practices.test_canary import CANARY, plant_all, saved

pytestmark = [pytest.mark.django_db, pytest.mark.core]

LIVE = ("ndjson", "csv", "xlsx", "jsonld")
OAI = "metadataPrefix=oai_dc"


@pytest.fixture
def live():
    """A practice with a new draft; beside it one that nobody published, and one that was withdrawn."""
    author = UserFactory()
    practice = publish(GoodPracticeFactory(owner=author))
    saved(practice, author, "new draft")
    saved(GoodPracticeFactory(owner=author), author, "unpublished")
    withdrawn = GoodPracticeFactory(owner=author)
    plant_all(withdrawn, author, "withdrawn")
    withdrawn.save()
    withdraw(publish(withdrawn))
    return practice


def addresses(practice) -> list[str]:
    entry = Entry.objects.get(uid=practice.uid)
    record = f"/api/v1/practices/{practice.uid}/"
    return [
        *(f"/catalogue.{ending}" for ending in FORMATS),
        *("/feeds/all.atom", "/feeds/practices.atom", "/feeds/practices.atom?lang=sl", "/.well-known/api-catalog"),
        *(f"/id/{practice.uid}/linkset.json", f"/en/practices/{entry.slug}/", f"/sl/practices/{entry.slug}/"),
        *("/api/v1/practices/", "/api/v1/practices/?view=summary", "/api/v1/changes/?since=0", "/api/v1/state/"),
        *(record, f"{record}versions/", f"{record}related/", "/api/v1/dumps/"),
        *(f"/api/v1/dumps/practices.{ending}" for ending in LIVE),
        *(f"/api/v1/dumps/files/{name}" for name in made_ready()),
        *(f"/oai?verb={verb}&{OAI}" for verb in ("ListRecords", "ListIdentifiers")),
        *(f"/oai?verb=GetRecord&{OAI}&identifier=oai:portal.example:{practice.uid}", "/oai?verb=ListSets"),
    ]


def made_ready() -> list[str]:
    """The names of files with the practices as they are now."""
    files.make("practices")
    return [file.name for file in shelf.ready() if file.compression in ("", "gz")]


def told(answer) -> str:
    """Head and body of the answer, unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"\x1f\x8b"):
        body = gzip.decompress(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            body = b"".join(map(archive.read, archive.namelist()))
    return f"{answer.headers} {body.decode('utf-8', 'replace')}".lower()


def test_it_is_found_nowhere(client, live):
    answers = {address: client.get(address) for address in addresses(live)}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [address for address, answer in answers.items() if CANARY in told(answer)] == []


def test_it_is_found_once_it_is_published(client, live):
    """Else the story above would prove nothing."""
    live.latest_draft().save_revision().publish()

    asked = addresses(live)
    found = [address for address in asked if CANARY in told(client.get(address))]

    record = f"/api/v1/practices/{live.uid}/"
    assert set(asked) - set(found) == {  # these tell of the practice nothing but that it is there
        *("/.well-known/api-catalog", "/api/v1/state/", "/api/v1/dumps/", f"{record}versions/", f"{record}related/"),
        *(f"/id/{live.uid}/linkset.json", f"/oai?verb=ListIdentifiers&{OAI}", "/oai?verb=ListSets"),
    }
