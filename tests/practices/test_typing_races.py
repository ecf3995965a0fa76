"""She types while her right to write ends, or the draft: what is told to be kept is where she finds it."""

from threading import Thread

import pytest
from django.db import connections
from django.urls import reverse

from catalogue import reviewing, working_copies
from catalogue.models import WorkingCopy
from operations.reasons import Reason
from practices import co_authors
from tests.practices.writing import begun, sent_from
from tests.practices.written_together import address, browser

pytestmark = [pytest.mark.django_db(transaction=True)]
ENDS = {
    "leaves": lambda practice, nina, co_author: co_authors.leave(practice=practice, by=co_author.user),
    "removed": lambda practice, nina, co_author: co_authors.remove(co_author=co_author, by=nina, reason=Reason.DONE),
    "deleted": lambda practice, nina, co_author: reviewing.delete_draft(
        record=practice, by=nina, reason=Reason.MISTAKE
    ),
}


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


def beside(act) -> Thread:
    """Goes on in a thread with a connection of its own; returns when it is done, or waits for a row."""

    def run():
        try:
            act()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=1)
    return thread


def typed(practice, **more) -> dict:
    return sent_from(practice, title_en="By Zala") | {"stamp": "b", "known": ["a"]} | more


@pytest.mark.parametrize("had", [False, True], ids=["first", "again"])
@pytest.mark.parametrize("end", ENDS)
def test_what_was_kept_a_moment_before_goes_with_her(practice, nina, zala, taken_in, monkeypatch, end, had):
    if had:
        browser(zala).post(address("autosave", practice), typed(practice, stamp="a", title_en="Before"))
    keep, ending = working_copies.keep, []

    def meanwhile(**what):
        ending.append(beside(lambda: ENDS[end](practice, nina, taken_in)))
        return keep(**what)

    monkeypatch.setattr(working_copies, "keep", meanwhile)
    answer = browser(zala).post(address("autosave", practice), typed(practice))
    ending[0].join()

    assert answer.json()["state"] == "kept"
    assert not WorkingCopy.objects.filter(record=practice.uid).exists()
    [hers] = WorkingCopy.objects.of(zala)
    assert hers.typed["title_en"] == ["By Zala"]
    assert browser(zala).get(f"{reverse('practices:new')}?copy={hers.record}").status_code == 200


@pytest.mark.parametrize("end", ["leaves", "removed"])
def test_who_has_gone_is_not_told_that_it_is_kept(practice, nina, zala, taken_in, monkeypatch, end):
    keep_apart, typing, answers = working_copies.keep_apart, [], []

    def send():
        answers.append(browser(zala).post(address("autosave", practice), typed(practice)))

    def meanwhile(**whose):
        typing.append(beside(send))
        keep_apart(**whose)

    monkeypatch.setattr(working_copies, "keep_apart", meanwhile)
    ENDS[end](practice, nina, taken_in)
    typing[0].join()

    assert answers[0].status_code == 404
    assert not WorkingCopy.objects.exists()


def test_nothing_is_kept_of_a_draft_that_is_just_deleted(practice, nina, janez, monkeypatch):
    drop_all, typing, answers = working_copies.drop_all, [], []

    def send():
        answers.append(browser(janez).post(address("autosave", practice), typed(practice)))

    def meanwhile(**which):
        drop_all(**which)
        typing.append(beside(send))

    monkeypatch.setattr(working_copies, "drop_all", meanwhile)
    reviewing.delete_draft(record=practice, by=nina)
    typing[0].join()

    assert answers[0].status_code == 404
    assert not WorkingCopy.objects.exists()
