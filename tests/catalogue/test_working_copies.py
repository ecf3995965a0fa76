"""What is typed into a form is kept, for the one who typed it, and shown to nobody else."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import erasure, personal_data
from catalogue import working_copies
from catalogue.models import WorkingCopy
from catalogue.working_copies import Sheet, TooMuch, TypedElsewhere
from operations import retention
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]
UID = uuid4()


@pytest.fixture
def nina():
    return UserFactory(email="nina@example.org", first_name="Nina")


def keep(person, *, record=UID, place="", stamp="b", known=(), **typed):
    sheet = Sheet(person, "practices", record, place)
    return working_copies.keep(
        sheet=sheet, typed={name: [value] for name, value in typed.items()}, revision=None, stamp=stamp, known=known
    )


def test_a_person_has_one_copy_of_a_record_and_of_each_place(nina):
    keep(nina, title_en="One")
    keep(nina, title_en="Two", stamp="c", known=["b"])
    keep(nina, title_en="Part", place="here")
    keep(UserFactory(), title_en="Another")

    assert list(WorkingCopy.objects.of(nina).order_by("pk").values_list("typed", "stamp")) == [
        ({"title_en": ["Two"]}, "c"),
        ({"title_en": ["Part"]}, "b"),
    ]


def test_what_another_window_kept_is_not_overwritten_unseen(nina):
    keep(nina, title_en="Here")

    with pytest.raises(TypedElsewhere):
        keep(nina, title_en="There", stamp="x", known=["y"])
    keep(nina, title_en="Sent again, for the answer was lost", stamp="c", known=["a", "b"])

    assert WorkingCopy.objects.get().typed == {"title_en": ["Sent again, for the answer was lost"]}


def test_there_is_an_end_to_what_is_kept(nina, monkeypatch):
    monkeypatch.setattr(working_copies, "MOST_COPIES", 2)
    keep(nina, record=uuid4(), title_en="One")
    keep(nina, title_en="Two")

    with pytest.raises(TooMuch):
        keep(nina, record=uuid4(), title_en="Three")
    with pytest.raises(TooMuch):
        keep(nina, known=["b"], title_en="ž" * working_copies.MOST_CHARACTERS)
    keep(nina, known=["b"], title_en="The second goes on")

    assert WorkingCopy.objects.count() == 2


def test_dropping_is_of_ones_own(nina):
    other = UserFactory()
    keep(nina, title_en="Hers")
    keep(other, title_en="Another's")

    working_copies.drop(sheet=Sheet(nina, "practices", UID))

    assert WorkingCopy.objects.get().person == other


def test_after_ninety_days_nobody_comes_back_for_it(nina):
    keep(nina, title_en="Old")
    keep(nina, record=uuid4(), title_en="New")
    WorkingCopy.objects.filter(record=UID).update(saved_at=timezone.now() - timedelta(days=91))

    retention.forget_due()

    assert [copy.typed for copy in WorkingCopy.objects.all()] == [{"title_en": ["New"]}]


def test_she_takes_it_along_and_it_goes_with_her(nina):
    keep(nina, title_en="Half a sentence")
    [kept] = [each for each in personal_data.all_kept() if each.name == "working_copies"]

    [told] = kept.export(nina)
    erasure.erase(user=nina, by=None, tell=False)

    assert (told["typed"], told["kind"]) == ({"title_en": ["Half a sentence"]}, "practices")
    assert json.dumps(told, default=str)
    assert not WorkingCopy.objects.exists()
