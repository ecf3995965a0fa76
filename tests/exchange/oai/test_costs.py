"""What a page costs: as many statements for many records as for few, and an index for every list."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from catalogue.codes import Topic
from catalogue.models import CatalogueState
from catalogue.models.entry import KindName
from exchange.oai import lists, records
from exchange.oai.tokens import Place
from tests.factories import (
    BEGINNING,
    GoodPracticeFactory,
    NetworkFactory,
    bare_entries,
    harvested_entry,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "verb=Identify": 2,  # how far the catalogue is, and its first datestamp
    "verb=ListSets": 2,
    "verb=ListMetadataFormats": 1,
    "verb=GetRecord&identifier={known}&metadataPrefix=oai_dc": 2,
    "verb=ListRecords&metadataPrefix=oai_dc": 3,  # the page, and the former topics of what is withdrawn
    "verb=ListIdentifiers&metadataPrefix=oai_dc": 3,
    "verb=ListRecords&metadataPrefix=oai_dc&set=kind:practices&from=2000-01-01": 3,
    "verb=ListRecords&metadataPrefix=oai_dc&set=topic:area-management-and-governance": 3,
    "verb=ListRecords&metadataPrefix=oai_dc&set=network:ecole": 2,
    "verb=Nothing": 1,
}


@pytest.mark.core
def test_statements_do_not_grow_with_the_catalogue(ask, django_assert_num_queries):
    network = NetworkFactory(slug="ecole")

    for number in (3, 27):
        for _record in range(number):
            known = publish(GoodPracticeFactory())
            withdraw(publish(GoodPracticeFactory()))
            harvested_entry(network)
        for query, statements in STATEMENTS.items():
            with django_assert_num_queries(statements):
                ask(query.format(known=f"oai:portal.example:{known.uid}"))


# The plan


@pytest.fixture
def many(postgresql):
    """20,000, in no order of time: every fourth ours, of eight kinds and eleven topics; the others of sixteen networks."""
    kinds, topics = KindName.values[:8], Topic.values
    networks = [NetworkFactory(slug=f"network{number}") for number in range(16)]
    bare_entries(
        20_000,
        kind=lambda index: kinds[index // 4 % 8],
        network=lambda index: networks[index % 16] if index % 4 else None,
        modified=lambda index: BEGINNING + timedelta(seconds=index * 7_919 % 20_000),
        facets=lambda index: [] if index % 4 else [("topic", topics[index // 4 % 11])],
    )
    CatalogueState.objects.update(modified=now())
    with connection.cursor() as database:
        database.execute("ANALYZE catalogue_entry; ANALYZE catalogue_entryfacet; ANALYZE catalogue_formertopic")


SETS = {
    None: "entry_ours_modified",
    "kind:practices": "entry_kind_modified",
    "topic:circular-economy": "entry_ours_modified",
    "network:network7": "entry_network_modified",
}
SIZE = 20
MOST_READ = 25 * SIZE  # rows for a page, where every eleventh row is in the set


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("spec", "index"), SETS.items())
def test_a_page_reads_an_index_and_not_the_table(many, page_of, spec, index):
    page_of(SIZE)
    first = Place("ListRecords", "", 20_000, now(), now(), spec)
    deep = first.behind(modified=BEGINNING.replace(hour=4), key=1, promised=1, given=1)

    for place in (first, deep):
        (plan,) = json.loads(records.columns(lists.page_of(place), whole=True).explain(analyze=True, format="json"))
        read = list(scans(plan["Plan"]))
        assert sum(rows for _index, rows in read) <= MOST_READ, json.dumps(plan, indent=1)
        assert [name for name, _rows in read] == [index]


def scans(node: dict) -> Iterator[tuple[str, int]]:
    """Each reading of the table of entries: its index, and how many rows it looked at."""
    if node.get("Relation Name") == "catalogue_entry":
        rows = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        yield node.get("Index Name", ""), rows
    for part in node.get("Plans", ()):
        yield from scans(part)
