"""By kind, by topic, by network; and how a harvester of one set learns of what has left it."""

import pytest

from catalogue import kinds
from catalogue.codes import Topic
from catalogue.models import FormerTopic
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    harvested_entry,
    publish,
    republish,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.core]

GREEN, CIRCULAR = "green-marketing", "circular-economy"


@pytest.fixture
def members(pages):
    """Uid → whether it is deleted, in a set."""

    def members(spec: str, **more) -> dict[str, bool]:
        found = pages("ListIdentifiers", **({"set": spec} if spec else {}), **more)
        return {header.uid: header.deleted for page in found for header in page.headers}

    return members


def practice(*topics: str):
    return publish(GoodPracticeFactory(topics=list(topics)))


def test_all_sets_are_listed_on_one_page(ask):
    NetworkFactory(slug="ecole", name="Networks & towns")

    answer = ask(verb="ListSets")

    named = dict(zip(answer.texts("setSpec"), answer.texts("setName"), strict=True))
    assert list(named) == [
        *(f"kind:{kind.name}" for kind in kinds.all_kinds()),
        *(f"topic:{topic}" for topic in Topic.values),
        "network:ecole",
    ]
    assert (named["kind:practices"], named["topic:green-marketing"], named["network:ecole"]) == (
        "Good practices",
        "Green marketing",
        "Networks & towns",
    )
    assert answer.token is None


def test_a_header_names_the_sets_of_its_record(ask):
    practice(GREEN, CIRCULAR)

    (header,) = ask(verb="ListRecords", metadataPrefix="oai_dc").headers

    assert header.sets == ["kind:practices", f"topic:{GREEN}", f"topic:{CIRCULAR}"]


def test_a_set_holds_its_own(members):
    green, both, organisation = practice(GREEN), practice(GREEN, CIRCULAR), publish(OrganisationFactory())

    assert members("kind:practices") == {str(green.uid): False, str(both.uid): False}
    assert members("kind:partners") == {str(organisation.uid): False}
    assert members(f"topic:{GREEN}") == {str(green.uid): False, str(both.uid): False}
    assert members(f"topic:{CIRCULAR}") == {str(both.uid): False}
    assert members("topic:policy-and-lobbying") == {}


def test_what_was_harvested_stands_in_the_set_of_its_network_alone(ask, members):
    ours, network, other = practice(GREEN), NetworkFactory(), NetworkFactory()
    theirs = harvested_entry(network, topics=[GREEN])
    harvested_entry(other)

    assert members("") == members("kind:practices") == members(f"topic:{GREEN}") == {str(ours.uid): False}
    assert members(f"network:{network.slug}") == {str(theirs.uid): False}
    record = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:portal.example:{theirs.uid}")
    assert record.headers[0].sets == [f"network:{network.slug}"]


# What leaves


def test_what_is_withdrawn_is_deleted_in_every_set_that_it_was_in(ask, members):
    gone = withdraw(practice(GREEN, CIRCULAR))

    for spec in ("", "kind:practices", f"topic:{GREEN}", f"topic:{CIRCULAR}"):
        assert members(spec) == {str(gone.uid): True}
    (header,) = ask(verb="ListRecords", metadataPrefix="oai_dc").headers
    assert header.sets == ["kind:practices", f"topic:{CIRCULAR}", f"topic:{GREEN}"]
    assert header.datestamp == ask(verb="Identify").date


def test_what_leaves_a_topic_is_deleted_there_and_nowhere_else(ask, members):
    moved = republish(practice(GREEN), topics=[CIRCULAR])

    assert members(f"topic:{GREEN}") == {str(moved.uid): True}
    assert members(f"topic:{CIRCULAR}") == members("") == members("kind:practices") == {str(moved.uid): False}
    (header,) = ask(verb="ListRecords", metadataPrefix="oai_dc", set=f"topic:{GREEN}").headers
    assert header.sets == [f"topic:{GREEN}"]
    record = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=header.identifier)
    assert [(each.deleted, each.sets) for each in record.headers] == [(False, ["kind:practices", f"topic:{CIRCULAR}"])]


def test_the_next_harvest_of_a_topic_tells_what_has_left_it(pages, members, at):
    at("10:00:00")
    moving, staying = practice(GREEN), practice(GREEN)
    before = pages(set=f"topic:{GREEN}")[0].date
    at("11:00:00")
    republish(moving, topics=[])

    assert members(f"topic:{GREEN}", from_=before) == {str(moving.uid): True, str(staying.uid): False}
    assert members(f"topic:{GREEN}", from_="2026-06-01T10:00:01Z") == {str(moving.uid): True}


def test_what_returns_is_deleted_no_more(members):
    there_and_back = republish(republish(practice(GREEN), topics=[CIRCULAR]), topics=[GREEN])
    revived = publish(withdraw(practice(GREEN)))

    assert members(f"topic:{GREEN}") == {str(there_and_back.uid): False, str(revived.uid): False}
    assert members(f"topic:{CIRCULAR}") == {str(there_and_back.uid): True}


def test_what_returns_under_another_topic_stays_deleted_in_the_first(members):
    revived = republish(withdraw(practice(GREEN)), topics=[CIRCULAR])

    assert members(f"topic:{GREEN}") == {str(revived.uid): True}
    assert members(f"topic:{CIRCULAR}") == {str(revived.uid): False}


def test_of_what_left_only_codes_are_kept():
    gone = withdraw(republish(practice(GREEN), topics=[CIRCULAR]))

    rows = FormerTopic.objects.order_by("topic").values("entry__uid", "topic")
    assert list(rows) == [{"entry__uid": gone.uid, "topic": topic} for topic in (CIRCULAR, GREEN)]
