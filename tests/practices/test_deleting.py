"""A draft in which others have worked is deleted with a reason: they hear of it, and keep what they had not saved."""

import re

import pytest
from django.urls import reverse
from post_office.models import Email
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from catalogue import deletion, record_log, reviewing, working_copies
from catalogue.models import WorkingCopy
from notices.models import Notification
from operations.reasons import Reason
from practices.models import CoAuthor, GoodPractice
from tests.admin import address
from tests.factories import AdminFactory
from tests.practices.writing import begun, save
from tests.practices.written_together import browser

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def draft(janez, luka, organisation):
    """Of Janez, who writes it with Luka."""
    practice = begun(janez, organisation)
    CoAuthor.objects.create(practice=practice, user=luka)
    return practice


def typed(user, practice, title):
    sheet = working_copies.Sheet(user, "practices", practice.uid)
    working_copies.keep(sheet=sheet, typed={"title_en": [title]}, revision=None, stamp="s1", known=())


def delete(user, practice, **sent):
    return browser(user).post(reverse("practices:delete", args=[practice.uid]), sent)


def noted() -> ModelLogEntry:
    return ModelLogEntry.objects.get(action=record_log.DELETED)


def test_a_coordinator_says_why(nina, draft):
    page = browser(nina).get(reverse("practices:delete", args=[draft.uid])).content.decode()
    assert 'name="reason"' in page and "not yours alone" in page

    refused = delete(nina, draft)

    assert refused.status_code == 422 and "Say why." in refused.content.decode()
    assert GoodPractice.objects.exists() and not Notification.objects.exists()


def test_who_deleted_it_and_why_is_noted(nina, draft):
    assert delete(nina, draft, reason="twice").status_code == 302

    assert not GoodPractice.objects.exists()
    entry = noted()
    assert (entry.user, record_log.reason_in(entry.action, entry.data)) == (nina, "the same stands elsewhere here")
    assert registry.get_formatter(entry).format_message(entry) == "Deleted: the same stands elsewhere here"


def test_its_author_and_her_co_authors_are_told(nina, janez, luka, draft):
    save(draft, janez, title={"en": "Canary days"})

    delete(nina, draft, reason="twice")

    told = Notification.objects.filter(kind="record-deleted")
    assert {notice.recipient for notice in told} == {janez, luka}
    assert {notice.titles["en"] for notice in told} == {"Canary days"}
    assert {notice.actor for notice in told} == {"Nina Kos"}
    letter = Email.objects.get(to=luka.email).message
    assert "Nina Kos has deleted the draft “Canary days”." in letter
    assert "Why: the same stands elsewhere here." in letter and "My work" not in letter


def test_what_they_had_typed_is_kept_and_hers_goes(nina, janez, luka, draft):
    typed(janez, draft, "Half a ti")
    typed(luka, draft, "Another ti")
    typed(nina, draft, "Of no use")

    delete(nina, draft, reason="twice")

    kept = {copy.person: copy for copy in WorkingCopy.objects.all()}
    assert kept.keys() == {janez, luka}
    assert all(copy.record != draft.uid for copy in kept.values())
    page = browser(luka).get(f"{reverse('practices:new')}?copy={kept[luka].record}").content.decode()
    assert 'value="Another ti"' in page
    assert "it stands in My work as something that you have begun" in Email.objects.get(to=luka.email).message


def test_her_own_draft_goes_as_simply_as_it_came(nina, organisation):
    practice = begun(nina, organisation)
    typed(nina, practice, "Half a ti")
    page = browser(nina).get(reverse("practices:delete", args=[practice.uid])).content.decode()
    assert 'name="reason"' not in page and "not yours alone" not in page

    delete(nina, practice)

    assert (noted().user, noted().data) == (nina, {})
    assert not GoodPractice.objects.exists() and not WorkingCopy.objects.exists()


@pytest.mark.parametrize("others", ["saved", "typed", "write it"])
def test_in_her_own_draft_others_may_have_worked(nina, janez, luka, organisation, others):
    practice = begun(nina, organisation)
    if others == "saved":
        save(practice, janez, title={"en": "Canary days"})
    elif others == "typed":
        typed(janez, practice, "Half a ti")
    else:
        CoAuthor.objects.create(practice=practice, user=janez)

    assert delete(nina, practice).status_code == 422
    assert delete(nina, practice, reason="mistake").status_code == 302

    assert [notice.recipient for notice in Notification.objects.filter(kind="record-deleted")] == [janez]


def test_who_may_write_it_no_more_hears_nothing(nina, janez, luka, draft):
    CoAuthor.objects.all().delete()
    typed(luka, draft, "Left behind")

    delete(nina, draft, reason="twice")

    assert not Notification.objects.filter(recipient=luka).exists()
    assert WorkingCopy.objects.filter(person=luka).exists()


def test_without_a_reason_nothing_goes(nina, draft):
    with pytest.raises(deletion.ReasonNeeded):
        reviewing.delete_draft(record=draft, by=nina)

    assert GoodPractice.objects.exists() and not ModelLogEntry.objects.filter(action=record_log.DELETED).exists()


def test_in_the_admin_it_is_the_same(janez, draft):
    CoAuthor.objects.all().delete()  # what others are bound to by a row of theirs, the admin does not delete
    admin = AdminFactory()
    typed(janez, draft, "Half a ti")
    desk = address(draft, "delete")
    assert 'name="reason"' in browser(admin).get(desk).content.decode()

    refused = browser(admin).post(desk)
    assert (refused.status_code, GoodPractice.objects.count()) == (200, 1)
    assert "Say why." in refused.content.decode()
    assert browser(admin).post(desk, {"reason": Reason.SILENT.value}).status_code == 302

    assert not GoodPractice.objects.exists()
    assert (noted().user, noted().data) == (admin, {"reason": "silent"})
    assert {notice.recipient for notice in Notification.objects.all()} == {janez}
    assert [(copy.person, copy.record != draft.uid) for copy in WorkingCopy.objects.all()] == [(janez, True)]


def test_an_editor_deletes_what_she_began_by_mistake_with_a_click(organisation):
    admin = AdminFactory(member_of=organisation)
    practice = begun(admin, organisation)
    page = browser(admin).get(address(practice, "delete")).content.decode()
    assert 'name="reason"' not in page

    browser(admin).post(address(practice, "delete"))

    assert not GoodPractice.objects.exists() and noted().user == admin


@pytest.mark.parametrize("desk", ["portal", "admin"])
def test_the_reasons_offered_are_those_of_a_text(nina, draft, desk):
    CoAuthor.objects.all().delete()
    page = delete(nina, draft) if desk == "portal" else browser(AdminFactory()).get(address(draft, "delete"))

    offered = re.findall(r'name="reason"[^>]* value="(\w+)"', page.content.decode())
    assert offered == ["twice", "foreign", "its_people", "law", "test", "silent", "mistake"]
