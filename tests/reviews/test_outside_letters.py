"""In which language somebody from outside is asked, and what an outside reviewer is told when the text changed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from catalogue import reviewing
from operations.reasons import Reason
from practices.models import GoodPractice
from reviews import advice
from reviews.models import OutsideReview
from tests.factories import UserFactory, reread
from tests.practices.writing import begun, save, submitted, whole

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def written_in(language):
    def edit(draft):
        whole(draft)
        draft.original_language = language
        for name in ("title", "summary", "problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"):
            setattr(draft, name, {language: "Dvorišče"})

    return edit


def of_language(nina, organisation, language) -> GoodPractice:
    practice = begun(nina, organisation, written_in(language))
    reviewing.submit(record=practice, by=nina)
    return reread(practice)


def ask(client, practice, **sent):
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    told = {"email": "vida@example.org", "until": until, "words": ""} | sent
    return client.post(reverse("reviews:outside", args=[practice.uid]), told)


@pytest.mark.parametrize(("of_text", "offered"), [("en", "en"), ("sl", "sl"), ("de", "en")])
def test_the_letter_is_in_the_language_of_the_text_where_the_portal_speaks_it(
    browser, nina, marta, organisation, of_text, offered
):
    practice = of_language(nina, organisation, of_text)
    page = browser(marta).get(reverse("reviews:outside", args=[practice.uid]))
    assert page.context["form"]["language"].value() == offered

    ask(browser(marta), practice)

    assert f"/{offered}/advise/" in Email.objects.latest("pk").message


def test_sent_again_it_is_in_the_same_language(browser, nina, marta, organisation):
    practice = submitted(nina, organisation)
    ask(browser(marta), practice, language="sl")
    OutsideReview.objects.update(sent=timezone.now() - timedelta(days=1))

    advice.send_again(asked=OutsideReview.objects.get(), by=marta)

    assert "/sl/advise/" in Email.objects.latest("pk").message


def test_who_has_an_account_is_written_to_in_hers(browser, nina, marta, organisation):
    UserFactory(email="vida@example.org", language="en")

    ask(browser(marta), submitted(nina, organisation), language="sl")

    assert "/en/advise/" in Email.objects.latest("pk").message


def test_a_language_that_is_not_offered_is_refused(browser, nina, marta, organisation):
    page = ask(browser(marta), submitted(nina, organisation), language="fr")

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["language"])
    assert not OutsideReview.objects.exists()


def test_who_has_not_advised_yet_is_not_told_that_she_has(nina, marta, organisation):
    vida = UserFactory(email="vida@example.org")
    practice = submitted(nina, organisation)
    until = timezone.localdate() + timedelta(days=7)
    advice.accept(asked=advice.invite(record=practice, email=vida.email, words="", until=until, by=marta), by=vida)
    reviewing.send_back(record=practice, by=marta, message="Who pays?", revision=practice.latest_revision_id)

    reviewing.submit(record=save(practice, nina, summary={"en": "The town pays."}), by=nina)

    letter = Email.objects.filter(to="vida@example.org").latest("pk")
    assert letter.subject == "Changed and submitted again: Open-yard day"
    assert "advised" not in letter.subject + letter.message


def test_what_she_comments_in_the_open_page_goes_to_the_reviewer(browser, nina, marta, organisation):
    vida = UserFactory(email="vida@example.org")
    practice = submitted(nina, organisation)
    until = timezone.localdate() + timedelta(days=7)
    asked = advice.invite(record=practice, email=vida.email, words="", until=until, by=marta)
    advice.accept(asked=asked, by=vida)
    step = practice.current_workflow_task_state
    sent = {"revision": step.revision_id, "action": "comment:summary", "comment-summary": "How many?"}

    field = browser(vida).post(reverse("reviews:advise", args=[asked.pk]), sent, headers={"HX-Request": "true"})

    assert "Kept. The reviewer sees it." in field.content.decode()
    assert "when you send the text back" not in field.content.decode()


def test_who_gave_up_after_accepting_reads_as_declined_and_who_was_stopped_as_revoked(
    browser, nina, marta, organisation
):
    practice = submitted(nina, organisation)
    until = timezone.localdate() + timedelta(days=7)
    vida, tone = UserFactory(email="vida@example.org"), UserFactory(email="tone@example.org")
    first, second = (
        advice.invite(record=practice, email=to.email, words="", until=until, by=marta) for to in (vida, tone)
    )
    advice.accept(asked=first, by=vida)
    advice.accept(asked=second, by=tone)

    advice.decline(asked=first, by=vida)
    advice.revoke(asked=second, by=marta, reason=Reason.DONE)

    page = browser(marta).get(reverse("reviews:outside", args=[practice.uid])).content.decode()
    assert re.findall(r'<p class="meta"><span>(\w+)</span>', page) == ["declined", "revoked"]
