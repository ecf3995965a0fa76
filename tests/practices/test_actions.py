"""Who may do what with a practice, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from catalogue.problems import Problem
from practices import actions
from practices.models import GoodPractice
from tests.factories import AdminFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.practices.writing import approved, begun, save, setting, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def statuses(practice):
    states = WorkflowState.objects.for_instance(practice).order_by("pk")
    return list(states.values_list("status", flat=True))


# Drafts


def test_a_draft_may_be_empty(nina):
    practice = begun(nina, edit=setting())

    assert (practice.owner, practice.live, practice.latest_draft().title.data) == (nina, False, {})
    assert practice.latest_revision.user == nina


def test_a_draft_that_was_sent_twice_is_one(nina):
    uid = uuid4()

    first = actions.create_draft(by=nina, edit=whole, uid=uid)
    second = actions.create_draft(by=nina, edit=whole, uid=uid)

    assert (second.pk, second.revisions.count()) == (first.pk, 1)


def test_a_draft_that_was_sent_twice_with_other_words_is_a_conflict(nina):
    uid = uuid4()
    actions.create_draft(by=nina, edit=whole, uid=uid)

    with pytest.raises(reviewing.EditConflict):
        actions.create_draft(by=nina, edit=setting(title={"en": "Another"}), uid=uid)


def test_the_uid_of_somebody_elses_practice_begins_a_new_one(nina, luka):
    theirs = begun(luka)

    mine = actions.create_draft(by=nina, edit=whole, uid=theirs.uid)

    assert mine.uid != theirs.uid
    assert theirs.latest_draft().owner == luka


def test_nobody_puts_a_practice_in_charge_of_an_organisation_that_she_does_not_belong_to(nina):
    with pytest.raises(PermissionDenied):
        begun(nina, OrganisationFactory())
    assert GoodPractice.objects.count() == 0


def test_a_colleague_may_go_on_writing(nina, janez, organisation):
    practice = save(begun(nina, organisation), janez, title={"en": "Better"})

    assert practice.latest_draft().title.data == {"en": "Better"}
    assert (practice.owner, practice.latest_revision.user) == (nina, janez)


def test_the_author_may_go_on_writing_when_she_has_left_the_organisation(nina, organisation):
    practice = begun(nina, organisation)
    nina.memberships.all().delete()

    assert save(practice, nina, title={"en": "Better"}).latest_draft().title.data == {"en": "Better"}


def test_strangers_may_not_write(nina, luka, marta, organisation):
    practice = begun(nina, organisation)

    for user in (luka, marta, AdminFactory()):
        with pytest.raises(PermissionDenied):
            save(practice, user, title={"en": "Hijacked"})
    assert practice.revisions.count() == 1


def test_saving_what_is_saved_already_changes_nothing(nina, organisation):
    practice = begun(nina, organisation)

    saved = actions.save_draft(
        practice=practice, by=nina, edit=whole, organisation=organisation, expected_revision=None
    )

    assert saved.latest_revision_id == practice.latest_revision_id


def test_the_second_of_two_is_told_whose_text_came_first(nina, janez, organisation):
    practice = begun(nina, organisation)
    both_read = practice.latest_revision_id
    save(practice, janez, title={"en": "By Janez"})

    with pytest.raises(reviewing.EditConflict) as conflict:
        actions.save_draft(
            practice=practice,
            by=nina,
            edit=setting(title={"en": "By Nina"}),
            organisation=organisation,
            expected_revision=both_read,
        )

    assert conflict.value.revision.user == janez
    assert GoodPractice.objects.get().latest_draft().title.data == {"en": "By Janez"}


def test_a_draft_of_a_published_practice_leaves_the_published_text(nina, marta, organisation):
    practice = approved(nina, organisation, marta)

    save(practice, nina, title={"en": "A second thought"})

    practice = GoodPractice.objects.get()
    assert practice.title.data["en"] == "Open-yard day"
    assert (practice.live, practice.has_unpublished_changes) == (True, True)
    assert Entry.objects.get(uid=practice.uid).record["title"]["en"] == "Open-yard day"


def test_another_organisation_in_charge_is_in_the_catalogue_at_once(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    other = MembershipFactory(user=nina).organisation
    other.save_revision().publish()
    position = Entry.objects.get(uid=practice.uid).position

    actions.save_draft(
        practice=practice,
        by=nina,
        edit=setting(),
        organisation=other,
        expected_revision=practice.latest_revision_id,
    )

    entry = Entry.objects.get(uid=practice.uid)
    assert entry.record["organisation_in_charge"]["uid"] == str(other.uid)
    assert entry.position > position
    assert GoodPractice.objects.get().has_unpublished_changes is False


def test_publishing_an_older_draft_does_not_bring_back_the_older_organisation(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    old = practice.latest_revision
    other = MembershipFactory(user=nina).organisation
    actions.save_draft(
        practice=practice, by=nina, edit=setting(), organisation=other, expected_revision=practice.latest_revision_id
    )

    old.publish()

    assert GoodPractice.objects.get().organisation_in_charge == other


# Submitting


def test_a_submission_waits_for_a_reviewer(nina, marta, organisation):
    practice = submitted(nina, organisation)

    assert list(GoodPractice.objects.reviewable_by(marta)) == [practice]
    assert practice.current_workflow_state.requested_by == nina
    assert not Entry.objects.filter(uid=practice.uid).exists()


def test_submitting_twice_submits_once(nina, organisation):
    practice = submitted(nina, organisation)

    assert reviewing.submit(record=practice, by=nina) is True

    assert statuses(practice) == ["in_progress"]
    assert TaskState.objects.for_instance(practice).filter(status="in_progress").count() == 1


def test_a_draft_with_gaps_is_not_submitted(nina):
    practice = begun(nina, edit=setting(title={"en": "Only a title"}))

    with pytest.raises(reviewing.NotReady) as refusal:
        reviewing.submit(record=practice, by=nina)

    fields = [problem.field for problem in refusal.value.problems]
    assert fields == [
        "summary",
        "problem_and_context",
        "how_it_works",
        "stakeholders_and_beneficiaries",
        "status",
        "topics",
        "places",
        "organisation",
    ]
    assert statuses(practice) == []


def test_strangers_may_not_submit(nina, luka, organisation):
    practice = begun(nina, organisation)

    with pytest.raises(PermissionDenied):
        reviewing.submit(record=practice, by=luka)
    assert statuses(practice) == []


def test_what_is_published_as_it_stands_needs_no_review(nina, marta, organisation):
    practice = approved(nina, organisation, marta)

    assert reviewing.submit(record=practice, by=nina) is False
    assert statuses(practice) == ["approved"]


def test_what_is_under_review_cannot_be_changed(nina, janez, organisation):
    practice = submitted(nina, organisation)

    for author in (nina, janez):
        with pytest.raises(reviewing.Locked):
            save(practice, author, title={"en": "Sneaked in"})


def test_what_is_public_is_moved_by_who_began_it_or_coordinates_it_and_never_to_nobody(
    nina, janez, marta, organisation
):
    practice = approved(nina, organisation, marta)
    other = MembershipFactory(user=janez).organisation

    for by, to in [(janez, other), (janez, None), (nina, None)]:
        with pytest.raises(PermissionDenied):
            actions.save_draft(
                practice=practice, by=by, edit=setting(), organisation=to, expected_revision=practice.latest_revision_id
            )

    assert GoodPractice.objects.get().organisation_in_charge == organisation


def test_what_an_editor_has_locked_or_scheduled_cannot_be_changed(nina, organisation, client):
    locked, scheduled = begun(nina, organisation), begun(nina, organisation)
    GoodPractice.objects.filter(pk=locked.pk).update(locked=True, locked_by=AdminFactory())
    scheduled.latest_revision.approved_go_live_at = now() + timedelta(days=1)
    scheduled.latest_revision.save()
    client.force_login(nina)

    for practice in (locked, scheduled):
        with pytest.raises(reviewing.Locked):
            save(GoodPractice.objects.get(pk=practice.pk), nina, title={"en": "Sneaked in"})
        assert "An editor holds it" in client.get(f"/en/my/practices/{practice.uid}/").content.decode()


def test_a_submission_can_be_taken_back_and_changed(nina, janez, marta, organisation):
    practice = submitted(nina, organisation)

    reviewing.take_back(record=practice, by=janez)

    assert statuses(practice) == ["cancelled"]
    assert list(GoodPractice.objects.reviewable_by(marta)) == []
    assert save(practice, nina, title={"en": "Better"}).latest_draft().title.data == {"en": "Better"}


def test_only_its_authors_take_a_submission_back(nina, luka, marta, organisation):
    practice = submitted(nina, organisation)

    for user in (luka, marta):
        with pytest.raises(PermissionDenied):
            reviewing.take_back(record=practice, by=user)
    assert statuses(practice) == ["in_progress"]


# Reviewing


def test_approval_publishes(nina, marta, organisation):
    practice = approved(nina, organisation, marta)

    entry = Entry.objects.get(uid=practice.uid)
    assert (practice.live, entry.version, entry.is_visible) == (True, 1, True)
    assert entry.record["title"] == {"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}
    assert statuses(practice) == ["approved"]


def test_sent_back_with_a_message_mended_and_approved(nina, marta, organisation):
    practice = submitted(nina, organisation)

    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    review = practice.current_workflow_state
    assert (review.status, review.current_task_state.comment) == ("needs_changes", "Who pays?")

    practice = save(practice, nina, how_it_works={"en": "The office sets the date. The town pays."})
    reviewing.submit(record=practice, by=nina)
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    document = Entry.objects.get(uid=practice.uid).record
    assert document["how_it_works"] == {"en": "The office sets the date. The town pays."}
    assert statuses(practice) == ["approved"]


def test_who_submits_again_is_the_one_who_is_told(nina, janez, marta, organisation):
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    reviewing.submit(record=practice, by=janez)

    assert practice.current_workflow_state.requested_by == janez


def test_a_practice_is_not_sent_back_without_a_word(nina, marta, organisation):
    practice = submitted(nina, organisation)

    with pytest.raises(ValueError):
        reviewing.send_back(record=practice, by=marta, message="  ", revision=practice.latest_revision_id)


def test_the_second_version_is_reviewed_while_the_first_is_read(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    practice = save(practice, nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)
    assert Entry.objects.get(uid=practice.uid).record["title"]["en"] == "Open-yard day"

    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    entry = Entry.objects.get(uid=practice.uid)
    assert (entry.version, entry.record["title"]["en"]) == (2, "Open-yard week")


def reviewer(**fields):
    return UserFactory(role=User.Role.REVIEWER, **fields)


def test_nobody_reviews_her_own_practice(organisation):
    author = reviewer(member_of=organisation)
    practice = submitted(author, organisation)
    author.memberships.all().delete()

    with pytest.raises(PermissionDenied):
        reviewing.approve(record=practice, by=author, revision=practice.latest_revision_id)


def test_nobody_reviews_her_own_organisations_practices(nina, organisation):
    practice = submitted(nina, organisation)

    with pytest.raises(PermissionDenied):
        reviewing.approve(record=practice, by=reviewer(member_of=organisation), revision=practice.latest_revision_id)


def test_nobody_reviews_what_she_submitted(nina, organisation):
    colleague = reviewer(member_of=organisation)
    practice = begun(nina, organisation)
    reviewing.submit(record=practice, by=colleague)
    colleague.memberships.all().delete()

    with pytest.raises(PermissionDenied):
        reviewing.approve(record=practice, by=colleague, revision=practice.latest_revision_id)


def test_only_reviewers_decide(nina, janez, luka, organisation):
    practice = submitted(nina, organisation)
    told = {"record": practice, "revision": practice.latest_revision_id}

    for user in (nina, janez, luka):
        with pytest.raises(PermissionDenied):
            reviewing.approve(by=user, **told)
        with pytest.raises(PermissionDenied):
            reviewing.send_back(by=user, message="No", **told)
    assert statuses(practice) == ["in_progress"]


def test_an_administrator_may_review(nina, organisation):
    practice = approved(nina, organisation, AdminFactory())

    assert practice.live is True


def test_a_draft_cannot_be_approved(nina, marta, organisation):
    practice = begun(nina, organisation)

    with pytest.raises(PermissionDenied):
        reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
    assert GoodPractice.objects.get().live is False


def test_a_reviewer_approves_only_what_she_has_read(nina, marta, organisation):
    practice = submitted(nina, organisation)
    read = practice.latest_revision_id
    reviewing.take_back(record=practice, by=nina)
    save(practice, nina, title={"en": "Something else"})
    reviewing.submit(record=practice, by=nina)

    with pytest.raises(reviewing.EditConflict):
        reviewing.approve(record=practice, by=marta, revision=read)
    with pytest.raises(reviewing.EditConflict):
        reviewing.send_back(record=practice, by=marta, message="No", revision=read)
    assert GoodPractice.objects.get().live is False


def test_the_portal_checks_again_before_it_publishes(nina, marta, organisation):
    practice = submitted(nina, organisation)
    organisation.memberships.all().delete()
    GoodPractice.objects.filter(pk=practice.pk).update_ledger(organisation_in_charge=None)

    with pytest.raises(reviewing.NotReady) as refusal:
        reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)

    message = "Choose the organisation that answers for the practice."
    assert refusal.value.problems == [Problem("organisation", message)]


# Leaving


def test_its_owner_and_its_coordinator_may_withdraw_a_practice(nina, janez, marta, organisation):
    for user in (nina, janez):
        practice = approved(janez, organisation, marta)

        reviewing.withdraw(record=practice, by=user)

        assert GoodPractice.objects.get(pk=practice.pk).live is False
        assert Entry.objects.get(uid=practice.uid).is_visible is False


def test_a_member_may_not_withdraw_what_a_colleague_wrote(nina, janez, marta, organisation):
    practice = approved(nina, organisation, marta)

    with pytest.raises(PermissionDenied):
        reviewing.withdraw(record=practice, by=janez)
    assert Entry.objects.get(uid=practice.uid).is_visible is True


def test_withdrawal_ends_the_review_of_a_new_version(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    practice = save(practice, nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)

    reviewing.withdraw(record=practice, by=nina)

    assert statuses(practice) == ["approved", "cancelled"]
    assert list(GoodPractice.objects.reviewable_by(marta)) == []


def test_a_withdrawn_practice_can_be_submitted_again(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    reviewing.withdraw(record=practice, by=nina)

    assert reviewing.submit(record=practice, by=nina) is True


def test_a_draft_can_be_deleted(nina, organisation):
    practice = begun(nina, organisation)

    reviewing.delete_draft(record=practice, by=nina)

    assert GoodPractice.objects.count() == 0


def test_what_is_under_review_is_not_deleted(nina, organisation):
    practice = submitted(nina, organisation)

    with pytest.raises(reviewing.Locked):
        reviewing.delete_draft(record=practice, by=nina)


def test_a_colleagues_draft_is_not_deleted(nina, janez, luka, organisation):
    practice = begun(nina, organisation)

    for user in (janez, luka):
        with pytest.raises(PermissionDenied):
            reviewing.delete_draft(record=practice, by=user)
    assert GoodPractice.objects.count() == 1


def test_what_was_published_once_is_not_deleted(nina, marta, organisation):
    practice = approved(nina, organisation, marta)
    reviewing.withdraw(record=practice, by=nina)

    with pytest.raises(reviewing.Published):
        reviewing.delete_draft(record=practice, by=nina)
