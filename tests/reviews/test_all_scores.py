"""All that was scored of a record: for reviewers and staff who have no part in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalogue import reviewing
from reviews import scoring
from reviews.models import Criterion
from reviews.scoring import Assessed, Given
from tests.factories import MembershipFactory, UserFactory, reread
from tests.practices.writing import begun, save, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


@pytest.fixture
def editor(db):
    return UserFactory(role=User.Role.EDITOR)


def scored(practice, by, value, note=""):
    first = Criterion.objects.asked_of("practices").first()
    assessed = Assessed({first.pk: Given(value, note)})
    scoring.keep(record=practice, by=by, revision=practice.latest_revision_id, assessed=assessed)


def page_of(browser, person, practice):
    answer = browser(person).get(reverse("reviews:scores", args=[practice.uid]))
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_reviewers_and_staff_read_round_by_round(browser, nina, marta, peter, editor, practice):
    scored(practice, marta, 1, "No source.")
    reviewing.send_back(record=practice, by=marta, message="More.", revision=practice.latest_revision_id)
    save(practice, nina, title={"en": "Open yards"})
    reviewing.submit(record=practice, by=nina)
    scored(reread(practice), marta, 4)
    save_aside = page_of(browser, editor, practice)
    reviewing.approve(record=practice, by=peter, revision=practice.latest_revision_id)

    for page in (save_aside, page_of(browser, peter, practice)):
        assert page.index("4: fully") < page.index("1: hardly")
        assert "No source." in page
        assert "Open yards" in page


def test_those_who_have_a_part_in_it_do_not(browser, nina, janez, luka, marta, editor, practice, organisation):
    scored(practice, marta, 1)
    for role in (User.Role.EDITOR, User.Role.REVIEWER):
        colleague = UserFactory(role=role)
        MembershipFactory(user=colleague, organisation=organisation)
        assert page_of(browser, colleague, practice) == 404

    assert [page_of(browser, person, practice) for person in (nina, janez, luka)] == [404, 404, 404]


def test_of_what_nobody_has_scored_only_staff_reads_so(browser, nina, marta, editor, organisation):
    draft = begun(nina, organisation)

    assert page_of(browser, marta, draft) == 404
    assert "Nobody has scored it yet." in page_of(browser, editor, draft)


def test_editors_find_it_in_their_list(browser, editor, practice):
    listed = browser(editor).get(reverse(practice.snippet_viewset.get_url_name("list"))).content.decode()

    assert reverse("reviews:scores", args=[practice.uid]) in listed


def test_many_rounds_cost_no_more_queries(browser, nina, marta, editor, practice):
    def queries():
        page_of(browser, editor, practice)
        with CaptureQueriesContext(connection) as captured:
            page_of(browser, editor, practice)
        return len(captured)

    scored(practice, marta, 1)
    with_one = queries()
    for number in range(2):
        reviewing.send_back(record=practice, by=marta, message="More.", revision=practice.latest_revision_id)
        save(practice, nina, title={"en": f"Open yards {number}"})
        reviewing.submit(record=practice, by=nina)
        scored(reread(practice), marta, 2)
    assert queries() == with_one
