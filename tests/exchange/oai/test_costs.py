"""What a page costs: as many statements for many records as for few, and an index for every list."""

import pytest
from django.db import connection
from django.utils.timezone import now

from catalogue.codes import Topic
from catalogue.models import CatalogueState
from catalogue.models.entry import KindName
from exchange.oai import lists
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
    """20,000 of ours and 20,000 harvested, of eight kinds and eleven topics."""
    kinds, topics = KindName.values[:8], Topic.values
    network = NetworkFactory(slug="ecole")
    facets = {"facets": lambda index: [("topic", topics[index % 11])]}
    bare_entries(20_000, kind=lambda index: kinds[index % 8], **facets)
    bare_entries(20_000, kind=lambda index: kinds[index % 8], network=network)
    CatalogueState.objects.update(modified=now())
    with connection.cursor() as database:
        database.execute("ANALYZE catalogue_entry; ANALYZE catalogue_entryfacet; ANALYZE catalogue_formertopic")


INDEXES = {
    None: "entry_ours_modified",
    "kind:practices": "entry_kind_modified",
    "topic:circular-economy": "entry_ours_modified",
    "network:ecole": "entry_network_modified",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("spec", "index"), INDEXES.items())
def test_a_page_reads_an_index_and_not_the_table(many, spec, index):
    first = Place("ListRecords", "", now(), now(), spec)
    deep = first.behind(modified=BEGINNING.replace(hour=4), key=1, given=1)

    for place in (first, deep):
        plan = lists.page_of(place).explain(analyze=True)
        assert f" {index} " in plan, plan
        assert "Seq Scan on catalogue_entry " not in plan, plan
        assert "Sort Method: external" not in plan, plan
