"""Two people write one practice at the same time, again and again: nothing that either wrote is lost without her knowing.

And forms that are sent twice, by a double click or a browser that asks again: they have one effect.
"""

import html
import re
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from catalogue import uids
from practices.forms import PracticeForm
from practices.models import GoodPractice
from tests.practices.test_races import at_once
from tests.practices.writing import begun, filled, submitted, whole
from tests.services import LONG

pytestmark = [pytest.mark.django_db(transaction=True)]

ROUNDS, SEED = (500, 2026) if LONG else (6, 7)
DOUBLES = 100 if LONG else 3
WRITTEN = ("title_en", "summary_en", "summary_sl", "how_it_works_en", "success_factors_en", "author", "place_1_town")


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def controls_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of a page whose fields are all hidden or radio buttons."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]+>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return sent


def written_of(practice: GoodPractice) -> dict[str, str]:
    practice = GoodPractice.objects.get(pk=practice.pk)
    shown = PracticeForm(draft=practice.latest_draft(), user=practice.owner).initial
    return {name: shown[name] for name in WRITTEN}


class Editor:
    def __init__(self, name: str, user, random: Random):
        self.name, self.user, self.random, self.browser = name, user, random, browser_of(user)

    def opens(self, practice: GoodPractice, number: int) -> None:
        practice = GoodPractice.objects.get(pk=practice.pk)
        self.address = reverse("practices:edit", args=[practice.uid])
        shown = PracticeForm(draft=practice.latest_draft(), user=self.user).initial
        fields = self.random.sample(WRITTEN, self.random.randint(1, 4))
        self.typed = {name: f"{self.name} {number} {name}" for name in fields}
        self.sent = shown | self.typed | {"revision": str(practice.latest_revision_id), "action": "save"}

    def presses(self):
        self.answer = self.browser.post(self.address, self.sent)
        return self.answer.status_code

    def chooses(self) -> dict[str, str]:
        """On the page with both texts, of each field that she wrote; of the rest she leaves what is chosen there."""
        page = self.answer.content.decode()
        chosen = {name: self.random.choice(["mine", "theirs"]) for name in self.typed}
        shown = controls_of(page)
        offered = {name for name in chosen for part in (name, "places") if f"choice_{part}" in shown}
        picks = {f"choice_{'places' if name == 'place_1_town' else name}": chosen[name] for name in offered}
        assert self.browser.post(self.address, shown | picks | {"action": "save"}).status_code == 302
        return {name: self.typed[name] for name in self.typed if chosen[name] == "mine" or name not in offered}


def test_of_two_editors_neither_loses_a_word_without_knowing(nina, janez, organisation):
    random = Random(SEED)
    practice = begun(nina, organisation)
    editors = [Editor("Nina", nina, random), Editor("Janez", janez, random)]

    for number in range(ROUNDS):
        before = written_of(practice)
        for editor in editors:
            editor.opens(practice, number)

        answers = at_once(*[editor.presses for editor in editors])

        assert sorted(answers) == [302, 409], f"round {number}"
        first, second = sorted(editors, key=lambda editor: editor.answer.status_code)
        assert written_of(practice) == before | first.typed, f"round {number}: the first"
        shown = second.answer.content.decode()
        assert [text for text in second.typed.values() if text not in shown] == [], f"round {number}: both texts"
        kept = second.chooses()
        assert written_of(practice) == before | first.typed | kept, f"round {number}: the second"


def test_a_form_sent_twice_makes_and_submits_one_practice(nina, marta, organisation):
    for number in range(DOUBLES):
        uid = uids.fresh(nina)
        sent = filled(uid=str(uid), organisation=organisation, title_en=f"Yard {number}", action="submit")
        presses = [lambda sent=sent: browser_of(nina).post(reverse("practices:new"), sent).status_code] * 2

        assert at_once(*presses) == [302, 302], f"round {number}"

        practice = GoodPractice.objects.get(uid=uid)
        assert practice.revisions.count() == 1
        assert TaskState.objects.for_instance(practice).filter(status="in_progress").count() == 1
    assert GoodPractice.objects.count() == DOUBLES


def test_a_change_sent_twice_is_one_revision(nina, organisation):
    practice = begun(nina, organisation)
    address = reverse("practices:edit", args=[practice.uid])
    for number in range(DOUBLES):
        practice.refresh_from_db()
        shown = PracticeForm(draft=practice.latest_draft(), user=nina).initial
        sent = shown | {"title_en": f"Yard {number}", "revision": str(practice.latest_revision_id)}
        presses = [lambda sent=sent: browser_of(nina).post(address, sent).status_code] * 2

        assert at_once(*presses) == [302, 302], f"round {number}"

        assert practice.revisions.count() == number + 2
        assert written_of(practice)["title_en"] == f"Yard {number}"


def test_a_decision_sent_twice_publishes_one_version(nina, janez, marta, organisation):
    for number in range(DOUBLES):
        practice = submitted(nina, organisation, edit=titled(f"Yard {number}"))
        step = practice.current_workflow_task_state
        sent = {"revision": str(step.revision_id), "step": str(step.pk), "action": "approve"}
        address = reverse("reviews:review", args=[practice.uid])
        presses = [lambda address=address, sent=sent: browser_of(marta).post(address, sent).status_code] * 2

        assert at_once(*presses) == [302, 302], f"round {number}"

        practice.refresh_from_db()
        assert (practice.live, practice.entry.version) == (True, 1)


def titled(title: str):
    def edit(draft):
        whole(draft)
        draft.title = {"en": title}

    return edit
