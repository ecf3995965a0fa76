"""Several at once, in threads with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from catalogue import reviewing, uids, upkeep
from catalogue.models import Entry
from practices import actions
from practices.models import ExpertOpinion, GoodPractice
from tests.factories import UserFactory, publish
from tests.practices.writing import begun, checked, filled, setting, submitted, upload, whole

pytestmark = [pytest.mark.django_db(transaction=True)]
REFUSALS = (reviewing.EditConflict, reviewing.Locked, reviewing.NotReady, reviewing.Published, PermissionDenied)


def at_once(*calls: Callable) -> list:
    """What each call returned, or the refusal it raised; all begin together."""
    together = Barrier(len(calls))

    def run(call):
        together.wait()
        try:
            return call()
        except REFUSALS as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_a_double_click_submits_once(nina, marta, organisation):
    practice = begun(nina, organisation)

    answers = at_once(*[lambda: reviewing.submit(record=practice, by=nina)] * 4)

    assert answers == [True] * 4
    assert WorkflowState.objects.for_instance(practice).count() == 1
    assert TaskState.objects.for_instance(practice).filter(status="in_progress").count() == 1


def test_a_double_click_on_the_whole_form_submits_once(nina, marta, organisation):
    practice = begun(nina, organisation, edit=setting())
    sent = filled(organisation=organisation, revision=str(practice.latest_revision_id), action="submit")

    def press():
        browser = Client()
        browser.force_login(nina)
        return browser.post(reverse("practices:edit", args=[practice.uid]), sent).status_code

    assert at_once(press, press, press) == [302, 302, 302]
    assert practice.revisions.count() == 2
    assert TaskState.objects.for_instance(practice).filter(status="in_progress").count() == 1


def test_a_double_click_on_a_new_form_begins_one_draft(nina, organisation):
    uid = uids.fresh(nina)

    def press():
        browser = Client()
        browser.force_login(nina)
        sent = filled(uid=str(uid), organisation=organisation, photo=upload(), photo_alt_en="A yard", photo_credit="B")
        return browser.post(reverse("practices:new"), sent).status_code

    assert at_once(press, press, press) == [302, 302, 302]
    practice = GoodPractice.objects.get()
    assert (practice.uid, practice.revisions.count()) == (uid, 1)


def test_of_two_who_save_at_once_the_second_is_told(nina, janez, organisation):
    practice = begun(nina, organisation)
    read = practice.latest_revision_id

    def saver(user, title):
        return lambda: actions.save_draft(
            practice=practice,
            by=user,
            edit=setting(title={"en": title}),
            organisation=organisation,
            expected_revision=read,
        )

    answers = at_once(saver(nina, "By Nina"), saver(janez, "By Janez"))

    assert sorted(isinstance(answer, GoodPractice) for answer in answers) == [False, True]
    assert reviewing.EditConflict in answers
    assert practice.revisions.count() == 2


def test_a_decision_and_a_change_of_mind_never_both_happen(nina, marta, organisation):
    for _round in range(4):
        practice = submitted(nina, organisation)
        read = practice.latest_revision_id

        at_once(
            lambda practice=practice, read=read: reviewing.approve(record=practice, by=marta, revision=read),
            lambda practice=practice: reviewing.take_back(record=practice, by=nina),
        )

        [status] = WorkflowState.objects.for_instance(practice).values_list("status", flat=True)
        is_live = GoodPractice.objects.get(pk=practice.pk).live
        assert (status, is_live) in {("approved", True), ("cancelled", False)}
        assert Entry.objects.filter(uid=practice.uid).exists() is is_live


def test_a_practice_that_became_public_meanwhile_is_not_deleted_and_that_is_said(
    nina, marta, organisation, monkeypatch
):
    practice = submitted(nina, organisation)
    delete_draft = reviewing.delete_draft

    def late(**draft):
        reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
        delete_draft(**draft)

    browser = Client()
    browser.force_login(nina)
    monkeypatch.setattr(reviewing, "delete_draft", late)
    answer = browser.post(reverse("practices:delete", args=[practice.uid]), follow=True)

    assert answer.redirect_chain == [(reverse("notices:my_work"), 302)]
    assert "It can be withdrawn, but not deleted." in answer.content.decode()
    assert GoodPractice.objects.get().live


def test_deleting_and_approving_at_once_end_in_one_of_the_two(nina, marta, organisation):
    for _round in range(4):
        practice = submitted(nina, organisation)
        read = practice.latest_revision_id

        def delete(practice=practice):
            reviewing.take_back(record=practice, by=nina)
            reviewing.delete_draft(record=practice, by=nina)

        at_once(
            lambda practice=practice, read=read: reviewing.approve(record=practice, by=marta, revision=read), delete
        )

        is_live = GoodPractice.objects.filter(pk=practice.pk, live=True).exists()
        assert GoodPractice.objects.filter(pk=practice.pk).exists() is is_live
        assert Entry.objects.filter(uid=practice.uid).exists() is is_live


def test_two_reviewers_decide_once(nina, marta, organisation):
    other = UserFactory(role="Reviewers")
    practice = submitted(nina, organisation)
    read = practice.latest_revision_id

    answers = at_once(
        lambda: reviewing.approve(record=practice, by=marta, revision=read),
        lambda: reviewing.approve(record=practice, by=other, revision=read),
    )

    assert sorted(map(str, answers)) == sorted(map(str, [None, PermissionDenied]))
    assert Entry.objects.get(uid=practice.uid).version == 1


def test_approvals_beside_renames_of_their_organisation_leave_a_true_catalogue(nina, marta, organisation):
    waiting = [submitted(nina, organisation, whole) for _number in range(6)]

    def approve_all():
        for practice in waiting:
            reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    def rename():
        for number in range(6):
            organisation.name_english = f"Bistra {number}"
            publish(organisation)

    at_once(approve_all, rename)

    assert upkeep.check() == []
    shown = {entry.record["organisation_in_charge"]["title"]["en"] for entry in Entry.objects.of_kind("practices")}
    assert shown == {"Bistra 5"}
    assert connection.in_atomic_block is False


def test_an_opinion_approved_twice_at_once_is_written_once(nina, marta, organisation):
    practice = checked(nina, organisation)
    step = practice.current_workflow_task_state
    sent = {"revision": step.revision_id, "step": step.pk, "action": "approve"}
    sent |= {"opinion_en": "It lasts.", "opinion_name": "Marta Hribar", "opinion_agreed": "on"}

    def press():
        browser = Client()
        browser.force_login(marta)
        return browser.post(reverse("reviews:review", args=[practice.uid]), sent).status_code

    assert at_once(*[press] * 4) == [302] * 4
    assert ExpertOpinion.objects.standing().count() == ExpertOpinion.objects.count() == 1
    assert Entry.objects.get(uid=practice.uid).version == 1
