"""Every type of page is faultless HTML, speaks the language it says, loads nothing from elsewhere, leads nowhere wrong."""

import re
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from django.test import Client

from tests.pages.furnished import LANGUAGES, NAVIGATES, page_types

LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("use", "href"),
}
LOADING |= {
    ("image", "href"),
    ("object", "data"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("input", "src"),
}
NOT_LOADED = {"canonical", "alternate", "license", "author", "help"}


@pytest.fixture
def world(furnished, db):
    return furnished


@pytest.fixture
def visit(world):
    """A page as its reader gets it: the tree, and the faults."""

    def visit(page, language):
        browser = Client(headers=NAVIGATES, raise_request_exception=False)
        if page.role:
            browser.force_login(getattr(world, page.role))
        answer = browser.get(page.url(language))
        assert answer.status_code == page.status, f"{page.name} in {language}: {answer.status_code}"
        return parsed(answer.content)

    return visit


def parsed(content: bytes):
    """The tree, and what a strict parser has to say against it, with the places."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(content.decode())
    return tree, [f"{code} at {line}:{column} {values}" for (line, column), code, values in parser.errors]


# What is looked at on every page: each returns complaints.


def structure(tree) -> list:
    counts = {name: len(tree.findall(f".//{name}")) for name in ("h1", "title", "main")}
    empty = [name for name in ("h1", "title") for each in tree.iter(name) if not "".join(each.itertext()).strip()]
    return empty + [f"{count} of {name}" for name, count in counts.items() if count != 1]


def other_hosts(tree) -> list:
    return [address for address in loaded(tree) if urlsplit(address).netloc]


def loaded(tree):
    """Addresses that a browser asks for without being told to."""
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        for name, value in element.attrib.items():
            name = str(name[1] if isinstance(name, tuple) else name).rpartition("}")[2].rpartition(":")[2]
            is_link = tag == "link" and name == "href" and element.attrib.get("rel") not in NOT_LOADED
            if (tag, name) in LOADING or is_link:
                parts = value.split(",") if name == "srcset" else [value]
                yield from (part.split()[0] for part in parts if part.split())


def inline_code(tree) -> list:
    wrong = [name for each in tree.iter() for name in each.attrib if name == "style" or str(name).startswith("on")]
    wrong += ["style" for _each in tree.iter("style")]
    scripts = [each for each in tree.iter("script") if "json" not in each.attrib.get("type", "")]
    wrong += ["script" for each in scripts if "src" not in each.attrib]
    return wrong + [
        each.attrib["href"] for each in tree.iter("a") if each.attrib.get("href", "").startswith("javascript:")
    ]


def identities(tree) -> list:
    """Ids that stand twice, and pointers to none."""
    ids = [each.attrib["id"] for each in tree.iter() if "id" in each.attrib]
    pointers = {each.attrib["for"] for each in tree.iter("label") if "for" in each.attrib}
    for each in tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
            pointers.update(each.attrib.get(name, "").split())
    fragments = (each.attrib.get("href", "") for each in tree.iter("a"))
    pointers.update(href[1:] for href in fragments if len(href) > 1 and href[0] == "#")
    return sorted({each for each in ids if ids.count(each) > 1} | (pointers - set(ids)))


def names(tree) -> list:
    """Pictures without a text, controls without a name."""
    labelled = {each.attrib.get("for") for each in tree.iter("label")}
    inside = {id(part) for each in tree.iter("label") for part in each.iter()}
    wrong = [each.attrib.get("src") for each in tree.iter("img") if "alt" not in each.attrib]
    for tag in ("input", "select", "textarea"):
        for each in tree.iter(tag):
            named = {"aria-label", "aria-labelledby"} & set(each.attrib) or each.attrib.get("id") in labelled
            if not named and id(each) not in inside and each.attrib.get("type") not in ("hidden", "submit"):
                wrong.append(each.attrib.get("name"))
    return wrong


LOOKS = (structure, other_hosts, inline_code, identities, names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_well_made(language, visit, world, client):
    complaints, files = {}, set()
    for page in page_types(world):
        tree, faults = visit(page, language)
        found = {look.__name__: look(tree) for look in LOOKS} | {"html": faults}
        if not page.path.startswith("/") and tree.attrib.get("lang") != language:
            found["language"] = tree.attrib.get("lang")
        complaints |= {f"{page.name}: {name}": wrong for name, wrong in found.items() if wrong}
        files.update(loaded(tree))

    assert not complaints, "\n".join(f"{each}: {wrong}" for each, wrong in complaints.items())
    for address in sorted(each for each in files if not each.startswith(("data:", "#"))):
        answer = client.get(address.partition("#")[0])
        assert answer.status_code == 200, address
        answer.getvalue()


def test_a_text_that_stands_in_another_language_is_marked_as_such(visit, world):
    page = next(each for each in page_types(world) if each.name == "practice in one language")

    tree, _faults = visit(page, "en")
    heading = tree.find(".//h1")
    assert "".join(heading.itertext()).strip() == "Čista šola"
    assert language_of(tree, heading) == "sl"
    for part in ("Stara šola.", "Vse skupaj.", "prva težava"):
        [place] = [each for each in tree.iter() if (each.text or "").strip() == part and each.tag != "title"]
        assert language_of(tree, place) == "sl", part

    tree, _faults = visit(page, "sl")
    assert language_of(tree, tree.find(".//h1")) == "sl"


def language_of(tree, element) -> str:
    """As a browser decides: the nearest lang on the way up."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    while element is not None:
        if element.attrib.get("lang"):
            return element.attrib["lang"]
        element = parents.get(element)
    return ""


def test_every_link_inside_the_portal_leads_somewhere(visit, world):
    """All that the pages link to, and what those link to in their turn; each reader follows her own links."""
    wrong = {}
    for role in ("", "partner", "reviewer"):
        browser = Client(raise_request_exception=False)
        if role:
            browser.force_login(getattr(world, role))
        pages = [each for each in page_types(world) if each.role == role]
        seen: dict[str, str] = {}
        step = {page.url(language): page.name for page in pages for language in LANGUAGES}
        for _depth in range(3):
            step = follow(browser, step, seen, wrong, expected={page.url(code) for page in pages for code in LANGUAGES})

    assert not wrong, "\n".join(f"{address}: {status}" for address, status in wrong.items())


MOST_PAGES = 150


def follow(browser, step: dict[str, str], seen: dict[str, str], wrong: dict, *, expected: set[str]) -> dict[str, str]:
    """Ask for the addresses of this step; return those that their pages link to, with the page where each was found."""
    onward = {}
    for address, found_on in step.items():
        if len(seen) >= MOST_PAGES or address in seen:
            continue
        seen[address] = found_on
        answer = browser.get(address)
        if answer.status_code >= 400 and address not in expected:
            wrong[address] = f"{answer.status_code}, linked on {found_on}"
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            onward |= dict.fromkeys(links(answer.content.decode(), address), address)
        elif answer.streaming:
            answer.getvalue()
    return onward


def links(text: str, page: str) -> set[str]:
    """Addresses inside the portal, without those that the tests serve from no file, and without fragments."""
    found = re.findall(r'<(?:a|link|img|script|use)\b[^>]*?\s(?:href|src)="([^"]+)"', text)
    inside = (urlsplit(urljoin(f"http://portal{page}", each.replace("&amp;", "&"))) for each in found)
    paths = {each._replace(scheme="", netloc="", fragment="").geturl() for each in inside if each.netloc == "portal"}
    return {path for path in paths if not path.startswith(("/static/", "/accounts/logout/"))}
