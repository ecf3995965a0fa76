"""A harvest while others publish: real threads, real commits."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from catalogue.models import Entry
from catalogue.serializers import utc
from practices.models import GoodPractice
from tests.exchange.oai.conftest import Answer
from tests.factories import GoodPracticeFactory, publish, republish, texts, withdraw
from tests.services import LONG

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

PUBLISHERS, ROUNDS = (8, 60) if LONG else (3, 6)
GREEN, CIRCULAR = "green-marketing", "circular-economy"
SET = f"topic:{GREEN}"


def work(pks: list[int]) -> None:
    """Publishes, changes, moves to another topic, withdraws and publishes again, as fast as it goes."""
    with closing(connection):
        for number in range(ROUNDS):
            record = GoodPractice.objects.get(pk=pks[number % len(pks)])
            topics = [[GREEN], [CIRCULAR], [GREEN, CIRCULAR]][number % 3]
            republish(record, title=texts(f"Round {number}", f"Krog {number}"), topics=topics)
            if number % 4 == 3:
                withdraw(record)
            publish(GoodPracticeFactory(topics=topics))


class Mirror:
    """Of all, or of a set, brought up to date again and again."""

    def __init__(self, spec: str = ""):
        self.asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc"} | ({"set": spec} if spec else {})
        self.since, self.records, self.client = "", {}, Client()

    def harvest(self) -> None:
        asked, dates, given = self.asked | ({"from": self.since} if self.since else {}), set(), []
        while asked:
            response = self.client.get(f"/oai?{urlencode(asked)}")
            assert response.status_code == 200, response.content
            answer = Answer(response.content)
            assert answer.errors in ([], ["noRecordsMatch"])
            dates.add(answer.date)
            given += answer.uids
            self.take(answer)
            asked = {"verb": "ListRecords", "resumptionToken": answer.token} if answer.token else {}
        (self.since,) = dates
        assert len(given) == len(set(given)), "twice in one harvest"

    def take(self, answer: Answer) -> None:
        for header in answer.headers:
            if header.deleted:
                self.records.pop(header.uid, None)
            else:
                self.records[header.uid] = header.datestamp

    def follow(self, is_over) -> "Mirror":
        with closing(connection):
            while not is_over():
                self.harvest()
        return self


def test_a_mirror_misses_nothing_while_others_publish(page_of):
    page_of(4)
    steady = {str(publish(GoodPracticeFactory(topics=[GREEN])).uid) for _number in range(6)}
    changing = [[publish(GoodPracticeFactory(topics=[GREEN])).pk for _n in range(3)] for _each in range(PUBLISHERS)]

    with ThreadPoolExecutor() as threads:
        publishers = [threads.submit(work, pks) for pks in changing]

        def is_over() -> bool:
            return all(publisher.done() for publisher in publishers)

        readers = [threads.submit(Mirror(spec).follow, is_over) for spec in ("", SET, "kind:practices")]
        for publisher in publishers:
            publisher.result()
        everything, green, practices = (reader.result() for reader in readers)

    visible = Entry.objects.visible()
    for mirror, entries in ((everything, visible), (practices, visible), (green, visible.with_facet("topic", [GREEN]))):
        mirror.harvest()
        assert mirror.records == {str(entry.uid): utc(entry.modified) for entry in entries}
        assert steady <= set(mirror.records)


def test_one_walk_beside_a_storm_of_publications_ends_and_misses_no_steady_record(page_of):
    page_of(3)
    steady = {str(publish(GoodPracticeFactory()).uid) for _number in range(30)}
    changing = [publish(GoodPracticeFactory()).pk for _number in range(3)]

    with ThreadPoolExecutor() as threads:
        publisher = threads.submit(work, changing)
        walks = []
        while not publisher.done() or not walks:
            walks.append(Mirror())
            walks[-1].harvest()
        publisher.result()

    for walk in walks:
        assert steady <= set(walk.records)
