"""Readers of feeds follow what is new, and are told what was withdrawn."""

import json
from datetime import datetime

import pytest
from lxml import etree

from catalogue.models import Entry
from tests.awkward import AWKWARD
from tests.every_kind import EVERY_FACTORY, FACTORIES
from tests.exchange.linked.conftest import PORTAL
from tests.factories import (
    GoodPracticeFactory,
    NetworkFactory,
    OrganisationFactory,
    harvested_entry,
    publish,
    republish,
    texts,
    withdraw,
)

NAMES = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
pytestmark = [pytest.mark.django_db, pytest.mark.core]


def is_time(text: str) -> bool:
    """RFC 4287, section 3.3: as RFC 3339, with a capital T, and a capital Z where there is no offset."""
    return text.endswith("Z") and "T" in text and bool(datetime.fromisoformat(text))


def check(feed) -> None:
    """What RFC 4287 asks of a feed and its entries (sections 4.1.1 and 4.1.2), RFC 6721 of deletions (section 3)."""
    for node in [feed, *feed.iterfind("a:entry", NAMES)]:
        assert [len(node.findall(f"a:{name}", NAMES)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert is_time(node.find("a:updated", NAMES).text)
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in node.iterfind("a:link", NAMES)]
        assert len(links) == len(set(links))
        assert all(link.get("href").startswith("https://") for link in node.iterfind("a:link", NAMES))
    ids = [each.text for each in feed.iterfind("a:entry/a:id", NAMES)]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("urn:uuid:") for each in ids)
    assert feed.find("a:author/a:name", NAMES).text
    assert len(feed.xpath("a:link[@rel='self']", namespaces=NAMES)) == 1
    for entry in feed.iterfind("a:entry", NAMES):
        assert is_time(entry.find("a:published", NAMES).text)
        assert entry.xpath("a:link[@rel='alternate']", namespaces=NAMES)  # as there is no content
    for gone in feed.iterfind("at:deleted-entry", NAMES):
        assert gone.get("ref").startswith("urn:uuid:")
        assert is_time(gone.get("when"))


@pytest.fixture
def feed(get):
    def read(path: str):
        tree = etree.fromstring(get(path).content)
        check(tree)
        return tree

    return read


@pytest.fixture
def pages_of_three(monkeypatch):
    monkeypatch.setattr("exchange.linked.feeds.PAGE_SIZE", 3)


def uids(tree) -> list[str]:
    return [each.text.removeprefix("urn:uuid:") for each in tree.iterfind("a:entry/a:id", NAMES)]


def link(tree, relation: str) -> str | None:
    return next(iter(tree.xpath(f"a:link[@rel='{relation}']/@href", namespaces=NAMES)), None)


def test_a_new_practice_is_told_of(feed):
    practice = publish(GoodPracticeFactory(title=texts("Heat", "Toplota"), topics=["circular-economy"]))
    record = Entry.objects.get(uid=practice.uid).record

    tree = feed("/feeds/practices.atom")

    [entry] = tree.iterfind("a:entry", NAMES)
    title = entry.find("a:title", NAMES)
    assert (title.text, title.get(LANG)) == ("Heat", "en")
    assert entry.find("a:updated", NAMES).text == record["modified"] == tree.find("a:updated", NAMES).text
    assert entry.find("a:published", NAMES).text == record["published"]
    assert {each.get("term") for each in entry.iterfind("a:category", NAMES)} == {"practices", "circular-economy"}
    alternates = {
        each.get("hreflang"): each.get("href") for each in entry.xpath("a:link[@rel='alternate']", namespaces=NAMES)
    }
    assert alternates == {
        "en": PORTAL + record["pages"]["en"],
        "sl": PORTAL + record["pages"]["sl"],
        None: f"{PORTAL}/api/v1/practices/{practice.uid}/",
    }


def test_a_reader_may_ask_for_another_language(feed):
    publish(GoodPracticeFactory(title=texts("Heat", "Toplota")))

    tree = feed("/feeds/practices.atom?lang=sl")

    assert (tree.get(LANG), tree.find("a:title", NAMES).text) == ("sl", "MER: Dobre prakse")
    assert tree.find("a:entry/a:title", NAMES).text == "Toplota"


def test_its_other_pages_speak_the_same_language(feed, pages_of_three):
    for _each in range(4):
        publish(OrganisationFactory())
    first = f"{PORTAL}/feeds/all.atom?lang=sl"

    second = feed(link(feed(first), "next"))

    assert link(second, "first") == first
    assert second.get(LANG) == "sl"
    assert second.find("a:id", NAMES).text == f"{PORTAL}/feeds/all.atom"


def test_it_leads_people_to_what_it_tells_of(feed, client):
    pages = {"/feeds/all.atom": "/en/", "/feeds/all.atom?lang=sl": "/sl/"}
    pages |= {f"/feeds/{kind}.atom?lang=sl": f"/sl/{kind}/" for kind in FACTORIES}

    for path, page in pages.items():
        assert link(feed(path), "alternate") == f"{PORTAL}{page}"
        assert client.get(page).status_code == 200


