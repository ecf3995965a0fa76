"""The library in the Wagtail admin."""

import pytest

from accounts.models import User
from library.models import LibraryItem
from tests.admin import add, address, edit, errors_of, new_row
from tests.factories import GoodPracticeFactory, OrganisationFactory, ProjectFactory, UserFactory, publish, reread
from tests.library.factories import ChapterFactory, LibraryItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    return client


def test_every_field_can_be_edited(editor):
    form = editor.get(address(LibraryItem, "add")).context["form"]
    assert set(LibraryItem.content_fields) - set(form.fields) == set()


def test_a_guideline_is_written_and_published(editor):
    project, practice = publish(ProjectFactory()), publish(GoodPracticeFactory())
    typed = {
        "title_0": "Asking for meter readings",
        "title_1": "Kako prositi za odčitke",
        "body_0": "Say first what you will not do.",
        "type": "guideline",
        "issued": "2026-03-16",
        "publisher": publish(OrganisationFactory()).pk,
        **new_row("projects", 0, record=project.pk),
        **new_row("practices", 0, record=practice.pk),
    }

    add(editor, LibraryItem, "publish", **typed)

    record = LibraryItem.objects.get().entry.record
    assert record["pages"]["en"] == "/en/library/asking-for-meter-readings/"
    assert (record["year"], record["issued"], record["status"]) == (2026, "2026-03-16", "issued")
    assert [record[name][0]["uid"] for name in ("projects", "practices")] == [str(project.uid), str(practice.uid)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"type": "novel"}, "type"),
        ({"title_0": "", "title_1": ""}, "title"),
        ({"chapter": "1"}, "chapter"),
        ({"chapter": "0"}, "chapter"),
        ({"book_0": "A book"}, "book"),
        ({"type": "ebook_chapter", "chapter": "1"}, "book"),
        ({"type": "ebook_chapter", "book_0": "A book"}, "chapter"),
        ({"type": "ebook_chapter", "book_0": "A book", "chapter": "0"}, "chapter"),
        ({"type": "ebook_chapter", "book_0": "A book", "chapter": "-1"}, "chapter"),
        ({"status": "announced"}, "year"),
        ({"status": "announced", "year": "", "issued": "2024-05-01"}, "issued"),
        ({"issued": "2023-05-01"}, "year"),
        ({"year": "1899"}, "year"),
        ({"year": "2100"}, "year"),
        ({"isbn": "978-3-16-148410-1"}, "isbn"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"body_0": "Ask maja@example.org."}, "body"),
        ({"authors": "maja@example.org"}, "authors"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(editor, typed, field):
    item = LibraryItemFactory()

    page = edit(editor, item, "publish", **typed)

    assert list(errors_of(page)) == [field]
    assert not reread(item).live


def test_the_day_of_issue_says_the_year(editor):
    item = LibraryItemFactory(year=2024)

    edit(editor, item, "publish", issued="2024-05-01")

    assert (reread(item).year, item.entry.record["year"]) == (None, 2024)


def test_what_was_a_chapter_and_is_none_must_lose_its_book(editor):
    chapter = publish(ChapterFactory())

    page = edit(editor, chapter, "publish", type="report")
    assert errors_of(page) == {
        "book": ["Only the chapter of an e-book has one."],
        "chapter": ["Only the chapter of an e-book has one."],
    }

    edit(editor, chapter, "publish", type="report", book_0="", book_1="", chapter="")
    assert chapter.entry.record["book"] is None


def test_the_list_costs_the_same_for_one_and_for_three(editor, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(100) as counted:
            assert editor.get(address(LibraryItem, "list")).status_code == 200
        return len(counted)

    publish(LibraryItemFactory(publisher=publish(OrganisationFactory())))
    queries()
    one = queries()
    publish(LibraryItemFactory(publisher=publish(OrganisationFactory())))
    publish(LibraryItemFactory(publisher=publish(OrganisationFactory())))

    assert queries() == one
