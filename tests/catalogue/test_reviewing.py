"""The one writer of review states, for kinds that say nothing of their own; what practices add is told among them."""

import pytest
from django.core.exceptions import PermissionDenied

from catalogue import reviewing
from catalogue.problems import Problem
from tests.factories import AdminFactory, ProgrammeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_a_kind_that_says_nothing_is_changed_by_nobody_in_the_portals_pages():
    programme, admin = ProgrammeFactory(), AdminFactory()
    told = {"record": programme, "by": admin}

    for refused in (
        lambda: reviewing.save_draft(**told, edit=lambda draft: None, expected_revision=None),
        lambda: reviewing.submit(**told),
        lambda: reviewing.take_back(**told),
        lambda: reviewing.approve(**told, revision=1),
        lambda: reviewing.send_back(**told, revision=1, message="No"),
        lambda: reviewing.withdraw(**told),
        lambda: reviewing.delete_draft(**told),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_draft_says_what_would_keep_it_from_being_published():
    programme = ProgrammeFactory.build(name={}, acronym="", description={"en": "Write to ida@example.org"})

    assert programme.problems() == [
        Problem("name", "Needed for publication."),
        Problem(
            "description",
            "An e-mail address stands here, and everybody could read it. Please take it out; a name is enough.",
        ),
    ]


def test_a_draft_that_could_be_published_has_no_problems():
    assert ProgrammeFactory.build().problems() == []
