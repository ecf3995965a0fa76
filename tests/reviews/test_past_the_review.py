"""What editors do in the admin past a review that is open: it ends with a reason, and who waits for it hears so."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from catalogue import record_log, reviewing
from notices.models import Notification
from operations.scheduled import publish_scheduled
from practices import opinions
from practices.models import GoodPractice
from practices.opinions import Written
from reviews import history
from tests import admin
from tests.factories import OrganisationFactory, UserFactory, publish, reread
from tests.practices.writing import approved, checked, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(db):
    return UserFactory(first_name="Vera", last_name="Horvat", role=User.Role.EDITOR)


@pytest.fixture
def at_cms(client, vera):
    client.force_login(vera)
    return client


@pytest.fixture
def second(nina, organisation, marta):
    """Version 2, sent back to its author."""
    practice = save(approved(nina, organisation, marta), nina, summary={"en": "Newer."})
    reviewing.submit(record=practice, by=nina)
    return sent_back(practice, marta)


def sent_back(practice, by):
    reviewing.send_back(record=practice, by=by, revision=practice.latest_revision_id, message="Mend it.")
    return reread(practice)


def steps(practice) -> list[tuple[str, str, str]]:
    return [(step.what, step.who, step.why) for step in history.of(practice)]


def test_what_was_sent_back_and_is_published_there_is_told(at_cms, nina, organisation, marta):
    practice = checked(nina, organisation)
    opinions.keep(practice=practice, by=marta, written=Written({"en": "Good."}, "Marta Hribar"))
    practice = sent_back(practice, marta)

    admin.edit(at_cms, practice, "publish")

    assert reread(practice).live
    ended = ("Review ended", "Vera Horvat", "an editor has published it without waiting for a decision")
    published = ("Published", "Vera Horvat", "by the editors, without waiting for a review")
    assert {*steps(practice)[:2]} == {published, ended}
    assert not any(what == "Taken back" for what, who, why in steps(practice))
    told = Notification.objects.filter(kind="record-published-past-its-review")
    assert list(told.values_list("recipient", flat=True)) == [nina.pk]
    waits = Notification.objects.get(kind="practice-opinion-waits")
    assert (waits.recipient, waits.path) == (marta, f"my/practices/{practice.uid}/opinion/")


def test_an_approval_ends_its_review_itself(nina, organisation, marta):
    practice = approved(nina, organisation, marta)

    assert "Review ended" not in [what for what, who, why in steps(practice)]
    assert not Notification.objects.filter(kind="record-published-past-its-review").exists()


def test_withdrawn_there_while_it_is_with_its_author_the_review_ends(at_cms, nina, second):
    at_cms.post(admin.address(second, "unpublish"), {"reason": "legal"})

    assert reread(second).current_workflow_state is None
    assert ("Review ended", "Vera Horvat", "it was withdrawn") in steps(second)
    reviewing.submit(record=reread(second), by=nina)
    assert ModelLogEntry.objects.for_instance(second).filter(action="wagtail.workflow.start").count() == 3


def test_what_has_expired_no_reviewer_publishes_again_by_an_open_review(nina, organisation, marta):
    practice = approved(nina, organisation, marta)
    GoodPractice.objects.filter(pk=practice.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    practice = save(practice, nina, summary={"en": "Newer."})
    reviewing.submit(record=practice, by=nina)

    publish_scheduled()

    assert "Review ended" in [what for what, who, why in steps(practice)]
    with pytest.raises(PermissionDenied):
        reviewing.approve(record=reread(practice), by=marta, revision=practice.latest_revision_id)
    assert not reread(practice).live


def test_another_organisation_in_charge_is_noted(at_cms, nina, organisation, marta):
    practice = approved(nina, organisation, marta)
    other = publish(OrganisationFactory(name_english="Other"))

    admin.edit(at_cms, practice, "edit", organisation_in_charge=str(other.pk))

    moved = ModelLogEntry.objects.for_instance(practice).filter(action=record_log.MOVED)
    assert [entry.user.get_full_name() for entry in moved] == ["Vera Horvat"]
    assert ("Put in another organisation’s charge", "Vera Horvat", "") in steps(practice)


def test_it_is_withdrawn_there_with_a_reason(at_cms, nina, organisation, marta):
    practice = approved(nina, organisation, marta)

    answer = at_cms.post(admin.address(practice, "unpublish"), {"reason": ""})

    assert "Say why it is withdrawn." in answer.content.decode()
    assert reread(practice).live
