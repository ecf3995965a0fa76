"""Reviewers score what was submitted; a 0 where it matters keeps it from being published until it is changed."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import erasure
from accounts.models import User
from catalogue import reviewing
from operations.models import AuditEntry
from reviews import own_rows, scoring
from reviews.models import Assessment, Criterion, Score
from reviews.scoring import Assessed, Given
from tests.factories import UserFactory, reread
from tests.practices.writing import save, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


@pytest.fixture
def evidence(db):
    return Criterion.objects.get(order=10)


@pytest.fixture
def sources(db):
    """The one that can block."""
    return Criterion.objects.get(blocking=True)


def address(record):
    return reverse("reviews:review", args=[record.uid])


def sent(practice, *, action="scores", **fields):
    """What a reviewer's browser sends; `value_3` is her score by the criterion with that key."""
    step = practice.current_workflow_task_state
    told = {f"scores-{name.replace('_', '-')}": value for name, value in fields.items() if name != "message"}
    known = {"revision": step.revision_id, "step": step.pk, "action": action, "scores": "1"}
    return known | told | {name: fields[name] for name in ("message",) if name in fields}


def scored(practice, by, given, **more):
    """`given`: scores by criterion."""
    scores = {criterion.pk: Given(*value) if isinstance(value, tuple) else Given(value) for criterion, value in given}
    scoring.keep(record=practice, by=by, revision=practice.latest_revision_id, assessed=Assessed(scores=scores, **more))
    return Assessment.objects.filter(reviewer=by).last()


def sent_again(practice, author, reviewer):
    """Sent back, changed, and submitted again."""
    reviewing.send_back(record=practice, by=reviewer, message="More.", revision=practice.latest_revision_id)
    save(practice, author, title={"en": "Open yards"})
    reviewing.submit(record=practice, by=author)
    return reread(practice)


def page_of(browser, person, practice, query=""):
    return browser(person).get(address(practice) + query).content.decode()


def chosen_in(page):
    """The scores that are ticked, by criterion."""
    ticked = re.findall(r'name="scores-value-(\d+)" value="(\d+)"[^>]* checked', page)
    return {int(key): int(value) for key, value in ticked}


# To score


def test_scores_are_kept_with_notes_and_advice(browser, marta, practice, evidence, sources):
    told = {f"value_{evidence.pk}": 3, f"note_{evidence.pk}": "Which year?", f"value_{sources.pk}": 4}

    answer = browser(marta).post(
        address(practice), sent(practice, **told, recommendation="change", remark="I know the firm.")
    )

    assert answer.url == f"{address(practice)}#scores"
    kept = Assessment.objects.get()
    assert (kept.reviewer, kept.revision_id, kept.role) == (marta, practice.latest_revision_id, "reviewer")
    assert (kept.recommendation, kept.remark) == ("change", "I know the firm.")
    assert list(kept.scores.values_list("criterion", "value", "note")) == [
        (evidence.pk, 3, "Which year?"),
        (sources.pk, 4, ""),
    ]
    assert reread(practice).live is False
    page = page_of(browser, marta, practice)
    assert "Your scores: 85 %." in page  # 3 of 4 counts 3, 4 of 4 counts 2
    assert "Which year?</textarea>" in page


def test_they_come_with_a_decision_too(browser, marta, practice, evidence):
    told = {f"value_{evidence.pk}": 2}

    browser(marta).post(address(practice), sent(practice, action="send_back", message="More.", **told))

    assert Score.objects.get().value == 2
    assert reread(practice).current_workflow_state.status == "needs_changes"


def test_pressing_the_button_twice_scores_once(browser, marta, practice, evidence):
    for _time in range(2):
        browser(marta).post(address(practice), sent(practice, **{f"value_{evidence.pk}": 2}))

    assert Assessment.objects.count() == 1
    assert AuditEntry.objects.filter(what="review.scored", actor=marta).count() == 1


def test_a_score_is_changed_and_taken_back(browser, marta, practice, evidence, sources):
    scored(practice, marta, [(evidence, 1), (sources, 4)])

    browser(marta).post(address(practice), sent(practice, **{f"value_{evidence.pk}": 2}))
    assert list(Score.objects.values_list("criterion", "value")) == [(evidence.pk, 2)]

    browser(marta).post(address(practice), sent(practice))
    assert not Assessment.objects.exists()


