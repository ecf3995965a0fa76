"""The yearly question stands in *My work* until it is answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices.work import Place
from practices import confirming
from practices.models import Asking, GoodPractice
from tests.factories import reread, texts
from tests.practices.writing import approved, save

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def asked(nina, marta, organisation) -> GoodPractice:
    """Published more than a year ago; its people were asked, and once more."""
    practice = approved(nina, organisation, marta)
    GoodPractice.objects.filter(pk=practice.pk).update(
        first_published_at=timezone.now() - timedelta(days=400), confirmed_on=None
    )
    confirming.ask(practice)
    Asking.objects.update(asked=timezone.now() - timedelta(days=35))
    confirming.ask(practice)
    return reread(practice)


def waits(client) -> list[tuple[str, str, str]]:
    first = client.get(reverse("notices:my_work")).context["groups"][0]
    assert first.place == Place.WAITS_FOR_YOU
    return [(str(item.what), item.title, item.url) for item in first.items]


@pytest.fixture
def practice(nina, marta, organisation):
    return asked(nina, marta, organisation)


def test_it_waits_once_under_the_title_that_is_public(as_nina, nina, practice):
    save(practice, nina, title=texts("Canary", "Kanarček"))

    where = reverse("practices:still_true", args=[practice.uid])
    assert waits(as_nina) == [("Still true?", "Open-yard day", where)]
    assert as_nina.get(where).status_code == 200
    as_nina.post(where)
    assert waits(as_nina) == []


@pytest.mark.parametrize("case", ["answered", "a new version", "withdrawn", "ended", "no longer hers"])
def test_it_waits_no_longer(nina, practice, case):
    if case == "answered":
        confirming.confirm(practice=practice, by=nina)
    elif case == "a new version":
        GoodPractice.objects.filter(pk=practice.pk).update_ledger(confirmed_on=timezone.localdate())
    elif case == "withdrawn":
        practice.unpublish(user=nina)
    elif case == "ended":
        GoodPractice.objects.filter(pk=practice.pk).update(status="ended")
    else:
        GoodPractice.objects.filter(pk=practice.pk).update_ledger(owner=None)
        nina.memberships.all().delete()

    assert not Asking.objects.waiting_for(nina).exists()


def test_others_are_not_asked(practice, janez, luka):
    assert not Asking.objects.waiting_for(janez).exists()
    assert not Asking.objects.waiting_for(luka).exists()


def test_three_cost_no_more_than_one(as_nina, nina, marta, organisation, practice):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_nina.get("/en/my/").status_code == 200
        return len(queries)

    cost()
    one = cost()
    for _each in range(2):
        asked(nina, marta, organisation)

    assert Asking.objects.waiting_for(nina).count() == 3
    assert cost() == one
