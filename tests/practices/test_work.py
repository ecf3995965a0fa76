"""What My work shows to whom, and at which price."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalogue import reviewing
from notices.work import Place
from practices.models import GoodPractice
from tests.factories import UserFactory
from tests.practices.writing import approved, begun, save, setting, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def titles(client, user) -> dict[str, list[str]]:
    client.force_login(user)
    groups = client.get(reverse("notices:my_work")).context["groups"]
    return {group.place.value: [item.title for item in group.items if item.symbol == "practice"] for group in groups}


def named(title):
    def edit(draft):
        whole(draft)
        draft.title = {"en": title}

    return edit


EMPTY = {place.value: [] for place in Place}


def test_each_practice_stands_where_its_next_step_is(client, nina, janez, marta, luka, organisation):
    begun(nina, organisation, named("Draft"))
    submitted(nina, organisation, named("Submitted"))
    sent_back = submitted(nina, organisation, named("Sent back"))
    reviewing.send_back(record=sent_back, by=marta, message="Who pays?", revision=sent_back.latest_revision_id)
    approved(nina, organisation, marta, named("Published"))

    authors = {
        "waits-for-you": ["Sent back"],
        "drafts": ["Draft"],
        "in-review": ["Submitted"],
        "published": ["Published"],
    }
    assert titles(client, nina) == authors
    assert titles(client, janez) == authors
    assert titles(client, marta) == EMPTY | {"waits-for-you": ["Submitted"]}
    assert titles(client, luka) == EMPTY


def test_reviews_wait_oldest_first(client, nina, marta, organisation):
    practices = {name: begun(nina, organisation, named(name)) for name in ("First", "Second", "Third")}
    for name in ("Second", "Third", "First"):
        reviewing.submit(record=practices[name], by=nina)

    assert titles(client, marta)["waits-for-you"] == ["Second", "Third", "First"]


def test_a_draft_is_called_as_it_was_saved_last(client, nina):
    practice = begun(nina, edit=setting())
    assert titles(client, nina)["drafts"] == ["Untitled practice"]

    save(practice, nina, title={"sl": "Dan odprtih dvorišč"})
    assert titles(client, nina)["drafts"] == ["Dan odprtih dvorišč"]


def test_changes_of_a_published_practice_are_a_draft_beside_it(client, nina, marta, organisation):
    practice = approved(nina, organisation, marta, named("Open-yard day"))
    save(practice, nina, title={"en": "Open-yard week"})

    assert titles(client, nina) == EMPTY | {"drafts": ["Open-yard week"], "published": ["Open-yard day"]}


def test_the_page_says_how_much_waits(client, nina, marta, organisation):
    client.force_login(marta)
    assert "Nothing waits for you." in client.get(reverse("notices:my_work")).content.decode()

    submitted(nina, organisation)
    assert "1 thing waits for you." in client.get(reverse("notices:my_work")).content.decode()


def test_the_message_of_the_reviewer_is_read_at_once(client, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=marta, message="Who <b>pays</b>?", revision=practice.latest_revision_id)
    client.force_login(nina)

    assert "Who &lt;b&gt;pays&lt;/b&gt;?" in client.get(reverse("notices:my_work")).content.decode()


def one_of_each(nina, marta, organisation):
    begun(nina, organisation)
    submitted(nina, organisation)
    sent_back = submitted(nina, organisation)
    reviewing.send_back(record=sent_back, by=marta, message="Who pays?", revision=sent_back.latest_revision_id)
    approved(nina, organisation, marta)


def queries(client, user) -> int:
    client.force_login(user)
    client.get(reverse("notices:my_work"))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("notices:my_work"))
    return len(captured)


def test_three_of_each_cost_as_many_queries_as_one(client, nina, marta, organisation):
    one_of_each(nina, marta, organisation)
    before = queries(client, nina), queries(client, marta)

    one_of_each(nina, marta, organisation)
    one_of_each(nina, marta, organisation)

    assert GoodPractice.objects.count() == 12
    assert (queries(client, nina), queries(client, marta)) == before
    assert max(before) <= 10


# Names, never addresses


def test_a_reviewer_without_a_name_is_a_reviewer(client, nina, organisation):
    nameless = UserFactory(email="m.h@example.org", first_name="", last_name="", role=User.Role.REVIEWER)
    practice = submitted(nina, organisation)
    reviewing.send_back(record=practice, by=nameless, message="Who pays?", revision=practice.latest_revision_id)
    client.force_login(nina)

    work, form = client.get(reverse("notices:my_work")), client.get(reverse("practices:edit", args=[practice.uid]))

    assert "sent back by a reviewer" in work.content.decode()
    assert "m.h@example.org" not in work.content.decode() + form.content.decode()


def test_a_colleague_without_a_name_is_a_colleague(client, nina, organisation):
    nameless = UserFactory(email="k@example.org", first_name="", last_name="", member_of=organisation)
    begun(nameless, organisation)
    client.force_login(nina)

    page = client.get(reverse("notices:my_work")).content.decode()

    assert "by a colleague" in page
    assert "k@example.org" not in page


# What an editor scheduled


def test_an_approval_before_its_time_tells_the_reviewer_and_the_author_when(client, nina, marta, organisation):
    practice = begun(nina, organisation)
    draft = practice.latest_draft()
    draft.go_live_at = datetime(2099, 6, 1, 8, tzinfo=UTC)
    draft.save_revision()
    practice.refresh_from_db()
    reviewing.submit(record=practice, by=nina)
    review = reverse("reviews:review", args=[practice.uid])

    client.force_login(marta)
    assert "it will be public on 1 June 2099, 10:00" in client.get(review).content.decode()
    decision = {"action": "approve", "revision": practice.latest_revision_id}
    told = client.post(review, decision, follow=True).content.decode()
    client.force_login(nina)
    page = client.get(reverse("notices:my_work")).content.decode()

    assert "it will be public on 1 June 2099, 10:00" in told and "public now" not in told
    assert "approved; will be public on 1 June 2099, 10:00" in page
    assert not GoodPractice.objects.get().live
    with pytest.raises(reviewing.Locked):
        reviewing.delete_draft(record=practice, by=nina)


@pytest.mark.parametrize("how", ["scheduled", "locked"])
def test_who_cannot_change_it_now_is_not_asked_for_changes(client, nina, marta, organisation, how):
    practice = submitted(nina, organisation, named("Sent back"))
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    if how == "locked":
        GoodPractice.objects.filter(pk=practice.pk).update(locked=True)
    else:
        practice.revisions.update(approved_go_live_at=timezone.now() + timedelta(days=1))

    assert titles(client, nina) == EMPTY | {"drafts": ["Sent back"]}
    page = client.get(reverse("notices:my_work")).content.decode()
    assert ("an editor has locked it" if how == "locked" else "an editor has set a time: will be public on") in page
