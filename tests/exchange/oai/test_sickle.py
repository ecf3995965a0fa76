"""Harvested by Sickle, other people's client, over a socket: what it ends with is the database."""

import threading
from collections.abc import Iterable

import pytest
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from catalogue.codes import Topic
from catalogue.models import Entry, EntryFacet
from catalogue.serializers import utc
from tests.every_kind import EVERY_FACTORY
from tests.factories import GoodPracticeFactory, NetworkFactory, harvested_entry, publish, republish, texts, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

Mirror = dict[str, tuple[str, list[str]]]  # identifier → datestamp, titles


class Harvester:
    """Keeps the records of a set, and asks each time from the date of the last answer."""

    def __init__(self, address: str, verb: str = "ListRecords", method: str = "GET", **arguments):
        self.sickle = Sickle(f"{address}/oai", http_method=method)
        self.arguments, self.list = arguments, getattr(self.sickle, verb)
        self.mirror: Mirror = {}
        self.date = None

    def harvest(self) -> int:
        """Returns how many records came."""
        since = {"from": self.date} if self.date else {}
        try:
            found = self.list(metadataPrefix="oai_dc", **since, **self.arguments)
        except NoRecordsMatch:
            return 0
        self.date = found.oai_response.xml.findtext("{*}responseDate")
        number = 0
        for number, record in enumerate(found, 1):  # noqa: B007 - the last one counts
            self.take(record)
        return number

    def take(self, record) -> None:
        header = getattr(record, "header", record)
        if header.deleted:
            self.mirror.pop(header.identifier, None)
        else:
            titles = record.metadata["title"] if hasattr(record, "header") else []
            self.mirror[header.identifier] = (header.datestamp, titles)


def published(entries: Iterable[Entry], *, titles: bool = True) -> Mirror:
    return {
        f"oai:portal.example:{entry.uid}": (
            utc(entry.modified),
            list(entry.record["title"].values()) if titles else [],
        )
        for entry in entries
    }


@pytest.fixture
def portal(live_server, page_of):
    """Its address. The next test takes the database away: until then whoever answered must have let go of it."""
    page_of(3)
    yield live_server.url
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_full_harvest_is_what_is_published(portal, method):
    for factory in EVERY_FACTORY:
        publish(factory())
        withdraw(publish(factory()))
    harvested_entry(NetworkFactory())

    whole, headers = Harvester(portal, method=method), Harvester(portal, "ListIdentifiers", method=method)

    assert whole.harvest() == headers.harvest() == 2 * len(EVERY_FACTORY)
    assert whole.mirror == published(Entry.objects.visible().ours())
    assert headers.mirror == published(Entry.objects.visible().ours(), titles=False)


def test_a_harvest_of_each_set_is_what_the_set_holds(portal):
    topics = [topic.value for topic in Topic]
    network = NetworkFactory()
    harvested_entry(network)
    practices = [publish(GoodPracticeFactory(topics=topics[n : n + 2])) for n in range(5)]
    republish(practices[0], topics=[topics[4]])
    withdraw(practices[1])
    sets = {each.setSpec for each in Sickle(f"{portal}/oai").ListSets()}

    for spec in sets:
        by, _colon, value = spec.partition(":")
        harvester = Harvester(portal, set=spec)
        harvester.harvest()
        entries = Entry.objects.visible()
        if by == "network":
            assert harvester.mirror == published(entries.filter(network=network))
        elif by == "kind":
            assert harvester.mirror == published(entries.ours().of_kind(value))
        else:
            of_topic = EntryFacet.objects.filter(name="topic", value=value).values("entry")
            assert harvester.mirror == published(entries.ours().filter(pk__in=of_topic))


def test_harvest_after_harvest_follows_what_happens(portal, at):
    at("10:00:00")
    practices = [publish(GoodPracticeFactory(topics=["green-marketing"])) for _number in range(8)]
    everything, green = Harvester(portal), Harvester(portal, set="topic:green-marketing")
    assert (everything.harvest(), green.harvest()) == (8, 8)

    at("10:00:05")
    republish(practices[0], title=texts("Changed", "Spremenjeno"))
    republish(practices[1], topics=["circular-economy"])
    withdraw(practices[2])
    publish(GoodPracticeFactory(topics=["green-marketing"]))
    # what shares the second of the last harvest comes again
    assert (everything.harvest(), green.harvest()) == (9, 9)
    assert everything.mirror == published(Entry.objects.visible())
    assert green.mirror == published(Entry.objects.visible().with_facet("topic", ["green-marketing"]))

    at("10:00:10")
    publish(practices[2])
    assert (everything.harvest(), green.harvest()) == (4, 4)
    assert everything.mirror == published(Entry.objects.visible())
    assert green.mirror == published(Entry.objects.visible().with_facet("topic", ["green-marketing"]))


def test_sickle_reads_the_other_verbs(portal):
    practice = publish(GoodPracticeFactory(title=texts("One office", "Ena pisarna")))
    sickle = Sickle(f"{portal}/oai")

    record = sickle.GetRecord(identifier=f"oai:portal.example:{practice.uid}", metadataPrefix="oai_dc")

    assert record.metadata["title"] == ["One office", "Ena pisarna"]
    assert sickle.Identify().deletedRecord == "persistent"
    assert [each.metadataPrefix for each in sickle.ListMetadataFormats()] == ["oai_dc"]
