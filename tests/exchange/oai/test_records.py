"""What Dublin Core says of a record: what its document says, and nothing that is not public."""

import json
import re

import pytest

from catalogue.codes import topic_name
from catalogue.models import Entry
from catalogue.places import place
from exchange.oai import dublin_core
from tests.awkward import AWKWARD
from tests.events.factories import EventFactory
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    harvested_entry,
    publish,
    republish,
    texts,
    withdraw,
)
from tests.library.factories import LibraryItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]

BASE = "https://portal.example"


@pytest.fixture
def record(ask):
    """The record of something published."""
    return lambda of: ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:portal.example:{of.uid}")


def test_a_practice_in_dublin_core(record):
    organisation = publish(OrganisationFactory(name_original="RA Ptuj", name_english="Ptuj Agency"))
    practice = publish(
        GoodPracticeFactory(
            title=texts("One office", "Ena pisarna"),
            summary=texts("What it did.", "Kaj je naredila."),
            topics=["circular-economy"],
            keywords=["one-stop shop"],
            places=[place("SI", nuts="SI032", nuts_version=2021, town="Ptuj")],
            organisation_in_charge=organisation,
            original_language="sl",
        )
    )

    found = record(practice)

    pages = practice.entry.record["pages"].values()
    assert found.dc("title") == [("One office", "en"), ("Ena pisarna", "sl")]
    assert found.dc("description") == [("What it did.", "en"), ("Kaj je naredila.", "sl")]
    assert found.dc("creator") == [("RA Ptuj", None)]
    assert found.dc("publisher") == [("MER portal", None)]
    assert found.dc("subject") == [
        (topic_name("circular-economy", "en"), "en"),
        (topic_name("circular-economy", "sl"), "sl"),
        ("one-stop shop", None),
    ]
    assert found.dc("type") == [("Text", None), ("practices", None)]
    assert found.dc("language") == [("sl", None), ("en", None)] or found.dc("language") == [("en", None), ("sl", None)]
    assert [text for text, _language in found.dc("identifier")] == [
        f"{BASE}/id/{practice.uid}/",
        *(f"{BASE}{page}" for page in pages),
    ]
    assert found.dc("relation") == [(f"{BASE}/id/{organisation.uid}/", None)]
    assert [text for text, _language in found.dc("coverage")] == ["SI", "SI032", "Ptuj"]
    assert found.dc("rights") == [("https://creativecommons.org/licenses/by/4.0/", None)]
    assert found.dc("date") == [(practice.entry.record["published"], None)]
    assert found.headers[0].datestamp == practice.entry.record["modified"]


def test_who_wrote_it_comes_before_who_is_in_charge(record):
    organisation = publish(OrganisationFactory())

    practice = publish(GoodPracticeFactory(author="Maja Novak", organisation_in_charge=organisation))

    assert record(practice).dc("creator") == [("Maja Novak", None)]


def test_the_partners_of_a_project_contribute(record):
    project = ProjectFactory(start="2006-10-01", end="2008-03-31", website="https://project.example/")
    known = publish(OrganisationFactory(name_original="RA Ptuj", name_english="RA Ptuj"))
    ParticipationFactory(project=project, organisation=known)
    ParticipationFactory(project=project, name_as_printed="A draft's printed name")

    found = record(publish(project))

    assert found.dc("contributor") == [("RA Ptuj", None), ("A draft's printed name", None)]
    assert found.dc("coverage")[-1] == ("2006-10-01/2008-03-31", None)
    assert found.dc("relation")[-1] == ("https://project.example/", None)


def test_a_library_item_has_its_own_publisher_date_and_number(record):
    publisher = publish(OrganisationFactory(name_original="Založba", name_english="A publisher"))

    found = record(publish(LibraryItemFactory(publisher=publisher, year=2012, isbn="9780306406157")))

    assert found.dc("publisher") in ([("Založba", None)], [("A publisher", None)])
    assert found.dc("date") == [("2012", None)]
    assert ("urn:isbn:9780306406157", None) in found.dc("identifier")


