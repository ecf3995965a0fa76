"""What an expert says of a practice: written beside her review, published with it, changed and withdrawn afterwards."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.erasure import erase
from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry, EntryVersion
from notices.models import Notification
from operations.models import AuditEntry
from practices import opinions
from practices.models import ExpertOpinion, GoodPractice
from practices.models.opinion import LONGEST_OPINION
from practices.opinions import Written
from practices.templatetags.practice_parts import signed
from tests.factories import UserFactory, reread, withdraw
from tests.practices.deciding import approve
from tests.practices.writing import approved, begun, checked, save

pytestmark = [pytest.mark.django_db, pytest.mark.core]
LASTS = Written({"en": "It lasts because nobody has to remember it."}, "Marta Hribar", "MER")
SENT = {
    "opinion_en": "It lasts because nobody has to remember it.",
    "opinion_sl": "Traja, ker se je nikomur ni treba spomniti.",
    "opinion_name": "dr. Marta Hribar",
    "opinion_network": "MER",
    "opinion_agreed": "on",
}


@pytest.fixture
def peter(db):
    return UserFactory(first_name="Peter", last_name="Novak", role=User.Role.REVIEWER)


@pytest.fixture
def waiting(nina, organisation):
    return reread(checked(nina, organisation))


@pytest.fixture
def published(nina, marta, organisation):
    return approved(nina, organisation, marta)


def decided(practice, action="approve", **sent) -> dict:
    step = practice.current_workflow_task_state
    return {"revision": step.revision_id, "step": step.pk, "action": action} | sent


def review(client, user, practice, action="approve", **sent):
    client.force_login(user)
    return client.post(reverse("reviews:review", args=[practice.uid]), decided(practice, action, **sent))


def page_of(practice) -> str:
    return reverse("practices:opinion", args=[practice.uid])


def opinion_in(practice) -> dict | None:
    return Entry.objects.get(uid=practice.uid).record["expert_opinion"]


def next_version(practice, nina, reviewer):
    practice = save(practice, nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)
    return practice, lambda: approve(reread(practice), reviewer)


# With the review


def test_it_is_published_with_the_approval_and_signed(client, marta, waiting):
    review(client, marta, waiting, **SENT)

    [version] = EntryVersion.objects.filter(entry__uid=waiting.uid)
    assert version.record["expert_opinion"] == {
        "text": {"en": SENT["opinion_en"], "sl": SENT["opinion_sl"]},
        "name": "dr. Marta Hribar",
        "network": "MER",
        "date": timezone.localdate().isoformat(),
        "version": 1,
    }
    assert opinion_in(waiting) == version.record["expert_opinion"]
    page = client.get(f"/en/practices/{reread(waiting).slug}/").content.decode()
    assert "It lasts because nobody" in page
    assert "Dr. Marta Hribar, MER" in page
    assert "on version" not in page


def test_while_it_waits_with_the_review_it_is_in_no_outlet(client, nina, marta, peter, published):
    practice, publish_it = next_version(published, nina, marta)
    canary = "Kanarček-4711"
    review(client, marta, reread(practice), "keep", **SENT | {"opinion_en": canary, "opinion_name": f"Marta {canary}"})
    assert ExpertOpinion.objects.waiting().get().text.data["en"] == canary

    for user in (None, nina, peter):
        client.logout()
        if user:
            client.force_login(user)
        slug = practice.slug
        for address in (
            f"/en/practices/{slug}/",
            f"/en/practices/{slug}/v/1/",
            "/en/practices/?q=Kanarček",
            "/en/search/?q=Kanarček",
            f"/api/v1/practices/{practice.uid}/",
            "/api/v1/changes/",
            "/feeds/practices.atom",
            "/en/my/",
            f"/en/my/practices/{practice.uid}/",
            f"/en/my/practices/{practice.uid}/preview/",
            f"/en/my/reviews/{practice.uid}/",
        ):
            response = client.get(address)
            text = response.getvalue().decode() if response.streaming else response.content.decode()
            assert canary not in text, address
    assert canary not in str(list(Notification.objects.values())) + str(list(AuditEntry.objects.values()))
    publish_it()
    assert opinion_in(practice)["text"]["en"] == canary


def test_approved_twice_it_is_written_once(client, marta, waiting):
    sent = decided(waiting, **SENT)
    client.force_login(marta)
    for _press in range(2):
        client.post(reverse("reviews:review", args=[waiting.uid]), sent)

    assert ExpertOpinion.objects.count() == AuditEntry.objects.filter(what="opinion.published").count() == 1
    assert Entry.objects.get(uid=waiting.uid).version == 1


def test_sent_back_it_waits_for_the_day_she_approves(client, nina, marta, waiting):
    review(client, marta, waiting, "send_back", message="Who pays?", **SENT)
    practice = save(waiting, nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)
    assert ExpertOpinion.objects.waiting().count() == 1

    approve(reread(practice), marta)

    assert opinion_in(practice)["name"] == "dr. Marta Hribar"


def test_a_comment_that_is_sent_alone_leaves_it(client, marta, waiting):
    review(client, marta, waiting, "keep", **SENT)

    review(client, marta, waiting, "comment:title", **{"comment-title": "Which year?"})

    assert ExpertOpinion.objects.waiting().get().name == "dr. Marta Hribar"


def test_emptied_it_is_taken_away(client, marta, waiting):
    review(client, marta, waiting, "keep", **SENT)

    review(client, marta, waiting, "keep", **SENT | {"opinion_en": "", "opinion_sl": ""})

    assert not ExpertOpinion.objects.exists()


def test_who_did_not_approve_is_not_quoted(client, nina, marta, peter, waiting):
    review(client, marta, waiting, "keep", **SENT)

    approve(reread(waiting), peter)

    assert opinion_in(waiting) is None
    assert ExpertOpinion.objects.waiting().get().writer == marta


def test_scheduled_it_comes_out_at_its_time(client, marta, waiting):
    revision = waiting.latest_revision
    later = timezone.now() + timezone.timedelta(days=2)
    revision.content["go_live_at"] = later.isoformat()
    revision.save()
    review(client, marta, waiting, **SENT)
    assert not Entry.objects.filter(uid=waiting.uid).exists()
    assert not reread(waiting).expert_opinion

    revision.refresh_from_db()
    revision.content["go_live_at"] = None
    revision.save()
    revision.publish()

    assert opinion_in(waiting)["name"] == "dr. Marta Hribar"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"opinion_agreed": ""}, "Without your agreement it cannot be shown."),
        ({"opinion_name": ""}, "Say whose opinion it is."),
        ({"opinion_name": "Albert Einstein"}, "An opinion is signed by who gives it."),
        ({"opinion_sl": "Pišite na marta@example.org."}, "An e-mail address stands here"),
        ({"opinion_network": "marta@example.org"}, "An e-mail address stands here"),
        ({"opinion_en": "x" * (LONGEST_OPINION + 1)}, "it can have at most 1000."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, marta, waiting, changes, told):
    response = review(client, marta, waiting, message="Well done", **SENT | changes)

    shown = response.content.decode()
    assert response.status_code == 422
    assert told in shown
    assert "Well done" in shown
    assert (changes.get("opinion_sl") or SENT["opinion_sl"]) in shown
    assert not reread(waiting).live


def test_an_approval_without_an_opinion_needs_no_consent(client, marta, waiting):
    review(client, marta, waiting, opinion_name="Marta Hribar")

    assert reread(waiting).live
    assert opinion_in(waiting) is None


def test_the_authors_are_told(client, nina, marta, waiting):
    review(client, marta, waiting, **SENT)

    [notice] = Notification.objects.filter(kind="practice-opinion")
    assert (notice.recipient, notice.by) == (nina, marta)


# Of which version


def test_of_a_version_that_went_with_a_withdrawal_no_number_is_told(client, nina, marta, waiting):
    review(client, marta, waiting, **SENT)
    practice = reread(waiting)
    withdraw(practice)
    practice, publish_it = next_version(reread(practice), nina, marta)
    publish_it()
    slug = reread(practice).slug

    page = client.get(f"/en/practices/{slug}/").content.decode()

    assert client.get(f"/en/practices/{slug}/v/1/").status_code == 410
    assert "on an earlier version" in page and "on version 1" not in page


def test_of_an_older_version_it_says_so_and_gives_way_to_a_newer_one(client, nina, marta, peter, waiting):
    review(client, marta, waiting, **SENT)
    practice, publish_it = next_version(reread(waiting), nina, marta)
    publish_it()
    slug = reread(practice).slug
    assert opinion_in(practice)["version"] == 1
    assert "on version 1" in client.get(f"/en/practices/{slug}/").content.decode()
    assert signed(opinion_in(practice), 2).endswith("on an earlier version")  # where nobody knows which can be read

    opinions.write(practice=practice, by=peter, written=LASTS._replace(name="Peter Novak"))

    assert (opinion_in(practice)["name"], opinion_in(practice)["version"]) == ("Peter Novak", 3)
    assert AuditEntry.objects.filter(what="opinion.replaced").count() == 1
    assert Notification.objects.get(kind="practice-opinion-replaced").recipient == marta
    with pytest.raises(PermissionDenied):
        opinions.write(practice=practice, by=marta, written=LASTS)


# Afterwards


def test_afterwards_it_is_looked_at_and_published(client, nina, peter, published):
    client.force_login(peter)
    sent = SENT | {"opinion_name": "Peter Novak"}
    assert page_of(published) in client.get(f"/en/practices/{published.slug}/").content.decode()

    shown = client.post(page_of(published), sent | {"action": "preview"}).content.decode()
    assert "As it will stand on the page:" in shown
    assert opinion_in(published) is None
    client.post(page_of(published), sent | {"action": "publish"})

    assert (opinion_in(published)["name"], opinion_in(published)["version"]) == ("Peter Novak", 2)
    assert Entry.objects.get(uid=published.uid).version == 2
    client.post(page_of(published), sent | {"action": "publish"})
    assert Entry.objects.get(uid=published.uid).version == 2  # nothing was changed
    told = client.get(f"/en/practices/{published.slug}/v/2/changes/").content.decode()
    assert "An expert’s opinion" in told


def test_only_who_has_nothing_to_do_with_it_speaks_of_it(client, nina, janez, luka, organisation, published):
    colleague = UserFactory(role=User.Role.REVIEWER, member_of=organisation)
    for user in (nina, janez, luka, colleague):
        client.force_login(user)
        assert page_of(published) not in client.get(f"/en/practices/{published.slug}/").content.decode()
        for answer in (client.get(page_of(published)), client.post(page_of(published), SENT | {"action": "publish"})):
            assert answer.status_code == 404
        with pytest.raises(PermissionDenied):
            opinions.write(practice=published, by=user, written=LASTS)


def test_of_a_draft_nobody_speaks(client, nina, marta, organisation):
    draft = begun(nina, organisation)
    client.force_login(marta)

    assert client.get(page_of(draft)).status_code == 404
    for write in (opinions.write, opinions.keep):
        with pytest.raises(PermissionDenied):
            write(practice=draft, by=marta, written=LASTS)


def test_editors_correct_it_and_say_why(client, editor, marta, waiting):
    review(client, marta, waiting, **SENT)
    client.force_login(editor)
    sent = {"opinion_en": "It lasts.", "opinion_name": "Marta Hribar", "opinion_network": "MER", "action": "publish"}

    assert client.post(page_of(waiting), sent).status_code == 422  # without a reason
    client.post(page_of(waiting), sent | {"reason": "mistake"})

    assert (opinion_in(waiting)["text"], opinion_in(waiting)["version"]) == ({"en": "It lasts."}, 1)
    entry = AuditEntry.objects.get(what="opinion.changed")
    assert (entry.actor, entry.whom, entry.facts["reason"]) == (editor, marta, "mistake")
    assert set(Notification.objects.filter(kind="practice-opinion-changed").values_list("recipient", flat=True)) >= {
        marta.pk
    }


def test_withdrawn_it_goes_from_every_version(client, nina, marta, waiting):
    review(client, marta, waiting, **SENT)
    practice, publish_it = next_version(reread(waiting), nina, marta)
    publish_it()
    client.force_login(marta)

    for _press in range(2):
        client.post(page_of(practice), {"action": "withdraw"})

    assert [each.record["expert_opinion"] for each in EntryVersion.objects.filter(entry__uid=practice.uid)] == [
        None
    ] * 2
    assert opinion_in(practice) is None
    assert AuditEntry.objects.get(what="opinion.withdrawn").facts["reason"] == "own_wish"
    assert not ExpertOpinion.objects.exists()
    for number in (1, 2):
        shown = client.get(f"/en/practices/{reread(practice).slug}/v/{number}/").content.decode()
        assert "Marta" not in shown.split("<main")[1].split("</main")[0]


def test_one_that_came_with_the_practice_is_an_editors_to_withdraw(client, editor, marta, published):
    GoodPractice.objects.filter(pk=published.pk).update_ledger(
        expert_opinion={"en": "It lasts."}, expert_opinion_name="Ana Zgled"
    )
    client.force_login(editor)
    for unsaid in ({}, {"reason": "own_wish"}):
        refused = client.post(page_of(published), {"action": "withdraw", **unsaid})
        assert refused.status_code == 422
        assert reread(published).expert_opinion
    assert "Say why." in client.post(page_of(published), {"action": "withdraw"}).content.decode()

    client.post(page_of(published), {"action": "withdraw", "reason": "asked"})

    assert not reread(published).expert_opinion
    assert AuditEntry.objects.get(what="opinion.withdrawn").facts["reason"] == "asked"


def test_left_as_it_is_it_is_not_given_anew_with_the_next_version(client, nina, marta, waiting):
    review(client, marta, waiting, **SENT)
    practice = save(reread(waiting), nina, title={"en": "Open-yard week"})
    reviewing.submit(record=practice, by=nina)
    Notification.objects.all().delete()

    review(client, marta, reread(practice), **SENT)

    assert Entry.objects.get(uid=practice.uid).version == 2
    assert opinion_in(practice)["version"] == 1
    assert AuditEntry.objects.filter(what="opinion.published").count() == 1
    assert not Notification.objects.filter(kind__startswith="practice-opinion").exists()
    assert ExpertOpinion.objects.count() == 1


def test_who_kept_one_while_another_decided_hears_that_it_waits(client, nina, marta, peter, organisation):
    waiting = save(begun(nina, organisation), nina, title={"en": "Open-yard week"})
    reviewing.submit(record=waiting, by=nina)
    waiting = reread(waiting)
    review(client, marta, waiting, "keep", **SENT)

    approve(reread(waiting), peter)

    told = Notification.objects.get(kind="practice-opinion-waits")
    assert (told.recipient, told.titles["en"]) == (marta, "Open-yard week")
    assert opinion_in(waiting) is None


def test_no_draft_holds_it(nina, marta, published, peter):
    opinions.write(practice=published, by=peter, written=LASTS)

    practice = save(published, nina, title={"en": "Open-yard week"})

    assert not [name for name in practice.latest_revision.content if name.startswith("expert_opinion")]
    assert practice.latest_draft().expert_opinion_name == "Marta Hribar"
    practice.latest_revision.publish()
    assert opinion_in(practice)["network"] == "MER"


# Her account


@pytest.mark.parametrize("stays", [True, False])
def test_with_her_account_it_goes_unless_she_agreed_that_it_stays(client, nina, marta, waiting, stays):
    review(client, marta, waiting, **SENT | ({"opinion_stays": "on"} if stays else {}))

    erase(user=marta, by=None, tell=False)

    said = [each.record["expert_opinion"] for each in EntryVersion.objects.filter(entry__uid=waiting.uid)]
    assert [each["name"] if each else None for each in [*said, opinion_in(waiting)]] == [
        "dr. Marta Hribar" if stays else None
    ] * 2
    assert list(ExpertOpinion.objects.values_list("writer", flat=True)) == ([None] if stays else [])


def test_what_only_waits_goes_with_her_account(client, marta, waiting):
    review(client, marta, waiting, "keep", **SENT | {"opinion_stays": "on"})

    erase(user=marta, by=None, tell=False)

    assert not ExpertOpinion.objects.exists()


def test_an_opinion_belongs_to_the_text_beside_which_it_was_written(client, nina, marta, published):
    """Publishing an older text again, as a schedule may, does not bring out what waits beside a newer one."""
    approved = published.latest_revision
    next_version(published, nina, marta)
    review(client, marta, reread(published), "keep", **SENT)
    assert ExpertOpinion.objects.waiting().exists()

    approved.publish()

    assert opinion_in(published) is None
