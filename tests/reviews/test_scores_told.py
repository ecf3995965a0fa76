"""What authors read of scores: the questions before they submit, the answers when the text comes back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import reviewing
from reviews import scoring
from reviews.models import Assessment, Criterion
from reviews.scoring import Assessed, Given
from tests.factories import reread
from tests.practices.writing import begun, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


@pytest.fixture
def evidence(db):
    return Criterion.objects.get(order=10)


def scored(practice, by, criterion, value, note=""):
    assessed = Assessed({criterion.pk: Given(value, note)}, "reject", "Between us: weak.")
    scoring.keep(record=practice, by=by, revision=practice.latest_revision_id, assessed=assessed)


def sent_back(practice, by):
    reviewing.send_back(record=practice, by=by, message="More.", revision=practice.latest_revision_id)
    return reread(practice)


def form_of(browser, person, practice=None):
    address = reverse("practices:edit", args=[practice.uid]) if practice else reverse("practices:new")
    return browser(person).get(address).content.decode()


def test_the_questions_stand_beside_the_form_from_the_beginning(browser, nina, organisation):
    practice = begun(nina, organisation)

    for page in (form_of(browser, nina), form_of(browser, nina, practice)):
        assert "What reviewers will ask" in page
        assert "Do facts or figures, each with its source, show that it worked?" in page


def test_without_questions_there_is_nothing_to_tell(browser, nina):
    Criterion.objects.update(retired=True)

    assert "What reviewers will ask" not in form_of(browser, nina)


def test_who_sent_it_back_tells_her_scores_and_notes(browser, nina, marta, peter, practice, evidence):
    scored(practice, marta, evidence, 1, "No source.")
    scored(practice, peter, evidence, 4, "Rich in facts.")
    page = form_of(browser, nina, sent_back(practice, marta))

    assert "How the reviewer scored it" in page
    assert ("1: hardly" in page, "No source." in page) == (True, True)
    others = ("Rich in facts.", "Peter", "Between us", "do not publish it", "Novak")
    assert [text for text in others if text in page] == []


def test_nobody_is_told_before_it_is_sent_back(browser, nina, marta, practice, evidence):
    scored(practice, marta, evidence, 1, "No source.")
    reviewing.take_back(record=practice, by=nina)

    assert "No source." not in form_of(browser, nina, practice)


def test_an_outside_reviewers_scores_are_not_told(browser, nina, marta, peter, practice, evidence):
    scored(practice, peter, evidence, 1, "No source.")
    Assessment.objects.update(role="outside")

    page = form_of(browser, nina, sent_back(practice, marta))

    assert [text for text in ("No source.", "Peter", "Novak") if text in page] == []


def test_many_scores_cost_no_more_queries(browser, nina, marta, practice):
    first, *others = Criterion.objects.asked_of("practices")

    def queries():
        form_of(browser, nina, practice)
        with CaptureQueriesContext(connection) as captured:
            form_of(browser, nina, practice)
        return len(captured)

    scored(practice, marta, first, 1)
    sent_back(practice, marta)
    with_one = queries()
    for criterion in others:
        Assessment.objects.get().scores.create(criterion=criterion, value=2)
    assert queries() == with_one
