"""What people see and hear of the check of their organisation: its page, My work, letters."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from post_office.models import Email

from catalogue import reviewing
from notices.models import Notification
from practices.models import GoodPractice
from tests.factories import AdminFactory
from tests.practices.deciding import approve, send_back, to_decide
from tests.practices.writing import submitted

pytestmark = [pytest.mark.django_db, pytest.mark.core]


# The page


def page(client, user, practice, **sent):
    client.force_login(user)
    address = reverse("reviews:review", args=[practice.uid])
    return client.post(address, sent, follow=True) if sent else client.get(address)


def test_one_page_serves_both_steps_each_in_its_words(client, nina, janez, marta, organisation):
    practice = submitted(janez, organisation)
    assert page(client, marta, practice).status_code == 404

    check = page(client, nina, practice).content.decode()
    assert "You are checking this for its organisation." in check and "submitted by Janez Zupan" in check
    assert "Hand on to a reviewer" in check and "Approve and publish" not in check

    approve(practice, by=nina)
    review = page(client, marta, practice).content.decode()
    assert "Approve and publish" in review and "Hand on to a reviewer" not in review


def test_handing_on_twice_hands_on_once_even_for_who_may_decide_at_both_steps(client, janez, organisation):
    admin = AdminFactory()
    practice = submitted(janez, organisation)
    step = page(client, admin, practice).context["step"]
    sent = {"action": "approve", "revision": step.revision_id, "step": step.pk}

    first, second = page(client, admin, practice, **sent), page(client, admin, practice, **sent)

    assert "It is checked, and a reviewer reads it next." in first.content.decode()
    assert "You have decided on this already." in second.content.decode()
    assert GoodPractice.objects.get().live is False
    assert to_decide(admin) == [practice]


def test_who_may_decide_at_both_steps_reads_again_what_another_has_handed_on(client, nina, janez, marta, organisation):
    practice = submitted(janez, organisation)
    step = page(client, nina, practice).context["step"]
    approve(practice, by=nina)

    answer = page(client, marta, practice, action="approve", revision=step.revision_id, step=step.pk)

    assert answer.status_code == 409
    assert GoodPractice.objects.get().live is False


def test_the_page_costs_the_same_however_much_waits(client, nina, janez, organisation):
    practice = submitted(janez, organisation)
    page(client, nina, practice)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            page(client, nina, practice)
        return len(captured)

    before = cost()
    submitted(janez, organisation), submitted(janez, organisation)
    assert cost() == before


# My work, letters


def my_work(client, user):
    client.force_login(user)
    groups = client.get(reverse("notices:my_work")).context["groups"]
    return [
        (group.place.value, item.what, [fact for fact in item.facts if " 20" not in fact])
        for group in groups
        for item in group.items
        if item.symbol == "practice"
    ]


def test_my_work_says_at_which_step_it_is(client, nina, janez, marta, editor, organisation):
    practice = submitted(janez, organisation)
    assert my_work(client, janez) == [("in-review", "", ["Your organisation checks it."])]
    assert my_work(client, nina) == [("waits-for-you", "Check for your organisation", ["Bistra Ptuj"])]
    assert my_work(client, marta) == my_work(client, editor) == []

    approve(practice, by=nina)
    reads = ("in-review", "", ["A reviewer reads it next."])
    assert my_work(client, janez) == my_work(client, nina) == [reads]
    assert my_work(client, marta) == [("waits-for-you", "Review", ["Bistra Ptuj"])]


def test_the_page_of_what_is_submitted_says_who_has_it(client, nina, janez, organisation):
    practice = submitted(janez, organisation)
    client.force_login(janez)
    address = reverse("practices:edit", args=[practice.uid])
    assert "Your organisation checks it" in client.get(address).content.decode()

    approve(practice, by=nina)
    assert "A reviewer reads it next" in client.get(address).content.decode()


def test_the_message_after_submitting_says_who_reads_it(client, nina, janez, organisation):
    client.force_login(janez)
    practice = submitted(janez, organisation)
    reviewing.take_back(record=practice, by=janez)

    answer = client.post(reverse("practices:submit", args=[practice.uid]), follow=True).content.decode()

    assert "Your organisation checks it next, then a reviewer reads it; until then nothing changes in public." in answer


def letters():
    return [(letter.to[0], letter.subject.partition(":")[0]) for letter in Email.objects.order_by("pk")]


def test_reviewers_hear_of_it_when_it_is_checked(nina, janez, marta, editor, organisation):
    practice = submitted(janez, organisation)
    assert letters() == [(nina.email, "To check for your organisation")]

    approve(practice, by=nina)

    assert letters()[1:] == [(marta.email, "To review")]
    assert "Janez Zupan has submitted" in Email.objects.latest("pk").message
    assert Notification.objects.get(kind="record-checked").recipient == janez


def test_what_the_coordinator_submits_she_is_not_asked_to_check(nina, marta, organisation):
    submitted(nina, organisation)

    assert letters() == [(marta.email, "To review")]
    assert set(Notification.objects.values_list("recipient", flat=True)) == {marta.pk}


def test_the_staff_hears_of_what_nobody_else_can_check(janez, marta, editor, organisation):
    submitted(janez, organisation)

    assert letters() == [(editor.email, "To check")]
    assert "its organisation has nobody else who could check it" in Email.objects.get().message


def test_the_author_hears_that_her_organisation_asks_for_changes(nina, janez, organisation):
    practice = submitted(janez, organisation)

    send_back(practice, by=nina)

    letter = Email.objects.latest("pk")
    assert letter.to == [janez.email]
    assert "“Open-yard day” has been read for your organisation, and you are asked for changes:" in letter.message
    assert "Who pays?" in letter.message
