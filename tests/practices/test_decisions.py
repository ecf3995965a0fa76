"""Who decides on a practice, and how it leaves the public."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from catalogue.problems import Problem
from practices.models import GoodPractice
from tests.factories import AdminFactory, UserFactory
from tests.practices.deciding import statuses
from tests.practices.writing import approved, begun, save, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


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
