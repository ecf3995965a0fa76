"""State: the hashes, computed here again from the bytes that the API sends."""

import hashlib
import json

import pytest

from catalogue.models import CatalogueState, Entry
from exchange import feed
from tests.every_kind import FACTORIES
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ProjectFactory,
    harvested_entry,
    publish,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]
EMPTY = f"sha256:{hashlib.sha256(b'').hexdigest()}"


def computed(records: list[dict]) -> dict:
    """As the contract says, from parsed JSON alone."""
    lines = []
    for record in sorted(records, key=lambda record: record["uid"]):
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        lines.append(f"{record['uid']} {hashlib.sha256(text.encode()).hexdigest()}\n")
    return {"count": len(lines), "hash": f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"}


def test_an_answer_has_the_shape_of_the_contract(read):
    state = CatalogueState.objects.current()

    assert read("state/") == {
        "epoch": state.epoch,
        "version": 0,
        "kinds": {kind: {"count": 0, "hash": EMPTY} for kind in FACTORIES},
    }


def test_the_hashes_can_be_computed_from_what_the_lists_send(read):
    for factory in (GoodPracticeFactory, ProjectFactory, OrganisationFactory):
        for _number in range(3):
            publish(factory())
    withdraw(publish(GoodPracticeFactory()))
    harvested_entry(NetworkFactory())

    state = read("state/")

    assert list(state) == ["epoch", "version", "kinds"]
    assert state["version"] == CatalogueState.objects.current().position
    for kind, told in state["kinds"].items():
        assert told == computed(read(f"{kind}/")["results"])


def test_the_order_is_that_of_uids_as_they_are_written(read):
    for digit in "f09a":
        publish(OrganisationFactory(uid=f"{digit}0000000-0000-4000-8000-000000000000"))

    assert read("state/")["kinds"]["partners"] == computed(read("partners/")["results"])


def test_each_publication_makes_a_new_version(read):
    one = publish(GoodPracticeFactory())
    before = read("state/")
    withdraw(one)

    after = read("state/")

    assert (before["version"], after["version"]) == (1, 2)
    assert after["kinds"]["practices"] == {"count": 0, "hash": EMPTY}


def test_it_is_computed_once_for_each_version(read, monkeypatch):
    calls = []
    compute = feed.state_of_catalogue
    monkeypatch.setattr(feed, "state_of_catalogue", lambda before: calls.append(before) or compute(before))
    publish(GoodPracticeFactory())

    assert read("state/") == read("state/")
    assert len(calls) == 1
    publish(GoodPracticeFactory())
    read("state/")
    assert len(calls) == 2


def test_the_version_is_the_one_of_the_rows_not_of_the_request(read, monkeypatch):
    """Somebody publishes, or withdraws the last record, between the two looks at the database."""
    from exchange.clock import Now

    one = publish(GoodPracticeFactory())
    really_read = Now.read.__func__

    def then(action):
        def read_and_act(cls):
            state = really_read(cls)
            if Entry.objects.visible().count() == 1:
                action()
            return state

        return classmethod(read_and_act)

    with monkeypatch.context() as patch:
        patch.setattr(Now, "read", then(lambda: publish(GoodPracticeFactory())))
        assert read("state/")["version"] == 2
    withdraw(one)
    with monkeypatch.context() as patch:
        other = Entry.objects.visible().get()
        patch.setattr(Now, "read", then(lambda: withdraw(type(one).objects.get(uid=other.uid))))
        state = read("state/")
    assert (state["version"], state["kinds"]["practices"]["count"]) == (4, 0)
