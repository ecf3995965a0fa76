"""The sitemap: what is published and ours, in each of its languages; nothing else."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import sitemaps
from catalogue.models import Entry
from tests.factories import GoodPracticeFactory, NetworkFactory, harvested_entry, publish, withdraw
from tests.pages.factories import standard_page

pytestmark = [pytest.mark.core, pytest.mark.django_db]

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://portal.example"


def read(client, url: str):
    answer = client.get(url)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def addresses(tree) -> list[str]:
    return [each.text.removeprefix("https://portal.example") for each in tree.iterfind(".//s:loc", NAMES)]


def test_robots_are_told_of_the_sitemap(client):
    assert "Sitemap: https://portal.example/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_record_stands_in_the_languages_of_its_title_each_with_all_alternates(client):
    practice = publish(GoodPracticeFactory())
    slovenian = publish(GoodPracticeFactory(original_language="sl", title={"sl": "Šola"}, summary={"sl": "Čas."}))

    tree = read(client, "/sitemap/records-0.xml")

    assert addresses(tree) == [
        f"/en/practices/{practice.slug}/",
        f"/sl/practices/{practice.slug}/",
        f"/sl/practices/{slovenian.slug}/",
    ]
    links = tree.find("s:url", NAMES).iterfind("x:link", NAMES)
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": f"https://portal.example/en/practices/{practice.slug}/",
        "sl": f"https://portal.example/sl/practices/{practice.slug}/",
        "x-default": f"https://portal.example/en/practices/{practice.slug}/",
    }
    entry = Entry.objects.get(uid=practice.uid)
    assert tree.find(".//s:lastmod", NAMES).text == entry.modified.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_drafts_withdrawn_and_foreign_records_are_not_in_it(client):
    GoodPracticeFactory()
    withdraw(publish(GoodPracticeFactory()))
    harvested_entry(NetworkFactory())

    assert addresses(read(client, "/sitemap/records-0.xml")) == []


def test_pages_and_lists_have_a_part_of_their_own(client):
    standard_page(slug="about-us")
    standard_page(slug="draft", live=False)

    found = addresses(read(client, "/sitemap/pages.xml"))

    assert {"/en/", "/sl/", "/en/about-us/", "/en/practices/", "/sl/search/"} <= set(found)
    assert "/en/draft/" not in found


def test_the_index_names_parts_by_ranges_of_ids(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 1)
    practice = publish(GoodPracticeFactory())
    key = Entry.objects.get(uid=practice.uid).pk

    found = addresses(read(client, "/sitemap.xml"))

    assert found[0] == "/sitemap/pages.xml" and found[-1] == f"/sitemap/records-{key}.xml"
    assert len(addresses(read(client, found[-1]))) == 2
    assert client.get(f"/sitemap/records-{key + 1}.xml").status_code == 404


def test_it_asks_the_same_of_one_record_as_of_three(client):
    def number(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    publish(GoodPracticeFactory())
    one = [number(url) for url in ("/sitemap.xml", "/sitemap/pages.xml", "/sitemap/records-0.xml")]
    publish(GoodPracticeFactory())
    publish(GoodPracticeFactory())

    assert [number(url) for url in ("/sitemap.xml", "/sitemap/pages.xml", "/sitemap/records-0.xml")] == one
    assert max(one) <= 2
