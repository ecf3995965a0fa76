"""Every change of a record's state stands in the log: who, when, and why where somebody has said so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from catalogue import record_log
from operations.models import AuditEntry
from operations.reasons import Reason
from operations.scheduled import publish_scheduled
from partners import record_words
from practices import actions, co_authors
from practices.models import CoAuthor, GoodPractice
from reviews import actions as saying
from reviews.models import FieldComment
from tests.admin import address, edit
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, publish, reread
from tests.practices.writing import approved, begun, checked, filled, save, setting, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]
OPINION = {"opinion_en": "It lasts.", "opinion_name": "Marta Hribar", "opinion_agreed": "on"}


class World:
    """People, and the doors that they go through."""

    def __init__(self, browser, people, organisation):
        self.browser, self.organisation = browser, organisation
        self.__dict__.update(people)

    def press(self, who, name, practice, **sent):
        answer = self.browser(who).post(reverse(name, args=[practice.uid]), sent)
        assert answer.status_code == 302, answer.content.decode()

    def decide(self, who, practice, action="approve", **sent):
        step = reread(practice).current_workflow_task_state
        read = {"revision": step.revision_id, "step": step.pk, "action": action}
        self.press(who, "reviews:review", practice, **read | sent)

    def comment(self, practice, who=None):
        self.decide(who or self.marta, practice, "send_back", **{"comment-title": "Which year?"})
        return FieldComment.objects.get()


@pytest.fixture
def world(browser, nina, janez, marta, peter, editor, organisation):
    people = {"nina": nina, "janez": janez, "marta": marta, "peter": peter, "editor": editor}
    return World(browser, people, organisation)


@pytest.fixture
def editor(db):
    return UserFactory(first_name="Eva", last_name="Urednik", role="Editors")


def begin(world):
    answer = world.browser(world.nina).post(reverse("practices:new"), filled(organisation=world.organisation))
    assert answer.status_code == 302
    return GoodPractice.objects.get()


def submit(world):
    practice = begun(world.nina, world.organisation)
    world.press(world.nina, "practices:submit", practice)
    return practice


def check(world):
    practice = submitted(world.janez, world.organisation)
    world.decide(world.nina, practice)
    return practice


def send_back(world):
    practice = checked(world.nina, world.organisation)
    world.decide(world.marta, practice, "send_back", message="Who pays?")
    return practice


def send_back_with_comments(world):
    practice = checked(world.nina, world.organisation)
    world.comment(practice)
    return practice


def hand_in_again(world):
    practice = send_back(world)
    world.press(world.nina, "practices:submit", practice)
    return practice


def settle(world):
    practice = checked(world.nina, world.organisation)
    comment = world.comment(practice)
    saying.keep(record=reread(practice), by=world.nina, settled=[comment.pk])
    return practice


def take_back(world):
    practice = submitted(world.nina, world.organisation)
    world.press(world.nina, "practices:take_back", practice)
    return practice


def approve(world):
    practice = checked(world.nina, world.organisation)
    world.decide(world.marta, practice)
    return practice


def schedule(world):
    practice = checked(world.nina, world.organisation)
    _set_time(practice, timezone.now() + timedelta(hours=1))
    world.decide(world.marta, practice)
    return practice


def _set_time(practice, when):
    """As an editor does at her desk."""
    revision = reread(practice).latest_revision
    revision.content["go_live_at"] = when.isoformat()
    revision.save()


def come_out(world):
    practice = schedule(world)
    practice.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    _set_time(practice, timezone.now())
    publish_scheduled()
    return practice


def withdraw(world):
    practice = approved(world.nina, world.organisation, world.marta)
    world.press(world.nina, "practices:withdraw", practice, reason="error")
    return practice


def withdraw_under_review(world):
    practice = approved(world.nina, world.organisation, world.marta)
    save(practice, world.nina, title={"en": "Open-yard week"})
    world.press(world.nina, "practices:submit", practice)
    world.press(world.nina, "practices:withdraw", practice, reason="error")
    return practice


def merge(world):
    practice, other = (approved(world.nina, world.organisation, world.marta) for _time in range(2))
    successor = f"/en/practices/{other.slug}/"
    world.press(world.nina, "practices:withdraw", practice, reason="merged", successor=successor)
    return practice


def delete(world):
    practice = begun(world.nina, world.organisation)
    world.press(world.nina, "practices:delete", practice)
    return practice


def confirm(world):
    practice = approved(world.nina, world.organisation, world.marta)
    world.press(world.nina, "practices:still_true", practice)
    return practice


def give_opinion(world):
    practice = checked(world.nina, world.organisation)
    world.decide(world.marta, practice, **OPINION)
    return practice


def correct_opinion(world):
    practice = give_opinion(world)
    sent = {"opinion_en": "It lasts long.", "opinion_name": "Marta Hribar", "action": "publish", "reason": "mistake"}
    world.press(world.editor, "practices:opinion", practice, **sent)
    return practice


def withdraw_opinion(world):
    practice = give_opinion(world)
    world.press(world.editor, "practices:opinion", practice, action="withdraw", reason="asked")
    return practice


def withdraw_own_opinion(world):
    practice = give_opinion(world)
    world.press(world.marta, "practices:opinion", practice, action="withdraw")
    return practice


def move(world):
    practice = begun(world.nina, world.organisation)
    return _moved(world, practice)


def move_under_review(world):
    practice = send_back(world)
    return _moved(world, reread(practice))


def _moved(world, practice):
    other = publish(OrganisationFactory())
    MembershipFactory(user=world.nina, organisation=other)
    read = practice.latest_revision_id
    actions.save_draft(practice=practice, by=world.nina, edit=setting(), organisation=other, expected_revision=read)
    return practice


def move_at_the_desk(world):
    practice = approved(world.nina, world.organisation, world.marta)
    edit(world.browser(world.editor), practice, organisation_in_charge=publish(OrganisationFactory()).pk)
    return practice


def lock(world):
    practice = begun(world.nina, world.organisation)
    world.browser(world.editor).post(address(practice, "lock"))
    return practice


def take_out(world):
    practice = begun(world.nina, world.organisation)
    co_author = CoAuthor.objects.create(practice=practice, user=world.peter)
    co_authors.remove(co_author=co_author, by=world.nina, reason=Reason.MISTAKE)
    return practice


def leave(world):
    practice = begun(world.nina, world.organisation)
    CoAuthor.objects.create(practice=practice, user=world.peter)
    world.press(world.peter, "practices:leave", practice)
    return practice


# what happens → by whom, what the log calls it, why
TABLE = [
    (begin, "nina", record_log.BEGUN, ""),
    (submit, "nina", "wagtail.workflow.start", ""),
    (check, "nina", "wagtail.workflow.approve", ""),
    (send_back, "marta", "wagtail.workflow.reject", "Who pays?"),
    (send_back_with_comments, "marta", record_log.COMMENTED, "1 comment"),
    (hand_in_again, "nina", "wagtail.workflow.resume", ""),
    (settle, "nina", record_log.SETTLED, ""),
    (take_back, "nina", record_log.REVIEW_ENDED, "its people took it back, to go on writing"),
    (approve, "marta", "wagtail.workflow.approve", ""),
    (approve, "marta", "wagtail.publish", ""),
    (schedule, "marta", "wagtail.publish.schedule", ""),
    (come_out, None, "wagtail.publish.scheduled", ""),
    (withdraw, "nina", record_log.WITHDRAWN, "published by mistake"),
    (withdraw_under_review, "nina", record_log.REVIEW_ENDED, "it was withdrawn"),
    (merge, "nina", record_log.WITHDRAWN, "merged into another record"),
    (delete, "nina", record_log.DELETED, ""),
    (move, "nina", record_log.MOVED, ""),
    (move_at_the_desk, "editor", record_log.MOVED, ""),
    (lock, "editor", "wagtail.lock", "so that nobody changes it meanwhile"),
    (take_out, "nina", "co_author.removed", "Peter Novak: it was a mistake"),
    (leave, "peter", "co_author.left", "by one’s own wish"),
    (move_under_review, "nina", record_log.REVIEW_ENDED, "another organisation answers for it now"),
    (confirm, "nina", "practice.confirmed", ""),
    (give_opinion, "marta", "opinion.published", ""),
    (correct_opinion, "editor", "opinion.changed", "it has a mistake"),
    (withdraw_own_opinion, "marta", "opinion.withdrawn", "by one’s own wish"),
    (withdraw_opinion, "editor", "opinion.withdrawn", "the expert asked for it"),
]


@pytest.mark.parametrize(
    ("happens", "who", "action", "why"), TABLE, ids=[f"{row[0].__name__}-{row[2]}" for row in TABLE]
)
def test_who_did_what_when_and_why(world, happens, who, action, why):
    began = timezone.now()

    practice = happens(world)

    actor = getattr(world, who) if who else None
    if "wagtail" in action or "catalogue" in action:
        entry = ModelLogEntry.objects.filter(action=action, label__contains="Open-yard").latest("pk")
        told = (entry.user, record_log.reason_in(action, entry.data), entry.timestamp >= began)
    else:
        entry = AuditEntry.objects.filter(what=action, about_uid=practice.uid).latest("pk")
        told = (entry.actor, record_words.why_of(entry), entry.at >= began)
    assert told == (actor, why, True)


def test_the_other_record_of_a_merge_is_named(world):
    merge(world)

    data = ModelLogEntry.objects.get(action=record_log.WITHDRAWN).data
    assert GoodPractice.objects.filter(uid=data["merged_into"], live=True).exists()


def test_of_comments_that_nobody_has_seen_the_log_is_silent(world):
    practice = checked(world.nina, world.organisation)
    world.decide(world.marta, practice, "comment", **{"comment-title": "Which year?"})
    comment = FieldComment.objects.get()

    world.decide(world.marta, practice, "comment", **{f"settle-{comment.pk}": "on"})

    assert not ModelLogEntry.objects.filter(action__contains="comment").exists()
