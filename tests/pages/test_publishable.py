"""What a page's form would not publish is published by no other way either, and is said in words."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Workflow

from operations.refusals import in_words
from pages.models import StandardPage
from pages.publishable import NotPublishable, faults_of
from tests.factories import AdminFactory
from tests.pages.factories import article, home, news_index, reread, standard_page, text

pytestmark = [pytest.mark.core, pytest.mark.django_db]

EMPTY_QUOTATION = ("quote", {"text": "", "by_whom": "Somebody"})
PERSON = {"name": "Ana Novak", "function": "", "organisation": "", "photo": None}
NOT_ASKED = ("people", {"heading": "", "people": [PERSON | {"agreed": False}]})


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


def draft(*body, below=None, **fields):
    page = standard_page(*body, below=below, live=False, **fields)
    page.save_revision()
    return page


def publish_several(desk, *pages, **typed):
    keys = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return desk.post(f"{url}?{keys}&next=/cms/", typed)


def said(answer) -> list[str]:
    return [str(message).split("<")[0].strip() for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (EMPTY_QUOTATION, "Body: 2. Quotation, Text: This field is required."),
        (NOT_ASKED, "Body: 2. Person, People, 1. Person, Agreed to be shown here: This field is required."),
        (("gallery", {"pictures": []}), "Body: 2. Gallery, Pictures: The minimum number of items is 2"),
    ],
)
def test_a_block_that_is_not_complete_is_named(block, why):
    page = draft(text(), block)

    with pytest.raises(NotPublishable) as refused:
        page.get_latest_revision().publish()

    assert in_words(refused.value, StandardPage) == [why.replace("2. Person, ", "2. People, ")]
    assert not reread(page).live


def test_the_words_are_in_the_language_of_who_reads_them():
    refused = NotPublishable(home(), faults_of(draft(EMPTY_QUOTATION)))

    with override("sl"):
        [why] = in_words(refused, StandardPage)

    assert "This field is required." not in why


def test_what_is_missing_in_a_field_is_told_with_the_rest():
    page = article(news_index(), live=False, intro="")
    page.body = [("quote", {"text": "", "by_whom": ""})]

    assert {name: len(faults) for name, faults in faults_of(page).items()} == {"body": 1, "intro": 1}


def test_nothing_is_wrong_with_a_whole_page():
    assert faults_of(draft(text())) == {}


def test_several_are_published_but_those_that_are_not_complete(desk):
    whole, empty, other = (
        draft(text(), slug="whole"),
        draft(EMPTY_QUOTATION, slug="empty", title="Empty"),
        draft(text(), slug="other"),
    )

    answer = publish_several(desk, whole, empty, other)

    assert [reread(page).live for page in (whole, empty, other)] == [True, False, True]
    assert said(answer) == [
        "2 pages have been published",
        "“Empty” was not published. Body: 1. Quotation, Text: This field is required.",
    ]


def test_with_their_subpages_it_is_the_same(desk):
    above = draft(text(), slug="above")
    empty, whole = draft(NOT_ASKED, below=above, slug="empty"), draft(text(), below=reread(above), slug="whole")

    publish_several(desk, reread(above), include_descendants="on")

    assert [reread(page).live for page in (above, empty, whole)] == [True, False, True]


def test_where_none_is_complete_none_is_said_to_be_published(desk):
    answer = publish_several(desk, draft(EMPTY_QUOTATION, title="Empty"))

    assert len(said(answer)) == 1 and said(answer)[0].startswith("“Empty” was not published.")


def test_the_catalogue_is_locked_before_the_site_changes(desk):
    page = draft(text())

    with CaptureQueriesContext(connection) as asked:
        publish_several(desk, page)

    [locked, *_], [changed, *_] = (
        [place for place, query in enumerate(asked) if query["sql"].startswith(begun)]
        for begun in ('SELECT "catalogue_cataloguestate"', 'UPDATE "pages_sitestate"')
    )
    assert locked < changed


@pytest.mark.parametrize("in_a_window", [False, True])
def test_an_approval_of_what_is_not_complete_is_refused_and_the_review_goes_on(desk, in_a_window):
    page = draft(EMPTY_QUOTATION)
    state = Workflow.objects.get(pk=page.get_workflow().pk).start(page, AdminFactory())
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = desk.post(url, headers={"x-requested-with": "XMLHttpRequest"} if in_a_window else {})

    state.refresh_from_db()
    assert (answer.json()["redirect"] if in_a_window else answer["Location"]) == edit
    assert "Quotation, Text: This field is required." in said(answer)[0]
    assert (reread(page).live, state.status) == (False, state.STATUS_IN_PROGRESS)


def test_the_admins_own_api_refuses_it(desk):
    page = draft(EMPTY_QUOTATION)

    answer = desk.post(f"/cms/api/main/pages/{page.pk}/action/publish/", content_type="application/json")

    assert (answer.status_code, reread(page).live) == (400, False)


def test_a_page_that_is_not_complete_is_not_scheduled_either(desk):
    page = draft(EMPTY_QUOTATION)
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish(user=AdminFactory())

    assert reread(page).scheduled_revision is None
