"""Translations by machine: what the portal sends to the service, and that nothing it answers does harm."""

import time

import pytest

from translations import machine
from translations.libretranslate import AT_ONCE, in_parts
from translations.machine import NotReachable, NotSpoken, Refused, TooBusy, TooLong, Unreadable

TEXTS = ["Good morning", "The firms open\n\ntheir gates."]


def propose(texts=TEXTS, source="en", target="sl"):
    return machine.propose(texts, source=source, target=target)


def test_it_is_off_unless_it_is_switched_on():
    assert (machine.is_on(), machine.host()) == (False, "")


def test_every_text_comes_back_translated(server):
    assert propose() == ["[sl] Good morning", "[sl] The firms open\n\ntheir gates."]
    assert (machine.is_on(), machine.host()) == (True, "127.0.0.1")


def test_texts_and_languages_are_sent_and_nothing_else(server):
    propose()

    assert server.asked == [
        ("languages", {}),
        ("translate", {"q": TEXTS, "source": "en", "target": "sl", "format": "text"}),
    ]


def test_the_key_is_sent_where_there_is_one(server, settings):
    server.use(settings, key="a key of ours")
    propose()

    assert server.asked[1][1]["api_key"] == "a key of ours"


def test_nothing_is_asked_for_nothing(server):
    assert (propose([]), server.asked) == ([], [])


def test_it_remembers_which_languages_the_service_knows(server):
    propose()
    propose()

    assert [step for step, _body in server.asked] == ["languages", "translate", "translate"]


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("fr", "en")])
def test_a_language_that_the_service_does_not_know_is_not_asked_for(server, source, target):
    with pytest.raises(NotSpoken):
        propose(source=source, target=target)
    assert server.sent == []


def test_a_service_that_names_no_targets_translates_into_all_that_it_knows(server):
    server.at["languages"] = 200, [{"code": "en", "name": "English"}, {"code": "sl", "name": "Slovenian"}]

    assert propose(["A"]) == ["[sl] A"]


def test_many_texts_go_in_parts_and_come_back_in_their_order(server):
    texts = [f"{number} " + "a" * 1998 for number in range(5)]

    assert propose(texts) == [f"[sl] {text}" for text in texts]
    parts = [body["q"] for step, body in server.asked if step == "translate"]
    assert [len(part) for part in parts] == [2, 2, 1]


def test_a_text_that_is_long_alone_goes_alone():
    long = "a" * (AT_ONCE + 1)

    assert list(in_parts(["b", long, "c", "d"])) == [["b"], [long], ["c", "d"]]


@pytest.mark.parametrize("texts", [["a"] * 101, ["a" * 15_001, "b" * 15_000]])
def test_more_than_it_may_take_is_not_sent(server, texts):
    with pytest.raises(TooLong):
        propose(texts)
    assert server.asked == []


def test_html_in_a_text_stays_a_text(server):
    assert propose(["<b>Bold</b> & co."]) == ["[sl] <b>Bold</b> & co."]


# What it may answer

ANSWERS = {
    "no access": ((403, {"error": "Please contact the server operator"}), Refused),
    "wrong question": ((400, {"error": "sl is not supported"}), Refused),
    "not there": ((404, b"<h1>Not found</h1>"), Refused),
    "too many": ((429, {"error": "Slowdown: 20 per minute"}), TooBusy),
    "failure": ((500, {"error": "Cannot translate text"}), NotReachable),
    "bad gateway": ((502, b"nginx"), NotReachable),
    "on its way up": ((503, b""), TooBusy),
    "redirected to an inner address": ((302, b"", ("Location", "http://169.254.169.254/latest/")), Refused),
    "redirected for ever": ((308, b"", ("Location", "/translate")), Refused),
    "a page": ((200, b"<html><body>Sign in to the Wi-Fi</body></html>"), Unreadable),
    "nothing": ((200, b""), Unreadable),
    "no UTF-8": ((200, b'{"translatedText": ["\xff\xfe"]}'), Unreadable),
    "another form": ((200, {"translations": ["a", "b"]}), Unreadable),
    "one text for all": ((200, {"translatedText": "a b"}), Unreadable),
    "too few": ((200, {"translatedText": ["a"]}), Unreadable),
    "too many texts": ((200, {"translatedText": ["a", "b", "c"]}), Unreadable),
    "no texts": ((200, {"translatedText": ["a", {"b": 1}]}), Unreadable),
    "a list": ((200, ["a", "b"]), Unreadable),
    "null": ((200, None), Unreadable),
    "a novel": ((200, {"translatedText": ["a" * 300, "b"]}), Unreadable),
    "deep": ((200, b"[" * 200_000), Unreadable),
    "not a number": ((200, b'{"translatedText": NaN}'), Unreadable),
    "half of it": ("half", Unreadable),
    "hung up": ("drop", NotReachable),
    "without end": ("endless", Unreadable),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_it_answers_ends_in_a_sentence_for_the_translator(server, answer):
    server.at["translate"], expected = ANSWERS[answer]

    with pytest.raises(expected) as refused:
        propose()
    assert str(refused.value.sentence).endswith(".")


@pytest.mark.parametrize("answer", [(200, {"languages": []}), (200, [{"name": "no code"}]), (200, ["en"]), (200, b"{")])
def test_a_list_of_languages_that_is_none(server, answer):
    server.at["languages"] = answer

    with pytest.raises(Unreadable):
        propose()


@pytest.mark.parametrize("silence", ["hang", "drip"])
def test_it_is_not_waited_for_longer_than_settings_say(server, settings, silence):
    server.use(settings, timeout=0.6)
    server.at["translate"] = silence
    began = time.monotonic()

    with pytest.raises(NotReachable):
        propose()
    assert time.monotonic() - began < 3


def test_nobody_is_there(settings, server):
    server.use(settings, timeout=0.6, url="http://127.0.0.1:9")

    with pytest.raises(NotReachable):
        propose()


def test_what_failed_once_is_tried_again(server):
    answers = iter([(500, {"error": "Cannot translate text"})])
    server.at["translate"] = lambda body: next(answers, None)

    assert propose(["A"]) == ["[sl] A"]


def test_what_was_refused_is_not_asked_again(server):
    server.at["translate"] = 403, {"error": "no"}

    with pytest.raises(Refused):
        propose()
    assert [step for step, _body in server.asked] == ["languages", "translate"]


def test_no_redirect_is_followed(server):
    server.at["translate"] = 307, b"", ("Location", f"{server.url}/elsewhere")

    with pytest.raises(Refused):
        propose()
    assert [step for step, _body in server.asked] == ["languages", "translate"]


# Another service


class Echo:
    def __init__(self, *, url, key, until):
        pass

    def pairs(self):
        return {"en": []}

    def translate(self, texts, *, source, target):
        return [text.upper() for text in texts]


def test_another_service_can_be_plugged_in(settings, monkeypatch):
    monkeypatch.setitem(machine._services, "echo", Echo)
    settings.MACHINE_TRANSLATION = {"URL": "https://mt.example", "KEY": "", "TIMEOUT": 5, "SERVICE": "echo"}

    assert propose(["a"], target="en") == ["A"]
    with pytest.raises(NotSpoken):
        propose(["a"])


def test_a_name_belongs_to_one_service():
    with pytest.raises(ValueError, match="libretranslate"):
        machine.register("libretranslate", Echo)
