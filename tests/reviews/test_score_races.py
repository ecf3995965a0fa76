"""Two reviewers at once: one gives the 0 that blocks while the other approves; either comes first, never both count."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from catalogue import reviewing
from catalogue.models import Entry
from reviews import scoring
from reviews.models import Assessment, Criterion, Score
from reviews.scoring import Assessed, Given
from tests.factories import reread
from tests.practices.test_races import at_once
from tests.practices.writing import submitted

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]


def keeping(practice, by, value):
    criterion = Criterion.objects.get(blocking=True)
    assessed = Assessed({criterion.pk: Given(value)})
    revision = practice.latest_revision_id
    return lambda: scoring.keep(record=practice, by=by, revision=revision, assessed=assessed)


def approving(practice, by):
    def approve():
        try:
            reviewing.approve(record=practice, by=by, revision=practice.latest_revision_id)
        except reviewing.Objected as objection:
            return type(objection)

    return approve


@pytest.mark.parametrize("_round", range(5))
def test_a_nought_and_an_approval(nina, marta, peter, organisation, _round):
    practice = submitted(nina, organisation)

    scored, approved = at_once(keeping(practice, marta, 0), approving(practice, peter))

    is_public = Entry.objects.visible().filter(uid=practice.uid).exists()
    assert reread(practice).live is is_public
    assert (scored, approved, is_public, Score.objects.count()) in (
        (None, reviewing.Objected, False, 1),  # the 0 came first
        (PermissionDenied, None, True, 0),
    )


def test_a_nought_that_is_mended_while_another_approves(nina, marta, peter, organisation):
    practice = submitted(nina, organisation)
    keeping(practice, marta, 0)()

    _scored, approved = at_once(keeping(practice, marta, 3), approving(practice, peter))

    assert list(Score.objects.values_list("value", flat=True)) == [3]
    assert (approved, reread(practice).live) in ((None, True), (reviewing.Objected, False))


def test_scores_sent_twice_at_once_are_kept_once(nina, marta, organisation):
    practice = submitted(nina, organisation)

    at_once(*[keeping(practice, marta, 3)] * 4)

    assert (Assessment.objects.count(), Score.objects.count()) == (1, 1)
