"""What becomes of a translation stands in the history of the record."""

import pytest

from reviews import history
from translations import actions

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
