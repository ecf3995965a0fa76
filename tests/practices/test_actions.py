"""Who may do what with a practice, and what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now
from wagtail.models import TaskState

from catalogue import reviewing
from catalogue.models import Entry
from practices import actions
from practices.models import GoodPractice
from tests.factories import AdminFactory, MembershipFactory, OrganisationFactory
from tests.practices.deciding import statuses
from tests.practices.writing import approved, begun, save, setting, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]


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
