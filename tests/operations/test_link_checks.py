"""Pages that texts link to are looked at now and then; only what says so itself is told as gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operations import fetching, link_checks, work
from operations.fetching import Answer
from operations.models import LinkCheck

pytestmark = [pytest.mark.core, pytest.mark.django_db]

NOW = timezone.now()
PAGE = "https://site.example/page"


class Web:
    """Stands for a Door: what each address answers, by method and address or by address; and what was asked."""

    def __init__(self, answers: dict):
        self.answers, self.asked = answers, []

    def look(self, address, method="HEAD"):
        self.asked.append(f"{method} {address}")
        answer = self.answers.get(f"{method} {address}", self.answers.get(address, 200))
        if isinstance(answer, int):
            return Answer(answer, address, {})
        if isinstance(answer, Answer):
            return answer
        raise answer


@pytest.fixture(autouse=True)
def _switched_on(settings, monkeypatch):
    settings.LINK_CHECKS = True
    monkeypatch.setattr(link_checks, "_sources", [])


def looked_at(address=PAGE, now=NOW, **answers) -> LinkCheck:
    LinkCheck.objects.get_or_create(address=address)
    web = Web({name.replace("_", " "): answer for name, answer in answers.pop("web", {}).items()})
    link_checks.look_at_due(now, web)
    return LinkCheck.objects.get(address=address)


def moved(address):
    return Answer(200, address, {}, moved_to=address)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        *((200, "fine", ""), (204, "fine", ""), (404, "dead", "gone"), (410, "dead", "gone")),
        *((403, "unsure", "answer"), (405, "unsure", "answer"), (429, "unsure", "answer"), (500, "unsure", "answer")),
        *((503, "unsure", "answer"), (401, "unsure", "answer"), (304, "unsure", "answer")),
        (fetching.NoSuchName(), "dead", "no_name"),
        (fetching.Refused(), "unsure", "closed"),
        (fetching.TooSlow(), "unsure", "slow"),
        (fetching.TooMuch(), "unsure", "unreadable"),
        (fetching.Unreadable(), "unsure", "unreadable"),
        (fetching.NotAllowed(), "unsure", "not_looked"),
    ],
)
def test_what_an_answer_says_of_a_page(answer, state, reason):
    found = looked_at(web={PAGE: answer})

    assert (found.state, found.reason, found.checked) == (state, reason, NOW)
    assert found.status == (answer if isinstance(answer, int) else None)


@pytest.mark.parametrize("refusal", [403, 404, 405, 501, fetching.Unreadable()])
def test_a_site_without_heads_is_asked_for_the_page(refusal):
    found = looked_at(web={f"HEAD {PAGE}": refusal, f"GET {PAGE}": 200})

    assert found.state == "fine"


def test_who_refuses_is_gone_on_the_second_day():
    days = [looked_at(now=NOW + timedelta(days=day), web={PAGE: fetching.Refused()}) for day in (0, 0.5, 1)]

    assert [(each.state, each.reason) for each in days] == [
        ("unsure", "closed"),
        ("unsure", "closed"),
        ("dead", "refused"),
    ]
    assert looked_at(now=NOW + timedelta(days=2)).state == "fine"
    assert LinkCheck.objects.get().refused_since is None


@pytest.mark.parametrize(
    ("address", "answers", "expected"),
    [
        (PAGE, {PAGE: moved("https://other.example/")}, "https://other.example/"),
        ("http://site.example/a?b=c", {}, "https://site.example/a?b=c"),
        ("http://site.example/", {"https://site.example/": 500}, ""),
        ("http://site.example/", {"https://site.example/": fetching.Unreadable()}, ""),
        ("http://site.example:80/", {}, ""),
        (PAGE, {PAGE: moved("https://other.example/" + "a" * 500)}, ""),
    ],
)
def test_where_a_page_is_now(address, answers, expected):
    assert looked_at(address, web=answers).moved_to == expected


# When


@pytest.mark.parametrize(
    ("state", "reason", "days", "is_due"),
    [
        *(("fine", "", 29, False), ("fine", "", 30, True)),
        *(("dead", "gone", 0.9, False), ("dead", "gone", 1, True), ("unsure", "closed", 1, True)),
        *(("unsure", "not_looked", 29, False), ("unsure", "not_looked", 30, True)),
    ],
)
def test_when_it_is_looked_at_again(state, reason, days, is_due):
    LinkCheck.objects.create(address=PAGE, state=state, reason=reason, checked=NOW - timedelta(days=days))

    assert link_checks.due(NOW).exists() is is_due


def test_a_batch_begins_with_what_is_new_and_ends_in_time(monkeypatch):
    old = LinkCheck.objects.create(address="https://old.example/", state="fine", checked=NOW - timedelta(days=40))
    new = LinkCheck.objects.create(address="https://new.example/")
    monkeypatch.setattr(link_checks, "AT_ONCE", 1)
    web = Web({})

    link_checks.look_at_due(NOW, web)
    link_checks.look_at_due(NOW, web)

    assert web.asked == [f"HEAD {new.address}", f"HEAD {old.address}"]
    monkeypatch.setattr(link_checks, "SECONDS", -1)
    link_checks.look_at_due(NOW + timedelta(days=60), web)
    assert len(web.asked) == 2


def test_what_texts_name_has_a_row_and_what_none_names_any_more_goes():
    named = [PAGE, PAGE, "https://other.example/", "ftp://old.example/", "https://long.example/" + "a" * 500]
    link_checks.register(lambda: named)
    LinkCheck.objects.create(address="https://left.example/", named=NOW - timedelta(days=8))
    LinkCheck.objects.create(address=PAGE, named=NOW - timedelta(days=8), state="fine", checked=NOW)

    link_checks.gather()

    assert [*LinkCheck.objects.order_by("address").values_list("address", "state")] == [
        ("https://other.example/", "new"),
        (PAGE, "fine"),
    ]


def test_gathering_costs_the_same_for_one_and_for_three():
    costs = []
    for number in (1, 3):
        link_checks._sources[:] = [
            lambda number=number: [f"https://{number}-{each}.example/" for each in range(number)]
        ]
        with CaptureQueriesContext(connection) as asked:
            link_checks.gather()
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_nothing_is_looked_at_where_it_is_switched_off(settings):
    settings.LINK_CHECKS = False
    link_checks.register(lambda: [PAGE])
    LinkCheck.objects.create(address=PAGE)
    web = Web({})

    link_checks.gather()
    link_checks.look_at_due(NOW, web)

    assert web.asked == []


def test_nobody_holds_a_transaction_open_meanwhile(transactional_db):
    LinkCheck.objects.create(address=PAGE)
    seen = []

    class Looking(Web):
        def look(self, address, method="HEAD"):
            seen.append(connection.in_atomic_block)
            return super().look(address, method)

    link_checks.look_at_due(NOW, Looking({}))

    assert seen == [False]


def test_it_is_background_work():
    assert {"links that texts name", "dead links"} <= set(work._registry)
