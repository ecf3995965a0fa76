"""How records are cited: in words, as BibTeX and as RIS, read again by readers that know nothing of what wrote them."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.citations import Citation, bibtex, one_line, ris
from tests.factories import GoodPracticeFactory, OrganisationFactory, publish, republish, texts, withdraw
from tests.library.factories import LibraryItemFactory


def citation(**changes) -> Citation:
    told = {
        "authors": ("Development Agency",),
        "title": "Open-yard day",
        "language": "en",
        "published": datetime(2026, 5, 3, 12, tzinfo=UTC),
        "version": 2,
        "url": "https://mer.example/id/0/",
        "licence": "CC-BY-4.0",
        "key": "mer-open-yard-day-2",
    }
    return Citation(**told | changes)


# A reader of BibTeX: braces are counted, whatever stands before them.

TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "#$%&_"},
}


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Type, key, fields; raises AssertionError for what is no entry."""
    head = re.match(r"@(\w+)\{([^\s,{}]+),", text)
    at, fields = head.end(), {}
    while found := re.compile(r"\s*(\w+) = ").match(text, at):
        value, at = grouped(text, found.end())
        fields[found[1]] = value
        at = re.compile(r",?").match(text, at).end()
    assert text[at:] == "\n}\n"
    return head[1], head[2], fields


def grouped(text: str, at: int) -> tuple[str, int]:
    """What stands in the braces that begin here, and where they end."""
    assert text[at] == "{"
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return text[at + 1 : place], place + 1
    raise AssertionError("a brace is never closed")


def untex(value: str) -> str:
    inner, end = grouped(value, 0)
    assert end == len(value)
    known = "|".join(re.escape(command) for command in sorted(TEX, key=len, reverse=True))
    plain, at = "", 0
    while at < len(inner):
        if found := re.compile(known).match(inner, at):
            plain, at = plain + TEX[found[0]], found.end()
        else:
            assert inner[at] not in "\\{}~^#$%&_"
            plain, at = plain + inner[at], at + 1
    return plain


def read_ris(text: str) -> list[tuple[str, str]]:
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) and len(line.splitlines()) == 1 for line in lines)
    found = [(line[:2], line[6:]) for line in lines]
    assert (found[0], found[-1]) == (("TY", "ELEC"), ("ER", ""))
    return found


def test_bibtex():
    told = bibtex(citation(title="Čistoča & 100 % {zero} waste", authors=("RA Ptuj", "Smith and Sons")))

    kind, key, fields = read_bibtex(told)
    assert (kind, key) == ("misc", "mer-open-yard-day-2")
    assert fields == {
        "author": "{RA Ptuj} and {Smith and Sons}",
        "title": r"{Čistoča \& 100 \% \textbraceleft{}zero\textbraceright{} waste}",
        "year": "2026",
        "howpublished": "MER portal",
        "version": "2",
        "language": "en",
        "url": "https://mer.example/id/0/",
        "note": "Version 2. CC-BY-4.0",
    }


