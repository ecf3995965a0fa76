"""What becomes of a translation stands in the history of the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.reviewing import save_draft
from operations import audit
from operations.models import AuditEntry
from reviews import history
from tests.factories import reread
from translations import actions
from translations.models import TranslationRequest

pytestmark = pytest.mark.django_db


def test_the_people_of_a_record_read_who_translates_it(practice, nina, sara, tomaz):
    request = actions.ask(record=practice, language="sl", by=nina)
    actions.take(request=request, by=sara)
    actions.give_back(request=request, by=sara)
    actions.take(request=request, by=tomaz)
    actions.hand_over(request=request, by=tomaz)

    told = [(step.what, step.who, step.why) for step in reversed(history.of(practice))]

    assert told[-5:] == [
        ("Translation asked for", "Nina Kos", "into: Slovenian"),
        ("Translation taken up", "Sara Vidmar", "into: Slovenian: it was asked for"),
        ("Translation given back", "Sara Vidmar", "into: Slovenian: by one’s own wish"),
        ("Translation taken up", "Tomaž Vidmar", "into: Slovenian: it was asked for"),
        ("Translation handed over", "Tomaž Vidmar", "into: Slovenian: it was asked for"),
    ]


@pytest.fixture
def taken(practice, nina, sara):
    return actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)


def withdraw(taken, vera, janez):
    actions.withdraw(request=taken, by=vera)
    return vera


def release(taken, vera, janez):
    TranslationRequest.objects.update(taken_at=timezone.now() - timedelta(days=40))
    actions.release(request=reread(taken), by=vera)
    return vera


def end_by_itself(taken, vera, janez):
    practice = actions.record_of(taken)

    def edit(draft):
        draft.original_language = "sl"

    save_draft(record=practice, by=janez, edit=edit, expected_revision=practice.latest_revision_id)
    actions.end_needless()


@pytest.mark.parametrize(
    ("happens", "what", "why"),
    [
        (withdraw, "translation.withdrawn", "it is no longer asked for"),
        (release, "translation.released", "taken up a month ago, and not made"),
        (end_by_itself, "translation.needless", "it is no longer asked for"),
    ],
)
def test_what_is_taken_from_her_is_noted_with_who_when_whose_and_why(taken, vera, janez, sara, happens, what, why):
    began = timezone.now()

    by = happens(taken, vera, janez)

    entry = AuditEntry.objects.get(what=what)
    assert (entry.actor, entry.whom, audit.reason_of(entry)) == (by, sara, why)
    assert entry.at >= began