def test_an_event_is_one_and_an_example_is_marked(record):
    assert ("Event", None) in record(publish(EventFactory())).dc("type")
    assert ("example", None) in record(publish(GoodPracticeFactory(example=True))).dc("type")


def test_a_harvested_record_names_where_it_is_from(record):
    origin = {"network": "ecole", "url": "https://network.example/7", "retrieved": None}

    assert record(harvested_entry(NetworkFactory(), origin=origin)).dc("source") == [
        ("https://network.example/7", None)
    ]


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_every_kind_has_title_type_address_and_rights(record, factory):
    found = record(publish(factory()))

    assert all(found.dc(name) for name in ("title", "type", "identifier", "rights", "date", "publisher", "language"))
    assert all(text and text.strip() for each in found.root.iter(f"{{{dublin_core.DC}}}*") for text in [each.text])


def test_what_is_withdrawn_says_when_and_no_more(record):
    gone = withdraw(publish(GoodPracticeFactory()))

    found = record(gone)

    assert [header.deleted for header in found.headers] == [True]
    assert found.errors == []
    assert list(found.root.iter("{*}metadata")) == []


def test_what_was_never_published_does_not_exist(record, ask):
    draft = GoodPracticeFactory()

    assert record(draft).errors == ["idDoesNotExist"]
    for identifier in (
        f"oai:elsewhere.example:{publish(draft).uid}",
        f"oai:portal.example:{str(draft.uid).upper()}",
        f"oai:portal.example:{draft.uid.hex}",
        str(draft.uid),
    ):
        assert ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier).errors == ["idDoesNotExist"]
    assert record(draft).errors == []


def test_the_portal_says_what_it_is(ask):
    publish(GoodPracticeFactory())

    answer = ask(verb="Identify")

    assert answer.text("baseURL") == f"{BASE}/oai"
    assert (answer.text("deletedRecord"), answer.text("granularity")) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert answer.text("earliestDatestamp") <= answer.date
    assert b"<repositoryIdentifier>portal.example</repositoryIdentifier>" in answer.content
    assert ask(verb="ListMetadataFormats").texts("metadataPrefix") == ["oai_dc"]


# Awkward texts


def test_awkward_texts_arrive_as_they_are(record):
    awkward = "".join(each.text for each in AWKWARD)
    practice = publish(GoodPracticeFactory())
    document = practice.entry.record | {"title": {"en": f"<&>\"' ]]> \r\n\t {awkward}"}}
    Entry.objects.filter(uid=practice.uid).update(document=json.dumps(document))

    ((title, _language),) = record(practice).dc("title")

    assert title == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", document["title"]["en"])
    assert title.startswith("<&>\"' ]]> \r\n\t ")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_what_xml_cannot_say_is_replaced(sign):
    told = dublin_core.rendered({"title": {"en": f"a{sign}b"}}, "")

    assert ">a\ufffdb<" in told
    told.encode()


# What is not public


def test_a_canary_in_drafts_is_in_no_answer(pages, ask):
    canary = "Zlatokljun"
    hidden = texts(canary, canary)
    GoodPracticeFactory(title=hidden, summary=hidden, keywords=[canary])
    live = publish(GoodPracticeFactory())
    live.title = live.summary = hidden
    live.save_revision()
    withdraw(republish(publish(GoodPracticeFactory(title=hidden, author=canary)), summary=hidden))
    publish(GoodPracticeFactory(organisation_in_charge=OrganisationFactory(name_original=canary, name_english=canary)))

    answers = [*pages("ListRecords"), *pages("ListIdentifiers"), ask(verb="ListSets"), ask(verb="Identify")]

    assert [header.deleted for header in answers[0].headers] == [False, True, False]
    assert all(canary.encode() not in answer.content for answer in answers)
