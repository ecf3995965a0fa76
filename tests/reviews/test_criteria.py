"""Editors say what reviewers score; the first questions are there from the first day on."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from reviews.models import Criterion
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


@pytest.fixture
def editor(browser):
    return browser(UserFactory(role=User.Role.EDITOR))


def typed(**fields):
    """What the admin's form sends."""
    known = {"kind": "areas", "name_0": "Room to grow", "question_0": "Is there any?", "weight": 2, "order": 1}
    return known | fields


def test_five_are_there_for_practices_and_one_of_them_can_block():
    first = Criterion.objects.asked_of("practices")

    assert len(first) == 5
    assert [each.name.data["en"] for each in first if each.blocking] == ["Sources and consent"]
    assert [each for each in first if not (each.name.data["sl"] and each.question.data["sl"])] == []


def test_they_are_asked_in_the_readers_language():
    criterion = Criterion.objects.asked_of("practices").first()

    with translation.override("sl"):
        assert criterion.name_in_words == "Dokazi o uspehu"
    with translation.override("it"):
        assert criterion.name_in_words == '<span lang="en">Evidence of success</span>'


def test_an_editor_adds_one_and_retires_it(editor):
    editor.post(reverse("criteria:add"), typed())
    criterion = Criterion.objects.asked_of("areas").get()
    editor.post(reverse("criteria:edit", args=[criterion.pk]), typed(retired="on"))

    assert str(criterion) == "Room to grow"
    assert not Criterion.objects.asked_of("areas").exists()
    assert "Room to grow" in editor.get(reverse("criteria:index")).content.decode()


@pytest.mark.parametrize("wrong", [{"weight": 11}, {"weight": 0}, {"name_0": ""}, {"question_0": ""}])
def test_what_cannot_be_asked_is_refused(editor, wrong):
    editor.post(reverse("criteria:add"), typed(**wrong))

    assert not Criterion.objects.filter(kind="areas").exists()


def test_editors_delete_none(editor):
    criterion = Criterion.objects.first()

    editor.post(reverse("criteria:delete", args=[criterion.pk]))

    assert Criterion.objects.filter(pk=criterion.pk).exists()
