"""Who may write no more, or what is gone: nothing is stored, and she has her words back."""

import pytest
from django.urls import reverse

from catalogue import reviewing
from catalogue.models import WorkingCopy
from operations.reasons import Reason
from practices import actions, co_authors, confirming, opinions
from practices.models import CoAuthor, ExpertOpinion, GoodPractice
from practices.opinions import Written
from tests.factories import UserFactory
from tests.practices.writing import approved, begun, sent_from
from tests.practices.written_together import address, browser

pytestmark = [pytest.mark.core, pytest.mark.django_db]
WORDS = "Who pays\nfor the coffee?"
SAID = {"opinion_en": WORDS, "opinion_name": "Peter Novak", "opinion_agreed": "on", "action": "publish"}


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


@pytest.fixture
def published(nina, marta, organisation):
    return approved(nina, organisation, marta)


@pytest.fixture
def peter(db):
    return UserFactory(first_name="Peter", last_name="Novak", role="Reviewers")


def told(answer) -> str:
    assert WORDS in answer.context["texts"]
    assert "Who pays<br>" in answer.content.decode()
    return answer.context["told"]


def test_a_co_author_who_was_taken_out(practice, nina, zala, taken_in):
    sent = sent_from(practice, challenges_en=WORDS, keywords="gates, yards")
    co_authors.remove(co_author=CoAuthor.objects.get(), by=nina, reason=Reason.DONE)

    answer = browser(zala).post(address("edit", practice), sent)

    assert (answer.status_code, "You no longer write this practice" in told(answer)) == (409, True)
    assert "gates, yards" in answer.context["texts"]
    assert not WorkingCopy.objects.exists()
    assert "challenges" not in {name for name, text in reviewing.content_of(practice).items() if WORDS in str(text)}
    assert browser(zala).get(address("edit", practice)).status_code == 404


def test_a_co_author_who_was_taken_out_as_she_saved(practice, nina, zala, taken_in, monkeypatch):
    sent, store = sent_from(practice, challenges_en=WORDS), actions.save_draft

    def late(**draft):
        co_authors.remove(co_author=CoAuthor.objects.get(), by=nina, reason=Reason.DONE)
        return store(**draft)

    monkeypatch.setattr(actions, "save_draft", late)

    assert "You no longer write this practice" in told(browser(zala).post(address("edit", practice), sent))


def test_a_deleted_draft(as_nina, nina, practice):
    sent = sent_from(practice, challenges_en=WORDS)
    reviewing.delete_draft(record=practice, by=nina)

    answer = as_nina.post(address("edit", practice), sent)

    assert (answer.status_code, "It was deleted meanwhile" in told(answer)) == (404, True)
    assert "anything that was kept while you typed is on My work" in told(answer)  # not that nothing was
    assert not GoodPractice.objects.exists()


def test_a_stranger_learns_nothing_by_it(practice, luka, nina):
    sent = sent_from(practice, challenges_en=WORDS)
    there = browser(luka).post(address("edit", practice), sent)
    reviewing.delete_draft(record=practice, by=nina)
    gone = browser(luka).post(address("edit", practice), sent)

    assert (there.status_code, told(there)) == (gone.status_code, told(gone))
    assert there.status_code == 404


def test_an_expert_whose_practice_was_withdrawn(published, nina, peter):
    reviewing.withdraw(record=published, by=nina)

    answer = browser(peter).post(address("opinion", published), SAID)

    assert (answer.status_code, told(answer)) == (
        409,
        "The practice was withdrawn meanwhile. Your opinion was not published.",
    )
    assert answer.context["texts"] == [WORDS]
    assert not ExpertOpinion.objects.exists()


def test_an_expert_whose_practice_was_withdrawn_as_she_sent_it(published, nina, peter, monkeypatch):
    write = opinions.write

    def late(**opinion):
        reviewing.withdraw(record=published, by=nina)
        write(**opinion)

    monkeypatch.setattr(opinions, "write", late)

    assert "withdrawn meanwhile" in told(browser(peter).post(address("opinion", published), SAID))


def test_an_expert_who_was_not_the_first(published, marta, peter):
    other = UserFactory(role="Reviewers")
    opinions.write(practice=published, by=other, written=Written({"en": "It lasts."}, "Maja"))

    answer = browser(peter).post(address("opinion", published), SAID)

    assert (answer.status_code, "Somebody else gave an opinion" in told(answer)) == (409, True)
    assert ExpertOpinion.objects.get().writer == other


def test_a_stranger_is_told_nothing_of_opinions(practice, published, luka, peter):
    assert browser(luka).post(address("opinion", published), SAID).status_code == 404
    assert browser(peter).post(address("opinion", practice), SAID).status_code == 404


@pytest.mark.parametrize("is_late", [False, True], ids=["before", "as she pressed"])
def test_a_practice_of_which_somebody_says_that_it_is_true_was_withdrawn(published, nina, janez, is_late, monkeypatch):
    confirm = confirming.confirm

    def late(**practice):
        reviewing.withdraw(record=published, by=nina)
        confirm(**practice)

    monkeypatch.setattr(confirming, "confirm", late)
    if not is_late:
        reviewing.withdraw(record=published, by=nina)

    answer = browser(janez).post(reverse("practices:still_true", args=[published.uid]))

    assert (answer.status_code, "The practice was withdrawn" in answer.content.decode()) == (409, True)
