"""What the seed documents say of things to read, and the examples of areas and of things to read beside them."""

import pytest

from catalogue.models import Entry
from library.models import LibraryItem
from partners.models import IndustrialArea
from seeds.contents import uid_of
from tests.seeds import documents
from tests.seeds.test_facts import runs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

ECOLE, TCM = "003_8c69acb657d46582.txt", "004_ab4078653894e74e.txt"


def item(key: str) -> dict:
    return Entry.objects.visible().get(uid=uid_of("library", key)).record


def cited(record: dict) -> set[tuple[str, int]]:
    return {(note["document"], note["line"]) for note in record["source_notes"]}


def test_ecoles_guidelines_are_only_announced():
    record = item("ecole-guidelines")

    assert (record["type"], record["status"], record["year"]) == ("guideline", "announced", None)
    assert [project["uid"] for project in record["projects"]] == [uid_of("projects", "ecole")]
    assert "planned" in record["summary"]["en"] and "Načrtovani" in record["summary"]["sl"]
    assert {(ECOLE, 21), (ECOLE, 22)} <= cited(record)


def test_the_evaluation_of_tcm_tells_what_its_document_tells():
    record = item("tcm-evaluation")

    assert (record["type"], record["publisher"], record["authors"], record["year"]) == ("report", None, None, None)
    assert [project["uid"] for project in record["projects"]] == [uid_of("projects", "tcm")]
    assert all("15" in record["body"][language] for language in ("en", "sl"))
    assert {(TCM, line) for line in (17, 19, 21, 23)} == cited(record)


def test_what_is_cited_says_so(seed_documents):
    lines = {(name, number): text for name in (ECOLE, TCM) for number, text in documents.lines(name)}

    assert lines[ECOLE, 21] == "Ključni rezultati projekta:"
    assert lines[ECOLE, 22].lstrip(" •").startswith("smernice za krožno gospodarstvo")
    assert lines[TCM, 17] == "Evalvacija TCM 2016 in 2017"
    assert "na 15 lokacijah" in lines[TCM, 19]
    assert "kratko evalvacijo" in lines[TCM, 21]


def test_our_wording_is_our_own(seed_documents):
    """No text repeats eight words of a document in a row."""
    printed = {run for name in documents.DOCUMENTS for run in runs(" ".join(text for _, text in documents.lines(name)))}

    texts = [text.data["sl"] for each in LibraryItem.objects.all() for text in (each.summary, each.body)]

    assert [text for text in texts if printed & set(runs(text))] == []


def test_nothing_is_made_up_of_mers_open_library():
    facts = LibraryItem.objects.filter(example=False)

    assert {str(each.uid) for each in facts} == {
        uid_of("library", key) for key in ("ecole-guidelines", "tcm-evaluation")
    }


def test_no_organisation_or_project_that_exists_is_said_to_have_what_is_invented():
    assert not IndustrialArea.objects.filter(manager__example=False).exists()
    examples = LibraryItem.objects.filter(example=True)
    assert not examples.filter(publisher__example=False).exists()
    assert not examples.filter(projects__example=False).exists()
    assert not examples.filter(practices=None).exists()


def test_summaries_keep_the_limit():
    records = [*IndustrialArea.objects.all(), *LibraryItem.objects.all()]

    assert [str(each) for each in records if len(each.summary) > 160] == []


def test_the_chapters_of_the_example_book_follow_each_other():
    chapters = LibraryItem.objects.filter(type="ebook_chapter").order_by("chapter")

    assert [(each.chapter, each.book.data["en"]) for each in chapters] == [
        (1, "Zones That Close the Loop"),
        (2, "Zones That Close the Loop"),
    ]