def test_the_newest_change_stands_first(feed):
    first, second = publish(GoodPracticeFactory()), publish(GoodPracticeFactory())
    republish(first, title=texts("Changed", "Spremenjeno"))
    Entry.objects.filter(uid=second.uid).update(modified="2026-01-01T00:00:00Z")

    assert uids(feed("/feeds/practices.atom")) == [str(first.uid), str(second.uid)]


def test_a_withdrawal_is_told_with_its_reason_and_nothing_else(feed):
    gone, successor = publish(GoodPracticeFactory(title=texts("Secret", "Skrivno"))), publish(GoodPracticeFactory())
    withdraw(gone, reason="merged", merged_into=successor.uid)

    tree = feed("/feeds/practices.atom")

    [told] = tree.iterfind("at:deleted-entry", NAMES)
    assert told.get("ref") == f"urn:uuid:{gone.uid}"
    assert told.find("at:comment", NAMES).text == "merged into another record"
    assert told.find("a:link", NAMES).get("href") == f"{PORTAL}/id/{successor.uid}/"
    assert uids(tree) == [str(successor.uid)]
    assert "Secret" not in etree.tostring(tree).decode()


def test_each_kind_has_a_feed_and_all_together(feed):
    published = {str(publish(factory()).uid) for factory in EVERY_FACTORY}

    each = [uid for kind in FACTORIES for uid in uids(feed(f"/feeds/{kind}.atom"))]

    assert sorted(each) == sorted(published) == sorted(uids(feed("/feeds/all.atom")))


def test_drafts_and_what_is_not_ours_are_in_no_feed(feed):
    GoodPracticeFactory()
    harvested_entry(NetworkFactory())

    assert uids(feed("/feeds/all.atom")) == []


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6])
def test_older_changes_stand_on_further_pages(feed, pages_of_three, number):
    published = {str(publish(OrganisationFactory()).uid) for _each in range(number)}
    found, address = [], f"{PORTAL}/feeds/partners.atom"

    while address:
        tree = feed(address)
        assert link(tree, "self") == address
        assert link(tree, "first") == f"{PORTAL}/feeds/partners.atom"
        found += uids(tree)
        address = link(tree, "next")

    assert sorted(found) == sorted(published)


def test_awkward_texts_are_well_formed(feed):
    practice = publish(GoodPracticeFactory())
    entry = Entry.objects.get(uid=practice.uid)
    for awkward in AWKWARD[::7]:
        card = entry.short | {"title": {"en": awkward.text}, "summary": {"sl": f"</summary>{awkward.text}"}}
        Entry.objects.filter(pk=entry.pk).update(card=json.dumps(card))

        assert uids(feed(f"/feeds/all.atom?lang={'sl' if awkward.text else 'en'}")) == [str(practice.uid)]


def test_who_has_it_is_told_so(get):
    publish(GoodPracticeFactory())
    answer = get("/feeds/all.atom")

    assert answer["Content-Type"] == "application/atom+xml"
    assert get("/feeds/all.atom", status=304, **{"if-none-match": answer["ETag"]}).content == b""
    publish(GoodPracticeFactory())
    assert get("/feeds/all.atom", **{"if-none-match": answer["ETag"]})["ETag"] != answer["ETag"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/feeds/all.atom?cursor=garbage", {}, 400),
        ("/feeds/all.atom?lang=xx", {}, 400),
        ("/feeds/all.atom?foo=1", {}, 400),
        ("/feeds/all.atom", {"accept": "application/json"}, 406),
        ("/feeds/nothing.atom", {}, 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem(get, path, headers, status):
    assert get(path, status=status, **headers)["Content-Type"] == "application/problem+json"


def test_one_feed_s_cursor_does_not_open_another(feed, get, pages_of_three):
    for _each in range(4):
        publish(OrganisationFactory())

    address = link(feed("/feeds/all.atom"), "next").replace("/all.", "/partners.")

    get(address, status=400)


@pytest.mark.parametrize(
    ("page", "name"),
    [("/en/practices/", "practices"), ("/en/events/", "events"), ("/sl/partners/", "partners"), ("/en/search/", "all")],
)
def test_pages_of_lists_lead_to_their_feed(client, page, name):
    tree = etree.HTML(client.get(page).content)

    assert tree.xpath("//head/link[@type='application/atom+xml']/@href") == [f"/feeds/{name}.atom"]


def test_statements_do_not_grow_with_the_catalogue(get, django_assert_num_queries):
    for number in (3, 27):
        for _each in range(number):
            publish(OrganisationFactory())
        get("/feeds/all.atom")  # counts, once for this version of the catalogue
        with django_assert_num_queries(2):  # how far the catalogue is, and the page
            get("/feeds/all.atom?lang=sl")