def test_ris():
    assert read_ris(ris(citation(authors=("RA *Ptuj*", "ENEA")))) == [
        ("TY", "ELEC"),
        ("AU", "RA Ptuj"),
        ("AU", "ENEA"),
        ("TI", "Open-yard day"),
        ("PY", "2026"),
        ("DA", "2026/05/03"),
        ("PB", "MER portal"),
        ("ET", "2"),
        ("LA", "en"),
        ("UR", "https://mer.example/id/0/"),
        ("N1", "CC-BY-4.0"),
        ("ER", ""),
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example("}")
@example("{\\")
@example("a\r\nER  - \u2028TY  - BOOK\x85\x0b")
@example('\\textbackslash{} $x_1^2$ ~ # % & "quoted" @misc{x,}')
def test_any_title_survives(title):
    cited = citation(title=one_line(title), authors=(one_line(title) or "Nobody",))

    fields = read_bibtex(bibtex(cited))[2]
    assert (untex(fields["title"]), untex(fields["author"])) == (cited.title, cited.author)
    assert ("TI", cited.title) in read_ris(ris(cited))


# Pages


@pytest.fixture
def practice(db):
    organisation = publish(OrganisationFactory(name_english="Bistra Ptuj", name_original="Bistra hiša Ptuj"))
    return publish(
        GoodPracticeFactory(organisation_in_charge=organisation, title=texts("Open yards", "Odprta dvorišča"))
    )


def main_of(answer) -> str:
    found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_a_record_is_cited_by_who_is_in_charge_in_the_language_it_is_read_in(client, practice, settings):
    year = practice.entry.published.year
    address = f"{settings.PUBLIC_URL}/id/{practice.uid}/v/1/"

    page = client.get(f"/en/practices/{practice.slug}/cite/")
    assert f"Bistra Ptuj ({year}): Open yards. MER portal, version 1. {address}. CC-BY-4.0." in main_of(page)
    page = client.get(f"/sl/practices/{practice.slug}/cite/")
    assert f"Bistra hiša Ptuj ({year}): Odprta dvorišča." in main_of(page)


def test_whoever_wrote_it_is_named_where_it_says_so(client, practice):
    republish(practice, author="M. Novak")

    page = client.get(f"/en/practices/{practice.slug}/cite/")

    assert f"M. Novak ({practice.entry.published.year}): Open yards." in main_of(page)
    assert ("AU  - M. Novak\r\n" in page.context["ris"], "Bistra" in page.context["bibtex"]) == (True, False)


def test_the_files_hold_what_the_page_shows(client, practice):
    page = client.get(f"/en/practices/{practice.slug}/cite/")

    for ending, media_type, name in (
        ("bib", "application/x-bibtex", "bibtex"),
        ("ris", "application/x-research-info-systems", "ris"),
    ):
        file = client.get(f"/en/practices/{practice.slug}/cite/{practice.slug}.{ending}")
        assert file["Content-Type"] == f"{media_type}; charset=utf-8"
        assert file["Content-Disposition"] == f'attachment; filename="{practice.slug}.{ending}"'
        assert file.content.decode() == page.context[name]
    assert client.get(f"/en/practices/{practice.slug}/cite/another.bib").status_code == 404


def test_a_version_is_cited_as_it_was(client, practice):
    republish(practice, title=texts("Open gates", "Odprta vrata"))
    slug = practice.slug

    assert "Open yards. MER portal, version 1." in main_of(client.get(f"/en/practices/{slug}/v/1/cite/"))
    assert "Open gates. MER portal, version 2." in main_of(client.get(f"/en/practices/{slug}/cite/"))
    assert "{Open yards}" in client.get(f"/en/practices/{slug}/v/1/cite/{slug}.bib").content.decode()
    assert client.get(f"/en/practices/{slug}/v/3/cite/").status_code == 404
    assert f"/en/practices/{slug}/v/1/cite/" in client.get(f"/en/practices/{slug}/v/1/").content.decode()


@pytest.mark.django_db
def test_printed_authors_come_before_the_publisher_and_the_portal_before_nobody(client):
    publisher = publish(OrganisationFactory(name_english="ENEA"))
    printed = publish(LibraryItemFactory(authors="M. Rossi; A. Bianchi", publisher=publisher))
    issued = publish(LibraryItemFactory(authors="", publisher=publisher))
    nobodys = publish(GoodPracticeFactory())

    for record, author in ((printed, "M. Rossi; A. Bianchi ("), (issued, "ENEA ("), (nobodys, "MER portal (")):
        assert author in main_of(client.get(f"/en/{record.entry.kind}/{record.slug}/cite/"))


def test_what_is_withdrawn_is_not_cited(client, practice):
    slug = practice.slug
    withdraw(practice)

    assert client.get(f"/en/practices/{slug}/cite/").status_code == 410
    assert client.get(f"/en/practices/{slug}/cite/{slug}.bib").status_code == 410
    assert client.get("/en/practices/none-such/cite/").status_code == 404


def test_a_version_that_was_withdrawn_says_so_and_leads_to_the_one_of_now(client, practice):
    slug = practice.slug
    withdraw(practice)
    own = (f"v/1/{slug}.pdf", "v/1/", "v/1/cite/", f"v/1/cite/{slug}.bib", "v/1/changes/")
    assert {client.get(f"/en/practices/{slug}/{path}").status_code for path in own} == {410}

    publish(practice)

    for path in own:
        answer = client.get(f"/en/practices/{slug}/{path}")
        assert answer.status_code == 410
        assert "Version 1 was withdrawn" in main_of(answer)
        assert f'<a href="/en/practices/{slug}/"' in answer.content.decode()
    assert client.get(f"/en/practices/{slug}/v/2/").status_code == 200
    assert client.get(f"/en/practices/{slug}/v/3/").status_code == 404


def test_a_former_address_leads_to_the_record(client, practice):
    former = practice.slug
    type(practice).objects.filter(pk=practice.pk).update_ledger(slug="open-gates")
    republish(practice, title=texts("Open gates", "Odprta vrata"))

    assert client.get(f"/en/practices/{former}/cite/")["Location"] == "/en/practices/open-gates/"


def test_the_record_says_where_it_is_and_how_to_pass_it_on(client, practice, settings):
    page = client.get(f"/en/practices/{practice.slug}/")
    html = page.content.decode()

    address = f"{settings.PUBLIC_URL}/id/{practice.uid}/"
    assert f'value="{address}" readonly' in html
    quoted = address.replace(":", "%3A")
    assert f'href="mailto:?subject=Open%20yards&amp;body={quoted}"' in html
    for page_of_it in ("cite", "suggest", "contact"):
        assert f'href="/en/practices/{practice.slug}/{page_of_it}/"' in html
    assert page.cookies == {}


def test_a_version_is_passed_on_as_that_version_whatever_becomes_of_the_record(client, practice, settings):
    former, permanent = practice.slug, f"/id/{practice.uid}/v/1/"
    type(practice).objects.filter(pk=practice.pk).update_ledger(slug="open-gates")
    republish(practice, title=texts("Open gates", "Odprta vrata"))

    page = client.get("/en/practices/open-gates/v/1/").content.decode()
    assert f'value="{settings.PUBLIC_URL}{permanent}" readonly' in page
    assert f'href="{permanent}"' in page
    assert f'href="/api/v1/practices/{practice.uid}/versions/1/"' in page
    for place in ("cite/", "cite/open-gates.bib"):
        assert permanent in client.get(f"/en/practices/open-gates/v/1/{place}").content.decode()
    led = client.get(permanent, headers={"accept-language": "sl"})
    assert (led.status_code, led["Location"]) == (303, "/sl/practices/open-gates/v/1/")
    assert client.get(f"/en/practices/{former}/v/1/")["Location"] == "/en/practices/open-gates/v/1/"
    assert client.get(f"/id/{practice.uid}/v/3/").status_code == 404
    for place in ("", "cite/", "cite/open-gates.bib"):
        assert client.get(f"/en/practices/open-gates/v/0/{place}").status_code == 404
    withdraw(practice)
    assert client.get(permanent).status_code == 410
