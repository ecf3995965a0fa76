"""What is not public stands in no door to linked data: drafts and what was withdrawn bear the canary in all fields."""

import pytest

from catalogue.models import Entry
from tests.exchange.linked.conftest import FORMATS
from tests.factories import GoodPracticeFactory, UserFactory, publish, withdraw
from tests.practices.test_canary import CANARY, plant_all, saved, told

pytestmark = [pytest.mark.django_db, pytest.mark.core]


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
    of_all = [f"/catalogue.{ending}" for ending in FORMATS]
    of_all += ["/feeds/all.atom", "/feeds/practices.atom", "/feeds/practices.atom?lang=sl", "/.well-known/api-catalog"]
    return [*of_all, f"/id/{practice.uid}/linkset.json", f"/en/practices/{entry.slug}/", f"/sl/practices/{entry.slug}/"]


def test_it_is_found_nowhere(client, live):
    answers = {address: client.get(address) for address in addresses(live)}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [address for address, answer in answers.items() if CANARY in told(answer)] == []


def test_it_is_found_once_it_is_published(client, live):
    """Else the story above would prove nothing."""
    live.latest_draft().save_revision().publish()

    found = [address for address in addresses(live) if CANARY in told(client.get(address))]

    assert set(addresses(live)) - set(found) == {"/.well-known/api-catalog", f"/id/{live.uid}/linkset.json"}
