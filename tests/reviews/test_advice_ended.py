"""Her advice ends while she writes it: an outside reviewer is given her words back, and told why as far as she may know it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue import reviewing
from operations.reasons import Reason
from reviews import advice
from reviews.models import Criterion, FieldComment, OutsideReview
from tests.factories import UserFactory, reread
from tests.practices.deciding import approve, send_back
from tests.practices.writing import submitted

pytestmark = [pytest.mark.core, pytest.mark.django_db]

FOLLOWS = {
    "revoked": "Your advice on this text is no longer needed. It was revoked meanwhile.",
    "given back": "You no longer advise on this text: you have said that you cannot.",
    "run out": "The time in which you were asked for advice on this text is over.",
    "sent back": "The text went back to its authors meanwhile, who change it.",
    "approved": "The review of this text is over meanwhile, be it decided or taken back.",
    "taken back": "The review of this text is over meanwhile, be it decided or taken back.",
    "written": "You have come to write this text yourself, and cannot advise on it.",
}


@pytest.fixture
def practice(nina, organisation):
    return submitted(nina, organisation)


@pytest.fixture
def vida(db):
    return UserFactory(email="vida@example.org", first_name="Vida")


@pytest.fixture
def hers(practice, marta, vida):
    until = timezone.localdate() + timedelta(days=7)
    asked = advice.invite(record=practice, email=vida.email, words="", until=until, by=marta)
    return advice.accept(asked=asked, by=vida)


def end(practice, hers, how, *, nina, marta, vida):
    if how == "revoked":
        advice.revoke(asked=hers, by=marta, reason=Reason.DONE)
    elif how == "given back":
        advice.decline(asked=hers, by=vida)
    elif how == "run out":
        OutsideReview.objects.update(created=timezone.now() - timedelta(days=9), expires=timezone.now())
    elif how == "sent back":
        send_back(practice, marta)
    elif how == "approved":
        approve(practice, marta)
    elif how == "taken back":
        reviewing.take_back(record=practice, by=nina)
    else:
        send_back(practice, marta)
        practice.latest_draft().save_revision(user=vida)
        reviewing.submit(record=reread(practice), by=nina)


def sent(practice, **more):
    step = practice.current_workflow_task_state
    note = f"scores-note-{Criterion.objects.first().pk}"
    typed = {
        "comment-summary": "Two thousand, not twenty?",
        "scores": "1",
        "scores-remark": "Ask the firm.",
        note: "Bus?",
    }
    return {"revision": step.revision_id, "step": step.pk, "action": "comment:summary", **typed, **more}


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["page", "field"])
@pytest.mark.parametrize("how", FOLLOWS)
def test_what_she_wrote_is_given_back_with_why(browser, practice, nina, marta, vida, hers, how, htmx):
    written = sent(practice)
    end(practice, hers, how, nina=nina, marta=marta, vida=vida)

    page = browser(vida).post(reverse("reviews:advise", args=[hers.pk]), written, headers=htmx)

    assert page.status_code == 409
    assert FOLLOWS[how] in page.context["told"]
    assert page.context["texts"] == ["Two thousand, not twenty?", "Ask the firm.", "Bus?"]
    assert not FieldComment.objects.exists()


@pytest.mark.parametrize("how", ["revoked", "sent back", "approved"])
def test_a_stranger_learns_nothing(browser, practice, nina, marta, vida, luka, hers, how):
    written = sent(practice)
    end(practice, hers, how, nina=nina, marta=marta, vida=vida)
    there, nowhere = (reverse("reviews:advise", args=[pk]) for pk in (hers.pk, hers.pk + 1))

    pages = [browser(luka).post(address, written) for address in (there, nowhere)]

    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].context["told"] == pages[1].context["told"]
    assert "Open-yard" not in pages[0].content.decode()


def test_who_only_declines_what_is_over_is_told_so(browser, practice, marta, vida, luka, hers):
    advice.revoke(asked=hers, by=marta, reason=Reason.DONE)
    address = reverse("reviews:give_back", args=[hers.pk])

    page = browser(vida).post(address, follow=True)

    assert page.redirect_chain[-1][0] == reverse("notices:my_work")
    assert FOLLOWS["revoked"] in page.content.decode()
    assert browser(luka).post(address).status_code == 404
