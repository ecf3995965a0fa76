"""Outside reviewers: whom a letter leads to one submission, what she sees of it and may say, and when that is over."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts import personal_data
from accounts.invited import AnotherAddress, NotGood
from accounts.models import User
from catalogue import reviewing
from notices.models import Notification
from operations import retention
from operations.logs import SECRET_PATHS
from operations.models import AuditEntry
from operations.reasons import Reason
from practices import photos
from practices.models import CoAuthor, GoodPractice, PracticeImage
from reviews import actions, advice
from reviews.actions import Said
from reviews.models import Assessment, Criterion, FieldComment, OutsideReview
from tests.factories import MembershipFactory, UserFactory, reread
from tests.practices.writing import begun, save, submitted, upload

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


@pytest.fixture
def vida(db):
    return UserFactory(email="vida@example.org", first_name="Vida", last_name="Golob", mail=User.Mail.ALL)


def asked_of(practice, marta, email="vida@example.org"):
    until = timezone.localdate() + timedelta(days=7)
    return advice.invite(record=practice, email=email, words="Are the figures right?", until=until, by=marta)


@pytest.fixture
def asked(practice, marta, vida):
    return asked_of(practice, marta)


@pytest.fixture
def hers(asked, vida):
    return advice.accept(asked=asked, by=vida)


def page_of(asked):
    return reverse("reviews:advise", args=[asked.pk])


def link() -> str:
    return re.search(r"/(?:en|sl)/advise/\S+/$", Email.objects.latest("pk").message, re.MULTILINE)[0]


def read(practice, **more):
    step = practice.current_workflow_task_state
    return {"revision": step.revision_id, "step": step.pk, **more}


def said(practice, by, text="Two thousand, not twenty?"):
    revision = practice.current_workflow_task_state.revision_id
    actions.keep(record=practice, by=by, comments=[Said(text, "summary")], revision=revision)


# Asking


def test_a_reviewer_asks_by_letter_with_a_few_words_and_a_day(browser, practice, marta):
    until = timezone.localdate() + timedelta(days=7)
    sent = {"email": "Vida@Example.org ", "until": until.isoformat(), "words": "Are the figures right?"}

    page = browser(marta).post(reverse("reviews:outside", args=[practice.uid]), sent, follow=True)

    [one], letter = page.context["asked"], Email.objects.latest("pk")
    assert (one.email, one.until, one.words) == ("vida@example.org", until, "Are the figures right?")
    assert letter.subject == "Your advice on “Open-yard day” at the MER portal"
    assert "Marta Hribar reviews “Open-yard day”" in letter.message and "Are the figures right?" in letter.message
    assert "Firms open their gates." not in letter.message + letter.html_message
    assert AuditEntry.objects.latest("pk").what == "outside_review.asked"
    assert SECRET_PATHS.sub(r"\1…", f"GET {link()}") == "GET /en/advise/…/"


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01", "2999-01-01"])
def test_a_day_that_makes_no_sense_is_said_and_nothing_is_lost(browser, practice, marta, until):
    sent = {"email": "vida@example.org", "until": until, "words": "Are the figures right?"}

    page = browser(marta).post(reverse("reviews:outside", args=[practice.uid]), sent)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["until"])
    assert "Are the figures right?" in page.content.decode()


def test_those_alone_ask_who_may_decide(browser, practice, nina, janez, luka, vida, organisation):
    colleague = UserFactory(role=User.Role.REVIEWER, member_of=organisation)
    for person in (nina, janez, luka, vida, colleague, UserFactory(role=User.Role.EDITOR)):
        assert browser(person).get(reverse("reviews:outside", args=[practice.uid])).status_code == 404
        with pytest.raises(PermissionDenied):
            asked_of(practice, person)
    assert not OutsideReview.objects.exists()


def test_at_its_organisations_check_nobody_is_asked(browser, janez, nina, marta, organisation):
    practice = submitted(janez, organisation)

    assert browser(marta).get(reverse("reviews:outside", args=[practice.uid])).status_code == 404
    assert "Outside reviewers" not in browser(nina).get(reverse("reviews:review", args=[practice.uid])).content.decode()


# Answering


def test_a_visitor_is_led_to_sign_in_and_back(client, asked):
    page = client.get(link())

    assert "Your advice on “Open-yard day”" in page.content.decode()
    assert f'href="/accounts/login/?next={link()}"' in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex")


def test_a_button_accepts_and_the_text_is_there(browser, practice, marta, vida, asked):
    opened = browser(vida).get(link(), follow=True)
    assert browser(vida).get(page_of(asked)).status_code == 404

    accepted = browser(vida).post(opened.redirect_chain[0][0], {"action": "accept"})

    assert accepted.url == page_of(asked)
    assert "Firms open their gates." in browser(vida).get(accepted.url).content.decode()
    assert Notification.objects.get(recipient=marta, kind="outside-review-accepted").path.endswith("/outside/")
    assert browser(vida).get(opened.redirect_chain[0][0]).url == page_of(asked)
    assert browser(vida).get(link()).status_code == 404


def test_another_address_gets_nowhere(browser, luka, asked):
    assert browser(luka).get(link()).status_code == 403
    mine = reverse("reviews:my_outside_invitation", args=[asked.pk])
    assert browser(luka).post(mine, {"action": "accept"}).status_code == 404
    with pytest.raises(AnotherAddress):
        advice.accept(asked=asked, by=luka)


@pytest.mark.parametrize("who", ["author", "member", "coordinator", "writer", "reviewer"])
def test_whoever_has_a_part_in_it_is_refused_and_told_why(browser, practice, marta, nina, janez, organisation, who):
    person = {"author": nina, "coordinator": nina, "member": janez}.get(who) or UserFactory()
    if who == "writer":
        practice.save_revision(user=person)
        practice.current_workflow_task_state.revision = practice.latest_revision
    if who == "reviewer":
        person.groups.add(*marta.groups.all())
    asked = asked_of(practice, marta)
    OutsideReview.objects.update(email=person.email)

    page = browser(person).post(reverse("reviews:my_outside_invitation", args=[asked.pk]), {"action": "accept"})

    assert page.status_code == 422
    assert "You cannot accept it." in page.content.decode()
    assert not OutsideReview.objects.held().exists()


@pytest.mark.parametrize("who", ["author", "co_author", "writer"])
def test_who_is_known_to_have_written_it_is_not_even_asked(browser, practice, marta, nina, who):
    person = nina if who == "author" else UserFactory(email="ana@example.org")
    if who == "co_author":
        CoAuthor.objects.create(practice=practice, user=person)
    if who == "writer":
        practice.save_revision(user=person)
        practice.current_workflow_task_state.revision = practice.latest_revision
    until = timezone.localdate() + timedelta(days=7)
    sent = {"email": person.email.upper(), "until": until.isoformat(), "words": "Are the figures right?"}

    page = browser(marta).post(reverse("reviews:outside", args=[practice.uid]), sent)

    assert page.status_code == 422
    assert "This is one of those who have written the text." in page.context["form"].errors["email"][0]
    assert "Are the figures right?" in page.content.decode()
    assert not OutsideReview.objects.exists()


def test_what_others_are_to_it_the_one_who_asks_does_not_learn(browser, practice, marta, janez):
    """A colleague of its organisation, who has not written in it, is answered as anybody."""
    asked_of(practice, marta, janez.email)
    asked_of(practice, marta, "nobody@example.org")

    assert OutsideReview.objects.count() == 2


def test_declined_or_revoked_it_is_over(browser, practice, marta, vida, asked):
    browser(vida).post(reverse("reviews:my_outside_invitation", args=[asked.pk]), {"action": "decline"})
    assert Notification.objects.filter(recipient=marta, kind="outside-review-declined").exists()
    assert browser(vida).get(link()).status_code == 404

    again = asked_of(practice, marta)
    browser(marta).post(reverse("reviews:sent_outside", args=[practice.uid, again.pk]), {"action": "revoke"})
    assert browser(vida).get(link()).status_code == 404
    with pytest.raises(NotGood):
        advice.accept(asked=again, by=vida)


# Advising


def test_she_reads_that_submission_and_nothing_else(browser, practice, vida, nina, organisation, hers):
    other = submitted(nina, organisation)
    draft = begun(nina, organisation)
    vidas = browser(vida)

    assert vidas.get(page_of(hers)).status_code == 200
    for record in (practice, other, draft):
        for name in ("reviews:review", "reviews:outside", "practices:edit", "practices:preview"):
            assert vidas.get(reverse(name, args=[record.uid])).status_code == 404
    assert list(GoodPractice.objects.shown_to(vida)) == [practice]
    assert list(GoodPractice.objects.readable_by(vida)) == []


@pytest.mark.parametrize("action", ["approve", "send_back", "", "publish"])
def test_a_decision_that_she_sends_is_refused_and_changes_nothing(browser, practice, vida, hers, action):
    sent = read(practice, action=action, message="No.")

    for address in (page_of(hers), reverse("reviews:review", args=[practice.uid])):
        assert browser(vida).post(address, sent | {"comment-summary": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        reviewing.approve(record=practice, by=vida, revision=practice.latest_revision_id)

    practice.refresh_from_db()
    assert (practice.live, practice.current_workflow_state.status) == (False, "in_progress")
    assert not FieldComment.objects.exists()


def test_she_comments_and_scores_and_the_reviewer_sees_it(browser, practice, marta, vida, hers):
    criterion = Criterion.objects.filter(blocking=True).get()
    sent = read(practice, action="finish", scores="1", **{"comment-summary": "Two thousand?"})
    sent |= {
        f"scores-value-{criterion.pk}": "0",
        "scores-recommendation": "change",
        "scores-remark": "Ask the bus firm.",
    }

    answer = browser(vida).post(page_of(hers), sent)

    assert answer.url == reverse("notices:my_work")
    assert Assessment.objects.get().role == "outside"
    hers.refresh_from_db()
    assert hers.given is not None
    assert Notification.objects.filter(recipient=marta, kind="outside-review-given").count() == 1
    page = browser(marta).get(f"{reverse('reviews:review', args=[practice.uid])}?scores=others").content.decode()
    for words in ("Two thousand?", "Vida Golob", "Ask the bus firm.", "outside reviewer"):
        assert words in page
    reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)  # her nought advises alone
    assert GoodPractice.objects.get().live


def test_what_was_typed_stays_where_it_cannot_be_kept(browser, practice, vida, hers):
    sent = read(practice, action="finish", **{"comment-summary": "x" * 5001, "comment-title": "Say where."})
    page = browser(vida).post(page_of(hers), sent)
    assert (page.status_code, "Say where." in page.content.decode()) == (422, True)

    page = browser(vida).post(page_of(hers), sent | {"comment-summary": "Short.", "revision": "1"})
    assert (page.status_code, "Say where." in page.content.decode()) == (409, True)
    assert not FieldComment.objects.exists()


def test_she_sees_what_authors_see_and_her_own_and_settles_nothing(browser, practice, marta, vida, hers):
    said(practice, marta, "For reviewers as yet.")
    said(practice, vida, "Mine.")

    page = browser(vida).get(page_of(hers)).content.decode()

    assert "Mine." in page and "For reviewers as yet." not in page
    assert "Mark as settled" not in page and "Approve" not in page
    mine = FieldComment.objects.get(author=vida)
    actions.keep(record=practice, by=vida, settled=[mine.pk])
    mine.refresh_from_db()
    assert mine.is_open


def test_authors_read_her_comments_when_the_text_is_sent_back_and_without_her_name(
    browser, practice, nina, marta, vida, hers
):
    said(practice, vida)
    address = reverse("practices:edit", args=[practice.uid])
    assert "Two thousand" not in browser(nina).get(address).content.decode()

    actions.send_back(record=practice, by=marta, message="", revision=practice.latest_revision_id)

    page = browser(nina).get(address).content.decode()
    assert "Two thousand, not twenty?" in page and "outside reviewer" in page
    assert "Vida" not in page and "Golob" not in page
    letters = "".join(each.message for each in Email.objects.all() if nina.email in each.to)
    assert "Vida" not in letters


def test_with_her_name_if_she_says_so(browser, practice, nina, marta, vida, hers):
    said(practice, vida)
    browser(vida).post(page_of(hers), read(practice, action="finish", is_named="yes"))
    said(practice, vida, "And the buses?")

    actions.send_back(record=practice, by=marta, message="", revision=practice.latest_revision_id)

    assert set(FieldComment.objects.values_list("is_named", flat=True)) == {True}
    assert "Vida Golob" in browser(nina).get(reverse("practices:edit", args=[practice.uid])).content.decode()


def test_sent_back_and_submitted_again_she_is_told_and_reads_the_new_text(browser, practice, nina, marta, vida, hers):
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)
    page = browser(vida).get(page_of(hers))
    assert "The text is with its authors" in page.content.decode()
    assert "Firms open their gates." not in page.content.decode()
    assert list(GoodPractice.objects.shown_to(vida)) == []
    assert browser(vida).post(page_of(hers), {"action": "finish"}).status_code == 404

    reviewing.submit(record=save(practice, nina, summary={"en": "The town pays."}), by=nina)

    assert Notification.objects.get(recipient=vida, kind="outside-review-changed").path == f"my/advice/{hers.pk}/"
    assert "The town pays." in browser(vida).get(page_of(hers)).content.decode()


def test_of_a_text_that_was_submitted_again_she_has_a_letter_though_she_wants_few(practice, nina, marta, vida, hers):
    User.objects.filter(pk=vida.pk).update(mail=User.Mail.WAITING)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    reviewing.submit(record=save(practice, nina, summary={"en": "The town pays."}), by=nina)

    assert Email.objects.filter(to="vida@example.org", subject__startswith="Changed and submitted again").exists()


def test_its_pictures_are_hers_to_see_while_she_has_it(browser, nina, marta, vida, organisation):

    photo = photos.keep(upload(), by=nina)
    practice = begun(nina, organisation)
    practice = practice.latest_draft()
    practice.images = [PracticeImage(photo=photo, alt={"en": "A yard"}, credit="Bistra")]
    practice.save_revision(user=nina)
    reviewing.submit(record=GoodPractice.objects.get(), by=nina)
    asked = asked_of(GoodPractice.objects.get(), marta)
    assert browser(vida).get(photo.url).status_code == 404

    advice.accept(asked=asked, by=vida)
    assert browser(vida).get(photo.url).status_code == 200
    advice.revoke(asked=asked, by=marta, reason=Reason.DONE)
    assert browser(vida).get(photo.url).status_code == 404


# The end


@pytest.mark.parametrize("how", ["approved", "taken back", "revoked", "given back", "run out", "joined"])
def test_it_is_over_with_the_review_or_before(browser, practice, nina, marta, vida, organisation, hers, how):
    if how == "approved":
        reviewing.approve(record=practice, by=marta, revision=practice.latest_revision_id)
    elif how == "taken back":
        reviewing.take_back(record=practice, by=nina)
    elif how == "revoked":
        address = reverse("reviews:sent_outside", args=[practice.uid, hers.pk])
        page = browser(marta).post(address, {"action": "revoke"}, follow=True).content.decode()
        assert "It was accepted: say why you revoke it." in page
        assert OutsideReview.objects.held().exists()
        browser(marta).post(address, {"action": "revoke", "reason": "silent"})
        assert "Why: nothing was heard for a long time." in Email.objects.filter(to=vida.email).latest("pk").message
        assert AuditEntry.objects.get(what="outside_review.revoked").facts == {"reason": "silent"}
        assert Notification.objects.filter(recipient=vida, kind="outside-review-revoked").exists()
    elif how == "given back":
        assert browser(vida).get(reverse("reviews:give_back", args=[hers.pk])).status_code == 200
        browser(vida).post(reverse("reviews:give_back", args=[hers.pk]))
    elif how == "run out":
        OutsideReview.objects.update(created=timezone.now() - timedelta(days=9), expires=timezone.now())
    else:
        MembershipFactory(user=vida, organisation=organisation)

    assert browser(vida).get(page_of(hers)).status_code == 404
    assert browser(vida).post(page_of(hers), {"action": "finish"}).status_code == 404
    assert list(GoodPractice.objects.shown_to(vida)) == ([practice] if how == "joined" else [])
    assert not FieldComment.objects.exists()


def test_late_ones_are_reminded_once(practice, vida, hers):
    OutsideReview.objects.update(until=timezone.localdate() - timedelta(days=1))

    advice.remind_late()
    advice.remind_late()

    assert Notification.objects.filter(recipient=vida, kind="outside-review-late").count() == 1
    assert OutsideReview.objects.get().reminded is not None


def test_it_stands_on_my_work(browser, practice, vida, asked):
    def waiting():
        groups = browser(vida).get(reverse("notices:my_work")).context["groups"]
        found = [(group.place.value, item.url, item.title) for group in groups for item in group.items]
        assert {title for _place, _url, title in found} == {"Open-yard day"}
        return [(place, url) for place, url, _title in found]

    assert waiting() == [("waits-for-you", reverse("reviews:my_outside_invitation", args=[asked.pk]))]
    advice.accept(asked=asked, by=vida)
    assert waiting() == [("waits-for-you", page_of(asked))]
    advice.finish(asked=asked, by=vida, is_named=False)
    assert waiting() == [("in-review", page_of(asked))]


# What is kept, and what it costs


def test_what_is_kept_about_her_she_takes_along_and_it_goes_with_her(practice, vida, hers):
    [kept] = [each for each in personal_data.all_kept() if each.name == "outside reviews"]
    assert [each["email"] for each in kept.export(vida)["asked"]] == ["vida@example.org"]

    kept.hold(vida)
    kept.erase(vida)

    assert not OutsideReview.objects.exists()


def test_the_words_of_who_asked_go_with_her(practice, marta, asked):
    OutsideReview.objects.update(words="Yours, Marta")
    [kept] = [each for each in personal_data.all_kept() if each.name == "outside reviews"]

    kept.erase(marta)

    assert OutsideReview.objects.get().words == ""


def test_of_her_own_nought_nothing_is_threatened(browser, practice, marta, vida, hers):
    warning = "A 0 keeps the text from being published."

    assert warning not in browser(vida).get(page_of(hers)).content.decode()
    assert warning in browser(marta).get(reverse("reviews:review", args=[practice.uid])).content.decode()


def test_whom_was_asked_is_forgotten_after_a_year(practice, asked):
    past = timezone.now() - timedelta(days=366)
    OutsideReview.objects.update(created=past - timedelta(days=9), expires=past)

    retention.forget_due()

    assert not OutsideReview.objects.exists()


def test_pages_cost_the_same_for_one_and_for_three(browser, practice, nina, marta, vida, organisation):
    def more():
        advice.accept(asked=asked_of(practice, marta, UserFactory().email), by=User.objects.latest("pk"))
        asked_of(submitted(nina, organisation), marta)

    def costs():
        numbers = []
        for person, url in (
            (marta, reverse("reviews:outside", args=[practice.uid])),
            (marta, reverse("reviews:review", args=[practice.uid])),
            (vida, reverse("notices:my_work")),
        ):
            client = browser(person)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            numbers.append(len(queries))
        return numbers

    more()
    costs()
    one = costs()
    more()
    more()
    assert costs() == one


def test_who_has_come_to_write_in_it_advises_no_more(browser, practice, hers, vida, marta, nina):
    """A translation, say, that she took up while the text was with its authors."""
    reviewing.send_back(record=practice, by=marta, revision=practice.latest_revision_id, message="Who pays?")
    reread(practice).latest_draft().save_revision(user=vida)
    reviewing.submit(record=reread(practice), by=nina)

    assert browser(vida).get(page_of(hers)).status_code == 404


@pytest.mark.parametrize("case", ["no reviewer any more", "a colleague of the authors", "account closed"])
def test_an_invitation_is_good_as_long_as_who_asks_may_decide(
    client, browser, practice, marta, organisation, case, vida
):
    asked = asked_of(practice, marta)
    where = link()
    if case == "no reviewer any more":
        marta.groups.clear()
    elif case == "account closed":
        User.objects.filter(pk=marta.pk).update(is_active=False)
    else:
        MembershipFactory(user=marta, organisation=organisation)

    with pytest.raises(NotGood):
        advice.accept(asked=asked, by=vida)
    assert client.get(where).status_code == 404
    assert browser(vida).get(reverse("reviews:my_outside_invitation", args=[asked.pk])).status_code == 404
