"""Invented histories of several people at once: whatever happens, every way out of the catalogue tells the same.

Threads create, edit, rename, withdraw and publish again on a real PostgreSQL, while others follow the changes and harvest by
OAI-PMH; when all is done, what the database holds, the walks through the lists, the replayed changes, the dumps, Sickle's
harvest, the counts of DCAT and `state` are compared record by record.
"""

import hashlib
import json
import threading
from collections import Counter
from itertools import count

import pytest
from django.db import connections
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from catalogue import kinds
from catalogue.models import Entry
from catalogue.serializers import utc
from exchange.linked import overview
from exchange.linked.words import DCAT, series_of
from practices.models import GoodPractice
from projects.models import Project
from tests.exchange.oai.test_sickle import Harvester, Mirror
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ProjectFactory,
    harvested_entry,
    publish,
    republish,
    texts,
    withdraw,
)
from tests.services import LONG

pytestmark = pytest.mark.django_db(transaction=True)

HISTORIES = 100 if LONG else 4
PEOPLE = 3
KINDS = (GoodPracticeFactory, ProjectFactory)
PORTAL = "https://portal.example"
Records = dict[str, dict[str, dict]]  # kind → uid → document

numbers = count()
acts = st.tuples(
    st.sampled_from(["create", "create", "edit", "rename", "rename the organisation", "withdraw", "publish again"]),
    st.integers(0, 1),
    st.integers(0, 7),
)
histories = st.lists(st.lists(acts, min_size=2, max_size=7), min_size=PEOPLE, max_size=PEOPLE)


class Person:
    """Works on records of her own, in which the organisation of all stands."""

    def __init__(self, organisation):
        self.organisation = organisation
        self.pks = {GoodPractice: [], Project: []}

    def act(self, what: str, kind: int, which: int) -> None:
        if what == "rename the organisation":
            organisation = type(self.organisation).objects.get(pk=self.organisation.pk)
            republish(organisation, name_original=f"Agencija {next(numbers)}")
            return
        if what == "create":
            fields = {"organisation_in_charge": self.organisation} if kind == 0 else {}
            record = publish(KINDS[kind](**fields))
            self.pks[type(record)].append(record.pk)
            return
        model = KINDS[kind]._meta.model
        if not self.pks[model]:
            return
        record = model.objects.get(pk=self.pks[model][which % len(self.pks[model])])
        if what == "withdraw":
            if record.live:
                withdraw(record)
        elif what == "publish again":
            publish(record)
        else:
            told = f"{what} {next(numbers)}"
            republish(record, **{"title" if what == "rename" else "summary": texts(told, told)})


class Follower:
    """Another network's mirror, that goes on from history to history."""

    def __init__(self):
        self.client, self.mirror, self.cursor = Client(), {}, "0"

    def pull(self) -> bool:
        """One small page; whether anything came."""
        answer = self.client.get(f"/api/v1/changes/?since={self.cursor}&page_size=3")
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for change in page["results"]:
            if change["op"] == "upsert":
                self.mirror[change["kind"], change["uid"]] = change["record"]
            else:
                self.mirror.pop((change["kind"], change["uid"]), None)
        moved, self.cursor = page["next_cursor"] != self.cursor, page["next_cursor"]
        return moved


def live_through(history: list[list[tuple]], people: list[Person], reading: list) -> None:
    """Each person acts in a thread; each reader reads again and again in another, until all have done."""
    over, failures = threading.Event(), []

    def work(person: Person, its_acts: list[tuple]) -> None:
        for act in its_acts:
            person.act(*act)

    def read(reader) -> None:
        while not over.is_set():
            reader()

    def watched(function, *arguments) -> None:
        try:
            function(*arguments)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=watched, args=(read, reader)) for reader in reading]
    workers = [
        threading.Thread(target=watched, args=(work, person, its_acts))
        for person, its_acts in zip(people, history, strict=True)
    ]
    for thread in (*readers, *workers):
        thread.start()
    for thread in workers:
        thread.join()
    over.set()
    for thread in readers:
        thread.join()
    assert failures == []


# The ways out


