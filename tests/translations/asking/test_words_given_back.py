"""A translator whose text is hers no more has her words back, and reads why."""

import pytest

from catalogue import reviewing
from tests.factories import reread
from tests.translations.sending import address, sent_from
from translations import actions
from translations.models import TranslationRequest

pytestmark = [pytest.mark.core, pytest.mark.django_db]
WORDS = "Podjetja odprejo vrata."
ENDS = {
    "given back": (lambda taken, nina, sara: actions.give_back(request=taken, by=sara), "given back"),
    "withdrawn": (lambda taken, nina, sara: actions.withdraw(request=taken, by=nina), "Nobody is asked"),
    "handed over": (
        lambda taken, nina, sara: actions.hand_over(request=taken, by=sara),
        "handed this translation over",
    ),
    "deleted": (lambda taken, nina, sara: reviewing.delete_draft(record=actions.record_of(taken), by=nina), "deleted"),
}


@pytest.fixture
def taken(practice, nina, sara):
    asked = actions.ask(record=practice, language="sl", by=nina, note="")
    return actions.take(request=asked, by=sara)


@pytest.mark.parametrize("action", ["save", "submit"])
@pytest.mark.parametrize("end", ENDS)
def test_it_ended_while_she_wrote(browser, taken, practice, nina, sara, end, action):
    sent = sent_from(browser(sara), practice, summary_sl=WORDS, action=action)
    act, why = ENDS[end]
    act(taken, nina, sara)

    answer = browser(sara).post(address(practice), sent)

    assert (answer.status_code, why in answer.context["told"]) == (409, True)
    assert WORDS in answer.context["texts"]
    assert WORDS in answer.content.decode()
    if end != "deleted":
        assert WORDS not in str(reread(practice).latest_draft().summary.data)
    assert browser(sara).get(address(practice)).status_code == 404


def test_it_was_given_back_as_she_handed_it_over(browser, taken, practice, sara, monkeypatch):
    sent, hand_over = sent_from(browser(sara), practice, summary_sl=WORDS, action="submit"), actions.hand_over

    def late(**what):
        actions.give_back(request=taken, by=sara)
        hand_over(**what)

    monkeypatch.setattr(actions, "hand_over", late)
    answer = browser(sara).post(address(practice), sent)

    assert (answer.status_code, WORDS in answer.context["texts"]) == (409, True)
    assert TranslationRequest.objects.free().count() == 1


def test_a_stranger_is_told_nothing_of_it(browser, taken, practice, tomaz, nina):
    answer = browser(tomaz).post(address(practice), {"summary_sl": WORDS, "action": "save"})

    assert (answer.status_code, "It was deleted meanwhile, or" in answer.context["told"]) == (404, True)
