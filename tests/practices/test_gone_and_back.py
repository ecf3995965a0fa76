"""What was withdrawn may come back: no browser keeps the answer that it is gone."""

import pytest

from practices.models import GoodPractice
from tests.events.factories import EventFactory
from tests.factories import GoodPracticeFactory, publish, republish, reread, withdraw
from tests.practices.writing import begun

pytestmark = pytest.mark.django_db

FOLDER = "/en/practices/open-gates/"
DOORS = {
    "page": FOLDER,
    "identity": "/id/{uid}/",
    "version": f"{FOLDER}v/1/",
    "changes": f"{FOLDER}v/2/changes/",
    "paper": f"{FOLDER}open-gates.pdf",
    "paper of a version": f"{FOLDER}v/1/open-gates.pdf",
    "citing": f"{FOLDER}cite/",
    "citation": f"{FOLDER}cite/open-gates.bib",
    "api": "/api/v1/practices/{uid}/",
    "versions in the api": "/api/v1/practices/{uid}/versions/",
    "version in the api": "/api/v1/practices/{uid}/versions/1/",
    "related in the api": "/api/v1/practices/{uid}/related/",
}


@pytest.fixture
def practice():
    return republish(publish(GoodPracticeFactory(slug="open-gates")), author="Nina Kos")


@pytest.mark.parametrize("door", DOORS)
def test_no_browser_keeps_that_it_is_gone(client, practice, door):
    address = DOORS[door].format(uid=practice.uid)
    assert client.get(address).status_code in (200, 303)
    practice = withdraw(practice)

    gone = client.get(address)
    assert (gone.status_code, gone.get("Cache-Control")) == (410, "no-cache")

    publish(practice)
    back = client.get(address)
    assert back.status_code in (200, 303) or back["Cache-Control"] == "no-cache"  # its first version stays withdrawn


def test_nor_of_a_calendar_file(client):
    event = publish(EventFactory())
    address = f"/en/events/{event.slug}.ics"
    withdraw(event)

    gone = client.get(address)

    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")


@pytest.mark.parametrize(
    "path", ["/en/none/", "/en/practices/none/", "/api/v1/practices/none/", "/api/v1/none/", "/none"]
)
def test_nor_that_nothing_is_there_yet(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-cache")


def test_nor_where_it_went_as_an_address_may_be_given_anew(client, practice):
    GoodPractice.objects.update_ledger(slug="gates-open")
    publish(reread(practice))

    moved = client.get(FOLDER)

    found = (moved.status_code, moved["Location"], moved["Cache-Control"])
    assert found == (301, "/en/practices/gates-open/", "no-cache")


def test_a_form_is_still_kept_by_nobody(as_nina, nina):
    draft = begun(nina)

    assert "no-store" in as_nina.get(f"/en/my/practices/{draft.uid}/")["Cache-Control"]


def test_the_version_with_which_it_returned_is_not_called_the_first(client, practice):
    def told(number):
        return client.get(f"{FOLDER}v/{number}/changes/").content.decode()

    assert "This is the first version" in told(1)
    publish(withdraw(practice))

    assert "This is the first version" not in told(3)
    assert "The record was withdrawn before this version" in told(3)