def in_database() -> Records:
    found: Records = {str(kind.name): {} for kind in kinds.all_kinds()}
    for entry in Entry.objects.visible().ours():
        found[entry.kind][str(entry.uid)] = entry.record
    return found


def walked() -> Records:
    client, found = Client(), {}
    for kind in map(str, (each.name for each in kinds.all_kinds())):
        results, address = [], f"/api/v1/{kind}/?page_size=3"
        while address:
            page = client.get(address).json()
            results += page["results"]
            address = page["next"] and page["next"].removeprefix(PORTAL)
        found[kind] = {each["uid"]: each for each in results}
        assert len(found[kind]) == len(results)
    return found


def replayed(follower: Follower) -> Records:
    while follower.pull():
        pass
    found: Records = {str(kind.name): {} for kind in kinds.all_kinds()}
    for (kind, uid), record in follower.mirror.items():
        found[kind][uid] = record
    return found


def dumped() -> Records:
    client, found = Client(), {}
    for kind in map(str, (each.name for each in kinds.all_kinds())):
        answer = client.get(f"/api/v1/dumps/{kind}.ndjson")
        records = [json.loads(line) for line in b"".join(answer).splitlines()]
        answer.close()
        found[kind] = {each["uid"]: each for each in records}
        assert len(found[kind]) == len(records)
    return found


def harvested(harvester: Harvester) -> Mirror:
    harvester.harvest()
    return harvester.mirror


def counted_by_dcat() -> tuple[Counter, set[str]]:
    """How many datasets each kind's series has, and their identifiers."""
    client, counts, found, address = Client(), Counter(), set(), "/catalogue.ttl"
    hydra_next = URIRef("http://www.w3.org/ns/hydra/core#next")
    while address:
        graph = Graph(bind_namespaces="none").parse(data=client.get(address).content, format="turtle")
        for dataset, series in graph.subject_objects(DCAT.inSeries):
            counts[str(series)] += 1
            found.add(str(graph.value(dataset, DCTERMS.identifier)))
        following = next(graph.objects(None, hydra_next), None)
        address = str(following).removeprefix(PORTAL) if following else ""
    return counts, found


def state_of(records: Records) -> dict:
    """As the contract says that it is computed."""
    told = {}
    for kind, each in records.items():
        lines = []
        for uid in sorted(each):
            text = json.dumps(each[uid], ensure_ascii=False, separators=(",", ":"))
            lines.append(f"{uid} {hashlib.sha256(text.encode()).hexdigest()}\n")
        told[kind] = {"count": len(lines), "hash": f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"}
    return told


@pytest.fixture
def portal(live_server, monkeypatch):
    monkeypatch.setattr("exchange.oai.lists.PAGE_SIZE", 4)
    for module in ("exchange.linked.doors.PAGE_SIZE", "exchange.linked.overview.PAGE_SIZE"):
        monkeypatch.setattr(module, 5)
    yield live_server.url
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)  # a failure may still hold its connection


@pytest.mark.usefixtures("postgresql")
def test_every_way_out_tells_what_is_published(portal):
    organisation = publish(OrganisationFactory())
    withheld = harvested_entry(NetworkFactory())
    people = [Person(organisation) for _number in range(PEOPLE)]
    follower, harvester = Follower(), Harvester(portal)
    harvester.harvest()

    @settings(max_examples=HISTORIES, phases=[Phase.generate])  # what happened is there: nothing can be made shorter
    @given(history=histories)
    def hold(history):
        live_through(history, people, [follower.pull, harvester.harvest])

        published = in_database()
        assert str(withheld.uid) not in published[withheld.kind]
        assert walked() == published
        assert replayed(follower) == published
        assert dumped() == published
        assert Client().get("/api/v1/state/").json()["kinds"] == state_of(published)
        assert harvested(harvester) == {
            f"oai:portal.example:{entry.uid}": (utc(entry.modified), list(entry.record["title"].values()))
            for entry in Entry.objects.visible().ours()
        }
        counts, datasets = counted_by_dcat()
        assert datasets == {uid for each in published.values() for uid in each}
        assert counts == Counter({str(series_of(kind)): len(each) for kind, each in published.items() if each})

    hold()
    assert overview.PAGE_SIZE == 5