def test_a_comment_sent_alone_leaves_the_scores(browser, marta, practice, evidence):
    scored(practice, marta, [(evidence, 1)])
    step = practice.current_workflow_task_state
    posted = {"revision": step.revision_id, "action": "comment:title", "comment-title": "Shorter?"}

    browser(marta).post(address(practice), posted, headers={"HX-Request": "true"})

    assert Score.objects.get().value == 1


def test_what_cannot_be_kept_stays_in_the_page(browser, marta, practice, evidence, sources):
    told = {f"note_{evidence.pk}": "Which year?", f"value_{sources.pk}": 3, "remark": "x" * 5001}

    answer = browser(marta).post(address(practice), sent(practice, **told, message="Good, but"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You have noted something: score it, too, or take the note out." in page
    kept = ("Which year?</textarea>", "Good, but</textarea>", "x" * 5001)
    assert [text for text in kept if text not in page] == []
    assert chosen_in(page) == {sources.pk: 3}
    assert not Assessment.objects.exists()


def test_a_text_that_changed_meanwhile_is_read_first(browser, nina, marta, practice, evidence):
    posted = sent(practice, **{f"value_{evidence.pk}": 2, f"note_{evidence.pk}": "Which year?"})
    reviewing.take_back(record=practice, by=nina)
    save(practice, nina, title={"en": "Open yards"})
    reviewing.submit(record=practice, by=nina)

    answer = browser(marta).post(address(practice), posted)

    assert answer.status_code == 409
    assert "Which year?</textarea>" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_half_written_message_stays(browser, marta, practice, evidence):
    answer = browser(marta).post(address(practice), sent(practice, message="Good, but", **{f"value_{evidence.pk}": 2}))

    assert "Good, but</textarea>" in answer.content.decode()


@pytest.mark.parametrize("value", ["5", "-1", "x", "1.5"])
def test_other_scores_than_these_are_refused(browser, marta, practice, evidence, value):
    answer = browser(marta).post(address(practice), sent(practice, **{f"value_{evidence.pk}": value}))

    assert answer.status_code == 422
    assert not Score.objects.exists()


def test_foreign_criteria_have_no_effect(browser, marta, practice, evidence):
    foreign = Criterion.objects.create(kind="areas", name={"en": "Room"}, question={"en": "Is there any?"})
    retired = Criterion.objects.create(kind="practices", name={"en": "Old"}, question={"en": "Is it?"}, retired=True)
    told = {f"value_{key}": 0 for key in (foreign.pk, retired.pk, 99999)}

    browser(marta).post(address(practice), sent(practice, **told, **{f"value_{evidence.pk}": 2}))
    scored(practice, marta, [(foreign, 0), (retired, 0), (evidence, 3)])

    assert list(Score.objects.values_list("criterion", "value")) == [(evidence.pk, 3)]


def test_an_editors_words_are_no_markup(browser, marta, practice, evidence):
    evidence.question = {"en": "<b>Is</b> it so?"}
    evidence.save()

    assert "&lt;b&gt;Is&lt;/b&gt; it so?" in page_of(browser, marta, practice)


# Who


def test_only_who_assesses_scores(nina, janez, luka, practice, evidence):
    for person in (nina, janez, luka, UserFactory(role=User.Role.EDITOR)):
        with pytest.raises(PermissionDenied):
            scored(practice, person, [(evidence, 4)])


def test_the_organisations_check_is_no_assessment(browser, nina, janez, marta, organisation, evidence):
    practice = submitted(janez, organisation)

    assert 'name="scores"' not in page_of(browser, nina, practice)
    browser(nina).post(address(practice), sent(practice, action="approve", **{f"value_{evidence.pk}": 0}))
    assert not Assessment.objects.exists()
    assert reviewing.hands_on(reread(practice).current_workflow_task_state) is False


def test_kinds_without_criteria_have_no_scores(browser, marta, practice):
    Criterion.objects.update(retired=True)

    assert 'id="scores"' not in page_of(browser, marta, practice)


# A 0


def test_a_nought_blocks_for_everybody(browser, marta, peter, practice, sources):
    scored(practice, marta, [(sources, 0)])
    said = "It cannot be published: Marta Hribar scored “Sources and consent” with 0."

    assert said in page_of(browser, peter, practice)
    answer = browser(peter).post(address(practice), sent(practice, action="approve", message="Well done"))

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert "Well done</textarea>" in answer.content.decode()
    assert reread(practice).live is False
    with pytest.raises(reviewing.Objected):
        reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)


def test_its_giver_changes_it_and_approves(browser, marta, practice, sources):
    scored(practice, marta, [(sources, 0)])

    answer = browser(marta).post(address(practice), sent(practice, action="approve", **{f"value_{sources.pk}": 2}))

    assert answer.url == reverse("notices:my_work")
    assert reread(practice).live is True


def test_a_nought_given_in_the_same_breath_blocks(browser, marta, practice, sources):
    answer = browser(marta).post(address(practice), sent(practice, action="approve", **{f"value_{sources.pk}": 0}))

    assert answer.status_code == 409
    assert reread(practice).live is False
    assert Score.objects.get().value == 0


def test_another_text_is_free_of_it(nina, marta, peter, practice, sources):
    scored(practice, marta, [(sources, 0)])

    sent_again(practice, nina, marta)

    reviewing.approve(record=practice, by=peter, revision=practice.latest_revision_id)
    assert reread(practice).live is True


def test_the_same_text_submitted_again_is_not(nina, marta, peter, practice, sources):
    scored(practice, marta, [(sources, 0)])
    reviewing.take_back(record=practice, by=nina)
    reviewing.submit(record=practice, by=nina)

    with pytest.raises(reviewing.Objected):
        reviewing.approve(record=reread(practice), by=peter, revision=practice.latest_revision_id)


def test_changed_and_changed_back_it_is_the_same_text(nina, marta, peter, practice, sources):
    scored(practice, marta, [(sources, 0)])
    summary = practice.latest_draft().summary.data
    reviewing.take_back(record=practice, by=nina)
    save(practice, nina, summary={"en": "Something else."})
    save(practice, nina, summary=summary)
    reviewing.submit(record=reread(practice), by=nina)
    again = reread(practice)

    with pytest.raises(reviewing.Objected):
        reviewing.approve(record=again, by=peter, revision=again.latest_revision_id)

    scored(again, marta, [(sources, 2)])
    reviewing.approve(record=again, by=peter, revision=again.latest_revision_id)
    assert reread(practice).live is True


def test_what_blocks_nothing(marta, peter, practice, evidence, sources):
    """Other criteria, more than 0, an outside reviewer's 0, that of somebody who may not decide any longer, a retired one."""

    def is_free():
        return scoring.objection(practice, practice.current_workflow_task_state) == ""

    assessment = scored(practice, marta, [(evidence, 0), (sources, 1)])
    assert is_free()
    assessment.scores.filter(criterion=sources).update(value=0)
    assert not is_free()
    Assessment.objects.update(role="outside")
    assert is_free()
    Assessment.objects.update(role="reviewer")
    User.objects.filter(pk=marta.pk).update(is_active=False)
    assert is_free()
    User.objects.filter(pk=marta.pk).update(is_active=True)
    Criterion.objects.filter(pk=sources.pk).update(retired=True)
    assert is_free()


# What others scored


def test_others_scores_are_seen_after_ones_own_or_when_asked_for(browser, marta, peter, practice, evidence):
    scored(practice, marta, [(evidence, (1, "No source."))], remark="Weak.")
    before = page_of(browser, peter, practice)
    asked = page_of(browser, peter, practice, "?scores=others")
    scored(practice, peter, [(evidence, 3)])
    after = page_of(browser, peter, practice)

    assert ("No source." in before, "1 other person has scored this text." in before) == (False, True)
    assert ("No source." in asked, "Weak." in asked, "Marta Hribar, reviewer" in asked) == (True, True, True)
    assert ("No source." in after, "2 people have scored it: 50 %." in after) == (True, True)


def test_the_next_round_begins_empty_beside_the_one_before(browser, nina, marta, peter, practice, evidence):
    scored(practice, marta, [(evidence, (1, "No source."))])
    scored(practice, peter, [(evidence, (2, "One source."))])
    sent_again(practice, nina, marta)

    page = page_of(browser, marta, practice)
    assert "You scored the text before with 1: hardly. No source." in " ".join(page.split()).replace(". </p>", ".")
    assert "One source." not in page
    assert chosen_in(page) == {}
    scored(practice, marta, [(evidence, 4)])
    page = page_of(browser, marta, practice)
    assert "Scores of the text before" in page
    assert "One source." in page


def test_a_retired_criterion_keeps_its_scores(browser, marta, practice, evidence, sources):
    scored(practice, marta, [(evidence, (3, "Two sources.")), (sources, 4)])
    Criterion.objects.filter(pk=evidence.pk).update(retired=True)

    scored(practice, marta, [(sources, 3)])

    assert Score.objects.filter(criterion=evidence).exists()
    page = page_of(browser, marta, practice)
    assert f'name="scores-value-{evidence.pk}"' not in page
    assert "Two sources." in page


def test_many_assessments_cost_no_more_queries(browser, marta, practice, evidence, sources):
    def queries():
        page_of(browser, marta, practice, "?scores=others")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page_of(browser, marta, practice, "?scores=others")
        return len(captured)

    def another():
        scored(practice, UserFactory(role=User.Role.REVIEWER), [(evidence, 2), (sources, 3)])

    another()
    with_one = queries()
    for _number in range(4):
        another()
    assert queries() == with_one


# People


def test_scores_are_given_to_their_giver_and_stay_without_her(marta, practice, evidence):
    scored(practice, marta, [(evidence, (3, "Two sources."))], remark="Fine.")

    exported = own_rows._export_scores(marta)
    assert [(each["remark"], each["scores"]) for each in exported] == [
        ("Fine.", [{"criterion": "Evidence of success", "value": 3, "note": "Two sources."}])
    ]
    erasure.erase(user=marta, by=None)
    kept = Assessment.objects.get()
    assert (kept.reviewer, kept.percent, kept.reviewer_in_words) == (None, 75, "somebody")


def test_two_whose_accounts_were_erased_stand_beside_each_other(marta, peter, practice, evidence):
    for person in (marta, peter):
        scored(practice, person, [(evidence, 3)])
        erasure.erase(user=person, by=None)

    assert Assessment.objects.filter(reviewer=None).count() == 2


def test_a_draft_that_is_deleted_takes_its_scores_along(nina, marta, practice, evidence):
    scored(practice, marta, [(evidence, 3)])
    reviewing.take_back(record=practice, by=nina)

    reviewing.delete_draft(record=practice, by=nina)

    assert not Assessment.objects.exists()


def test_scores_are_in_nothing_that_is_public(client, marta, peter, practice, evidence):
    scored(practice, marta, [(evidence, (3, "Kanarienvogel"))], remark="Kanarienvogel")
    reviewing.approve(record=practice, by=peter, revision=practice.latest_revision_id)
    entry = reverse("catalogue:record", args=["practices", reread(practice).slug])

    shown = [client.get(each) for each in (entry, f"/api/v1/practices/{practice.uid}/", "/en/practices/")]
    assert [answer.status_code for answer in shown] == [200, 200, 200]
    pages = [answer.content.decode() for answer in shown]
    assert [page for page in pages if "Kanarienvogel" in page or "Marta" in page] == []


@pytest.mark.parametrize(("values", "percent"), [((4, 1), 63), ((4, 3), 88), ((1, 0), 13), ((2, 2), 50), ((4, 4), 100)])
def test_percents_are_rounded_as_people_do(practice, marta, values, percent):
    first, second = (Criterion.objects.create(kind="practices", order=each) for each in (1, 2))

    assert scored(practice, marta, list(zip((first, second), values, strict=True))).percent == percent


@pytest.mark.parametrize("step", ["9" * 30, "x", "-1", ""])
def test_a_step_that_was_tampered_with_is_out_of_date(browser, practice, marta, step):
    answer = browser(marta).post(address(practice), sent(practice, action="approve") | {"step": step})

    assert (answer.status_code, reread(practice).live) == (409, False)
