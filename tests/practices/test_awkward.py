"""Three hundred awkward strings (`tests.awkward`) in every field of a practice's form, and the whole way to its readers."""

import json
from urllib.parse import urlencode

import html5lib
import pytest
from django.urls import reverse

from catalogue.citations import one_line
from catalogue.drafting.fields import DraftLine, DraftText
from practices.forms import PracticeForm
from tests.awkward import AWKWARD, BREAK, EMPTY, KEPT, REFUSED, Awkward
from tests.catalogue.test_citations import read_bibtex, read_ris, untex
from tests.practices.typed import form_of
from tests.practices.writing import approved, begun, filled, sent_from
from tests.services import LONG

pytestmark = pytest.mark.django_db

PARTS = {"building_blocks": ["new1"], "evidence": ["new1"], "links": ["new1"], "images": ["new1"]}
SHORTEST = 100  # fields that keep fewer characters are codes, not texts
CANNOT_BE_STORED = "The text has characters that cannot be stored. They have been taken out here."
BY_KIND = list({each.kind: each for each in AWKWARD if each.becomes == KEPT}.values())
TRAVELLING = [each for each in AWKWARD if each.becomes == KEPT] if LONG else BY_KIND


def in_the_suite(some: list[Awkward]) -> list:
    """Of each kind the first, the last and one between, and all of them in the long run."""
    rows = []
    for kind in dict.fromkeys(each.kind for each in some):
        whole = [each for each in some if each.kind == kind]
        short = {whole[0], whole[len(whole) // 2], whole[-1]}
        rows += [pytest.param(each, marks=() if each in short else pytest.mark.long) for each in whole]
    return rows


def name_of(each: Awkward) -> str:
    return f"{each.kind}: {ascii(each.text[:20])}"


def text_fields(form: PracticeForm) -> list[str]:
    texts = [name for name, field in form.fields.items() if type(field) in (DraftText, DraftLine)]
    return [name for name in texts if form.fields[name].most >= SHORTEST and not name.startswith("place_2")]


@pytest.fixture
def names(nina) -> list[str]:
    """All text fields, of the record and of one part of each kind."""
    return text_fields(form_of(nina, PARTS))


def as_kept(text: str, field: DraftText) -> str:
    if isinstance(field, DraftLine):
        return " ".join(text.split())
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def test_there_are_three_hundred_each_once():
    assert len({each.text for each in AWKWARD}) == len(AWKWARD) >= 300


@pytest.mark.parametrize("awkward", in_the_suite(AWKWARD), ids=name_of)
def test_every_text_field_takes_it_or_says_why_not(nina, names, awkward):
    form = form_of(nina, PARTS | dict.fromkeys(names, awkward.text))

    errors = form.errors
    found = {name: (form.cleaned_data.get(name), [*errors.get(name, ())]) for name in names}

    expected = {
        KEPT: lambda field: (as_kept(awkward.text, field), []),
        EMPTY: lambda field: ("", []),
        REFUSED: lambda field: (None, [CANNOT_BE_STORED]),
        BREAK: lambda field: ("be fore", []) if isinstance(field, DraftLine) else (None, [CANNOT_BE_STORED]),
    }[awkward.becomes]
    assert len(names) >= 40
    assert found == {name: expected(form.fields[name]) for name in names}


@pytest.mark.parametrize("awkward", in_the_suite([each for each in AWKWARD if each.becomes == REFUSED]), ids=name_of)
def test_what_is_refused_stands_in_the_form_again_without_what_cannot_be(nina, names, awkward):
    form = form_of(nina, PARTS | dict.fromkeys(names, awkward.text))

    left = {form[name].value() for name in names}

    assert [len(text) for text in left] == [len(awkward.text) - 1]
    json.dumps([*left]).encode("ascii")
    "".join(left).encode("utf-8")


@pytest.mark.parametrize("awkward", AWKWARD if LONG else [*BY_KIND, *AWKWARD[22:80:9]], ids=name_of)
def test_in_every_field_at_once_it_is_never_a_mistake_of_ours(as_nina, nina, organisation, awkward):
    """Choices, numbers, days, keys and what is hidden among them."""
    practice = begun(nina, organisation)
    fields = PracticeForm(draft=practice.latest_draft(), user=nina).fields
    sent = (
        sent_from(practice)
        | dict.fromkeys(fields, awkward.text)
        | {"uid": awkward.text, "shown_language": awkward.text}
    )

    # halves of letters, too, as no browser would send them
    body = urlencode(sent, doseq=True, errors="surrogatepass")
    address = reverse("practices:edit", args=[practice.uid])
    answer = as_nina.post(address, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422
    assert faults(answer.content) == []


def faults(page: bytes) -> list:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(page.decode())
    return [code for _place, code, _values in parser.errors if code != "invalid-codepoint"]


@pytest.mark.parametrize("awkward", TRAVELLING, ids=name_of)
def test_it_travels_to_the_reader_as_it_was_typed(client, nina, marta, organisation, names, awkward):
    form = form_of(nina, filled(organisation=organisation) | PARTS | dict.fromkeys(names, awkward.text) | FIGURE)
    assert form.is_valid(), form.errors

    practice = approved(nina, organisation, marta, edit=form.write_to)

    line, text = " ".join(awkward.text.split()), as_kept(awkward.text, DraftText())
    record = client.get(f"/api/v1/practices/{practice.uid}/").json()
    assert (record["title"]["en"], record["how_it_works"]["en"]) == (line, text)
    assert record["building_blocks"][0]["lessons"]["en"] == text
    for address in (f"/en/practices/{practice.slug}/", f"/sl/practices/{practice.slug}/", "/en/practices/"):
        page = client.get(address)
        tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
        assert (page.status_code, faults(page.content)) == (200, [])
        assert line in {" ".join("".join(each.itertext()).split()) for each in headings(tree)}
    assert client.get(f"/en/practices/{practice.slug}/{practice.slug}.pdf").status_code == 200
    bib, ris = (client.get(f"/en/practices/{practice.slug}/cite/{practice.slug}.{end}") for end in ("bib", "ris"))
    assert (bib.status_code, ris.status_code) == (200, 200)
    assert one_line(untex(read_bibtex(bib.content.decode())[2]["title"])) == one_line(line)
    assert ("TI", one_line(line)) in read_ris(ris.content.decode())


FIGURE = {"evidence-new1-value": "3", "links-new1-url": "https://example.org/", "images": [""], "contact_agreed": "on"}


def headings(tree):
    return [element for name in ("h1", "h2", "h3", "h4") for element in tree.iter(name)]
