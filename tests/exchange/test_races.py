"""Readers while others publish: real threads, real commits."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection
from django.test import Client

from catalogue.models import Entry
from practices.models import GoodPractice
from tests.factories import GoodPracticeFactory, publish, republish, texts, withdraw
from tests.services import LONG

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

PUBLISHERS, ROUNDS = (8, 60) if LONG else (4, 6)


def work(pks: list[int]) -> None:
    """Publishes, changes, withdraws and publishes again, as fast as it goes."""
    with closing(connection):
        for number in range(ROUNDS):
            record = GoodPractice.objects.get(pk=pks[number % len(pks)])
            republish(record, title=texts(f"Round {number}", f"Krog {number}"))
            if number % 3 == 2:
                withdraw(record)
            publish(GoodPracticeFactory(title=texts(f"New {pks[0]}-{number}", "Novo")))


def ask(client: Client, path: str) -> dict:
    response = client.get(path)
    assert response.status_code == 200, response.content
    return response.json()


def pull(client: Client, mirror: dict, cursor: str) -> str:
    page = ask(client, f"/api/v1/changes/?since={cursor}&page_size=3")
    positions = [change["position"] for change in page["results"]]
    assert positions == sorted(set(positions))
    for change in page["results"]:
        if change["op"] == "upsert":
            mirror[change["uid"]] = change["record"]
        else:
            mirror.pop(change["uid"], None)
    return page["next_cursor"]


def follow(is_over) -> tuple[dict, str]:
    """Pulls in small pages until the publishers are done."""
    client, mirror, cursor = Client(), {}, "0"
    with closing(connection):
        while not is_over():
            cursor = pull(client, mirror, cursor)
    return mirror, cursor


def walk(is_over) -> list[list[str]]:
    """Lists everything again and again; each walk as its uids."""
    client, walks = Client(), []
    with closing(connection):
        while not is_over():
            found, path = [], "/api/v1/practices/?page_size=3"
            while path:
                page = ask(client, path)
                found += [record["uid"] for record in page["results"]]
                path = page["next"] and page["next"].partition("example")[2]
            walks.append(found)
    return walks


def test_readers_miss_and_double_nothing_while_others_publish():
    steady = {str(publish(GoodPracticeFactory()).uid) for _number in range(5)}
    changing = [[publish(GoodPracticeFactory()).pk for _number in range(3)] for _publisher in range(PUBLISHERS)]

    with ThreadPoolExecutor() as threads:
        publishers = [threads.submit(work, pks) for pks in changing]

        def is_over() -> bool:
            return all(publisher.done() for publisher in publishers)

        readers = [threads.submit(follow, is_over) for _reader in range(2)]
        walker = threads.submit(walk, is_over)
        for publisher in publishers:
            publisher.result()

    published = {str(entry.uid): entry.record for entry in Entry.objects.visible()}
    for reader in readers:
        mirror, cursor = reader.result()
        reached = None
        while cursor != reached:
            reached, cursor = cursor, pull(Client(), mirror, cursor)
        assert mirror == published
    assert walker.result()
    for found in walker.result():
        assert len(found) == len(set(found))
        assert steady <= set(found)
