"""The guide: every call in it works, every field is in it."""

import re
from html import unescape

import html5lib
import pytest
from django.conf import settings
from lxml import etree

from catalogue import kinds
from catalogue.codes import Topic
from catalogue.models import CatalogueState
from exchange import fields, schema
from exchange.problems import PROBLEM_TYPES
from exchange.templatetags.api_guide import with_code
from tests.factories import GoodPracticeFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client) -> str:
    response = client.get("/api/docs/")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")
    return response.content.decode()


def test_every_call_in_it_works(client, guide):
    publish(GoodPracticeFactory())
    cursor = f"{CatalogueState.objects.current().epoch}-1"
    calls = [unescape(call) for call in re.findall(r"<code>curl &quot;(.*?)&quot;</code>", guide)]

    assert len(calls) == 9
    for call in calls:
        path = call.removeprefix("https://portal.example").replace("NEXT_CURSOR", cursor)
        response = client.get(path.replace("RESPONSE_DATE", "2026-01-01T00:00:00Z"))
        assert response.status_code == 200, call
        assert b"badArgument" not in (b"".join(response) if response.streaming else response.content)


def test_every_link_in_it_leads_somewhere(client, guide):
    anchors = set(re.findall(r'id="([^"]+)"', guide))
    main = guide[guide.index("<main") : guide.index("</main>")]

    for address in set(re.findall(r'href="([^"]+)"', main)):
        if address.startswith("#"):
            assert address.removeprefix("#") in anchors
        else:
            ask = client.head if "/interreg/" in address else client.get  # those files are made while they are read
            status = ask(unescape(address)).status_code
            assert status == (302 if "/my/" in address else 200), address  # her own page, after signing in


def test_its_contents_lead_to_every_section(guide):
    page = etree.HTML(guide)
    links = [(link.get("href"), text_of(link)) for link in page.xpath("//nav[contains(@class, 'contents')]//li/a")]
    parts = {name for name, _text, _rows in fields.tables()["parts"]}
    headings = page.xpath("//section[@id]//h2 | //h3[@id]")
    sections = [
        (heading.get("id") or heading.xpath("ancestor::section/@id")[0], text_of(heading)) for heading in headings
    ]

    assert links[-1] == (f"#{min(parts)}", "Parts of records")
    assert links[:-1] == [(f"#{anchor}", title) for anchor, title in sections if anchor not in parts]
    assert len(set(links)) == len(links)


def test_it_leads_people_to_the_page_on_which_they_take_the_catalogue(client, guide):
    assert '<a href="/en/network/dumps/">Take the catalogue with you</a>' in guide
    assert client.get("/en/network/dumps/").status_code == 200


@pytest.mark.parametrize("name", ["pull.py", "receive.py", "cells.py", "CHANGELOG-API.md"])
def test_the_files_that_it_names_are_served_below_it(client, guide, name):
    [file] = [file for file in (settings.BASE_DIR / name, settings.BASE_DIR / "examples" / name) if file.exists()]

    answer = client.get(f"/api/docs/{name}")

    assert f'<a href="/api/docs/{name}"><code>{name}</code></a>' in guide
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert (answer.content, answer["X-Content-Type-Options"]) == (file.read_bytes(), "nosniff")
    assert (client.head(f"/api/docs/{name}").status_code, client.post(f"/api/docs/{name}").status_code) == (200, 405)


@pytest.mark.parametrize(
    "name",
    ["manage.py", "../manage.py", "..%2fmanage.py", "examples/pull.py", "pull.py/", "PULL.PY", "pull.py%00", "%00"],
)
def test_no_other_file_is_served(client, name):
    assert client.get(f"/api/docs/{name}").status_code == 404


def test_what_it_tells_of_is_in_the_image():
    left_out = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()

    assert left_out.index("!docs/openapi.yaml") > left_out.index("docs/*")
    assert not {"docs", "examples", "*.md", "**/*.md", "*.py"} & set(left_out)


def test_it_has_every_topic_where_feeds_say_it_has_them(client, guide):
    publish(GoodPracticeFactory(topics=["circular-economy"]))
    feed = etree.fromstring(client.get("/feeds/all.atom").content)
    page = etree.HTML(guide)

    [scheme] = feed.xpath("//*[local-name()='category'][@term='circular-economy']/@scheme")
    [section] = page.xpath(f"//section[@id='{scheme.partition('#')[2]}']")

    rows = [[text_of(cell) for cell in row] for row in section.xpath(".//tbody/tr")]
    assert rows == [[code, str(label)] for code, label in Topic.choices]


def text_of(node) -> str:
    return " ".join("".join(node.itertext()).split())


def test_it_has_every_field_of_every_kind(guide):
    components = schema.document()["components"]["schemas"]

    for kind in kinds.all_kinds():
        assert f'id="{kind.name}"' in guide
        for name in components[schema.record_name(kind)]["properties"]:
            assert f"<code>{name}</code>" in guide


def test_every_field_of_the_envelope_says_what_it_means():
    assert list(fields.ENVELOPE_MEANINGS) == fields.ENVELOPE


def test_parts_have_meanings_of_their_own():
    rows = {
        name: {row[0]["text"]: str(row[2]["text"]) for row in rows} for name, _text, rows in fields.tables()["parts"]
    }

    assert rows["Image"]["<code>url</code>"] == "The picture itself, a JPEG."
    assert rows["Image"]["<code>uid</code>"] == str(fields.ENVELOPE_MEANINGS["uid"])
    for part in rows.values():
        assert str(fields.ENVELOPE_MEANINGS["url"]) not in part.values()


def test_it_has_every_problem(guide):
    for name in PROBLEM_TYPES:
        assert f'href="/problems/{name}"' in guide


def test_it_is_strict_html_without_scripts_of_its_own(guide, client):
    problem = client.get("/problems/withdrawn").content.decode()

    for page in (guide, problem):
        html5lib.HTMLParser(strict=True).parse(page)
        assert "<script>" not in page
        assert "style=" not in page


def test_it_speaks_the_readers_language(client):
    assert 'lang="sl"' in client.get("/api/docs/", headers={"accept-language": "sl"}).content.decode()


def test_it_cannot_be_written_to(client):
    response = client.post("/api/docs/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"


def test_names_of_schemas_are_code(guide):
    for name in [name for name, _text, _rows in fields.tables()["parts"]]:
        assert f"<h2><code>{name}</code></h2>" in guide
        assert re.search(rf'<a href="#{name}">[^<]*<code>{name}</code>', guide)


def test_words_in_backticks_are_code_and_nothing_else_is_markup():
    assert with_code("a `b` <i>c</i> `<d>`") == "a <code>b</code> &lt;i&gt;c&lt;/i&gt; <code>&lt;d&gt;</code>"
