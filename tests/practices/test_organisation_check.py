"""The first step of a review: the organisation itself reads what its people submitted. Janez writes, Nina coordinates."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState, WorkflowTask

from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from partners.models import OrganisationCheckTask
from practices.models import ExpertReviewTask, GoodPractice
from tests.admin import edit
from tests.factories import AdminFactory, MembershipFactory, OrganisationFactory, UserFactory, publish
from tests.practices.deciding import approve, send_back, steps, to_decide
from tests.practices.writing import begun, checked, save, sent_from, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]
migration = import_module("practices.migrations.0008_organisation_checks_first")


# Who


def test_what_a_member_submits_waits_for_the_coordinator_and_not_for_reviewers(
    nina, janez, marta, editor, organisation
):
    practice = submitted(janez, organisation)

    assert to_decide(nina) == [practice]
    assert [to_decide(user) for user in (janez, marta, editor, AdminFactory())] == [[], [], [], []]


def test_the_check_publishes_nothing_and_hands_on_to_the_reviewers(nina, janez, marta, organisation):
    practice = submitted(janez, organisation)

    approve(practice, by=nina)

    assert (to_decide(nina), to_decide(marta)) == ([], [practice])
    assert not Entry.objects.filter(uid=practice.uid).exists()
    assert steps(practice) == [(OrganisationCheckTask, "approved"), (ExpertReviewTask, "in_progress")]


def test_a_reviewer_decides_nothing_at_the_check_nor_a_coordinator_at_the_review(nina, janez, marta, organisation):
    practice = submitted(janez, organisation)
    for decide in (approve, send_back):
        with pytest.raises(PermissionDenied):
            decide(practice, by=marta)

    approve(practice, by=nina)
    for decide in (approve, send_back):
        with pytest.raises(PermissionDenied):
            decide(practice, by=nina)


def test_a_coordinator_of_another_organisation_may_review(nina, janez, organisation):
    reviewer = UserFactory(role=User.Role.REVIEWER)
    MembershipFactory(user=reviewer, organisation=OrganisationFactory(), role="coordinator")
    practice = submitted(janez, organisation)
    assert to_decide(reviewer) == []

    approve(practice, by=nina)

    assert to_decide(reviewer) == [practice]


def test_what_the_coordinator_submits_is_checked_by_that_and_says_so(nina, marta, organisation):
    practice = submitted(nina, organisation)

    assert steps(practice) == [(OrganisationCheckTask, "approved"), (ExpertReviewTask, "in_progress")]
    check = TaskState.objects.for_instance(practice).earliest("pk")
    assert (check.finished_by, check.comment) == (nina, "Submitted by the organisation's coordinator.")
    assert to_decide(marta) == [practice]


def test_where_nobody_coordinates_the_staff_checks_but_not_what_it_submitted_itself(janez, editor, organisation):
    theirs = submitted(janez, organisation)
    MembershipFactory(user=editor, organisation=organisation)
    own = submitted(editor, organisation)
    admin = AdminFactory()

    assert to_decide(editor) == [theirs]
    assert to_decide(admin) == [theirs, own]


def test_a_coordinator_whose_account_was_closed_coordinates_nothing(nina, janez, editor, organisation):
    practice = submitted(janez, organisation)
    User.objects.filter(pk=nina.pk).update(is_active=False)

    assert to_decide(editor) == [practice]


def test_who_became_coordinator_meanwhile_does_not_check_what_she_submitted(janez, editor, organisation):
    practice = submitted(janez, organisation)
    janez.memberships.update(role="coordinator")

    assert (to_decide(janez), to_decide(editor)) == ([], [practice])


def test_of_an_organisation_that_is_gone_the_staff_checks(janez, editor, organisation):
    practice = submitted(janez, organisation)
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(organisation_in_charge=None)

    assert to_decide(editor) == [practice]


# Back and forth


def test_what_the_organisation_sent_back_comes_back_to_it(nina, janez, marta, organisation):
    practice = submitted(janez, organisation)

    send_back(practice, by=nina)
    assert practice.current_workflow_state.status == "needs_changes"
    practice = save(practice, janez, how_it_works={"en": "The town pays."})
    reviewing.submit(record=practice, by=janez)

    assert (to_decide(nina), to_decide(marta)) == ([practice], [])


def test_what_the_organisation_sent_back_and_its_coordinator_mended_goes_on(nina, janez, marta, organisation):
    practice = submitted(janez, organisation)
    send_back(practice, by=nina)

    reviewing.submit(record=practice, by=nina)

    assert to_decide(marta) == [practice]


def test_what_the_reviewer_sent_back_need_not_be_checked_again(nina, janez, marta, organisation):
    practice = checked(janez, organisation)

    send_back(practice, by=marta)
    practice = save(practice, janez, how_it_works={"en": "The town pays."})
    reviewing.submit(record=practice, by=janez)

    assert (to_decide(nina), to_decide(marta)) == ([], [practice])
    approve(practice, by=marta)
    assert Entry.objects.visible().filter(uid=practice.uid).exists()


def test_what_the_reviewer_sent_back_and_another_member_mended_is_checked_again(nina, janez, marta, organisation):
    ana = UserFactory(member_of=organisation)
    for submitter in (janez, nina):
        practice = checked(submitter, organisation)
        send_back(practice, by=marta)
        practice = save(practice, ana, how_it_works={"en": "Words that nobody has checked."})
        reviewing.submit(record=practice, by=ana)

        assert (to_decide(nina), to_decide(marta)) == ([practice], [])
        assert practice.current_workflow_state.requested_by == ana
        assert WorkflowState.objects.for_instance(practice).filter(status="cancelled").count() == 1
        reviewing.take_back(record=practice, by=ana)


def test_what_the_reviewer_sent_back_and_the_coordinator_mended_goes_on(nina, janez, marta, organisation):
    practice = checked(janez, organisation)
    send_back(practice, by=marta)

    reviewing.submit(record=practice, by=nina)

    assert to_decide(marta) == [practice]
    assert WorkflowState.objects.for_instance(practice).count() == 1


def moved_in_the_form(client, practice, other, janez):
    client.force_login(janez)
    client.post(reverse("practices:edit", args=[practice.uid]), sent_from(practice, organisation=str(other.uid)))


def moved_at_the_desk(client, practice, other, janez):
    client.force_login(UserFactory(role=User.Role.EDITOR))
    edit(client, practice, organisation_in_charge=other.pk)


@pytest.mark.parametrize("move", [moved_in_the_form, moved_at_the_desk])
def test_what_goes_to_another_organisation_is_checked_there(client, move, janez, marta, organisation, nina):
    other = publish(OrganisationFactory())
    MembershipFactory(user=janez, organisation=other)
    heir = MembershipFactory(organisation=other, role="coordinator").user
    practice = checked(janez, organisation)
    send_back(practice, by=marta)

    move(client, practice, other, janez)

    practice = GoodPractice.objects.get()
    assert (practice.organisation_in_charge, practice.current_workflow_state) == (other, None)
    reviewing.submit(record=practice, by=janez)
    assert [to_decide(user) for user in (heir, nina, marta)] == [[practice], [], []]


def test_who_wrote_a_text_checks_it_with_her_people_but_does_not_review_it(nina, janez, organisation):
    marta, other = UserFactory(role=User.Role.REVIEWER, member_of=organisation), UserFactory(role=User.Role.REVIEWER)
    practice = save(begun(janez, organisation), marta, how_it_works={"en": "Marta's own words."})
    practice = save(practice, nina, problem_and_context={"en": "Nina's."})
    marta.memberships.all().delete()

    reviewing.submit(record=practice, by=janez)
    assert to_decide(nina) == [practice]
    approve(practice, by=nina)

    assert (to_decide(marta), to_decide(other)) == ([], [practice])
    assert list(practice.reviewers(janez)) == [other]
    with pytest.raises(PermissionDenied):
        approve(practice, by=marta)
    approve(practice, by=other)

    practice = save(practice, janez, how_it_works={"en": "Another year, another text."})
    reviewing.submit(record=practice, by=janez)
    approve(practice, by=nina)
    assert to_decide(marta) == to_decide(other) == [practice]
    assert set(practice.reviewers(janez)) == {marta, other}


def test_a_submission_can_be_taken_back_at_either_step_and_is_checked_anew(nina, janez, marta, organisation):
    for begin in (submitted, checked):
        practice = begin(janez, organisation)

        reviewing.take_back(record=practice, by=janez)
        assert (to_decide(nina), to_decide(marta)) == ([], [])

        reviewing.submit(record=practice, by=janez)
        assert to_decide(nina) == [practice]
        reviewing.take_back(record=practice, by=janez)


def test_without_a_reviewers_step_nothing_is_submitted_and_nothing_handed_on(nina, janez, organisation):
    practice = submitted(janez, organisation)
    ExpertReviewTask.objects.update(active=False)

    with pytest.raises(ImproperlyConfigured):
        approve(practice, by=nina)
    with pytest.raises(ImproperlyConfigured):
        submitted(janez, organisation)
    assert not Entry.objects.filter(uid=practice.uid).exists()


# Several at once


@pytest.mark.django_db(transaction=True)
def test_two_who_check_at_once_hand_on_once(together, janez, editor, organisation):
    other = AdminFactory()
    practice = submitted(janez, organisation)
    step = practice.current_workflow_task_state
    read = {"record": practice, "revision": step.revision_id, "step": step.pk}

    def approver(user):
        def call():
            try:
                reviewing.approve(by=user, **read)
            except (PermissionDenied, reviewing.EditConflict):
                return "refused"
            return "handed on"

        return call

    assert sorted(together(approver(editor), approver(other))) == ["handed on", "refused"]
    assert steps(practice) == [(OrganisationCheckTask, "approved"), (ExpertReviewTask, "in_progress")]


@pytest.mark.django_db(transaction=True)
def test_a_check_and_a_change_of_mind_at_once_end_in_one_state(together, nina, janez, marta, organisation):
    practice = submitted(janez, organisation)

    def check():
        try:
            approve(practice, by=nina)
        except PermissionDenied:
            return

    together(check, lambda: reviewing.take_back(record=practice, by=janez))

    assert WorkflowState.objects.for_instance(practice).get().status == "cancelled"
    assert (to_decide(nina), to_decide(marta)) == ([], [])


# The migration


def test_the_check_stands_before_the_experts_review():
    tasks = [step.task.specific for step in WorkflowTask.objects.order_by("sort_order")]

    assert [type(task) for task in tasks if type(task).__module__.startswith("p")] == [
        OrganisationCheckTask,
        ExpertReviewTask,
    ]


def test_without_the_check_what_waited_there_waits_for_the_reviewer(nina, janez, marta, organisation):
    at_check, sent_back = submitted(janez, organisation), submitted(janez, organisation)
    at_review = checked(janez, organisation)
    send_back(sent_back, by=nina)

    migration.remove_check(apps, None)

    assert not OrganisationCheckTask.objects.exists()
    assert set(to_decide(marta)) == {at_check, at_review}
    reviewing.submit(record=sent_back, by=janez)
    for practice in (at_check, sent_back, at_review):
        approve(practice, by=marta)
    assert GoodPractice.objects.filter(live=True).count() == 3


def test_a_review_under_way_is_past_the_check_that_came_later(nina, janez, marta, organisation):
    migration.remove_check(apps, None)
    before, sent_back = submitted(janez, organisation), submitted(janez, organisation)
    send_back(sent_back, by=marta)

    migration.add_check(apps, None)
    migration.add_check(apps, None)

    assert OrganisationCheckTask.objects.count() == 1
    approve(before, by=marta)
    reviewing.submit(record=sent_back, by=janez)
    approve(sent_back, by=marta)
    assert GoodPractice.objects.filter(live=True).count() == 2
    assert to_decide(nina) == []
    later = submitted(janez, organisation)
    assert to_decide(nina) == [later]


def test_who_read_it_for_the_organisation_is_called_one_thing(client, nina, janez, organisation):
    practice = submitted(janez, organisation)
    step = practice.current_workflow_task_state
    sent = {"revision": step.revision_id, "step": step.pk, "message": "Who pays?", "comment-title": "Which year?"}
    client.force_login(nina)
    client.post(reverse("reviews:review", args=[practice.uid]), sent | {"action": "send_back"})
    client.force_login(janez)

    page = client.get(reverse("practices:edit", args=[practice.uid])).content.decode()

    assert page.count("for the organisation") == 2
    assert "for your organisation" not in page
