"""How much a save asks of the database, wherever in its life the practice is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews import actions as review_actions
from reviews.actions import Said
from tests.factories import BuildingBlockFactory, EvidenceFactory, PracticeLinkFactory
from tests.practices.writing import approved, begun, checked, whole
from tests.practices.written_together import address
from tests.sent_forms import forms_of

pytestmark = [pytest.mark.core, pytest.mark.django_db]
SAVEPOINTS = "SAVEPOINT|RELEASE|BEGIN|COMMIT"


def with_parts(number: int):
    def edit(practice):
        whole(practice)
        practice.building_blocks.set([BuildingBlockFactory.build(practice=practice) for _each in range(number)])
        practice.evidence.set([EvidenceFactory.build(practice=practice) for _each in range(number)])
        practice.links.set([PracticeLinkFactory.build(practice=practice) for _each in range(number)])

    return edit


def form_at(client, path) -> dict:
    return next(form.fields for form in forms_of(client.get(path).content.decode(), path) if "save" in form.button)


def queries_of(client, path, sent) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.post(path, sent).status_code == 302
    return [query["sql"] for query in asked if not re.match(SAVEPOINTS, query["sql"])]


@pytest.mark.parametrize("number", [0, 1, 9])
def test_the_first_save_of_a_new_version(as_nina, nina, marta, organisation, number):
    practice = approved(nina, organisation, marta, edit=with_parts(number))
    path = address("edit", practice)
    sent = form_at(as_nina, path) | {"title_en": "The second version"}

    queries = queries_of(as_nina, path, sent)

    practice.refresh_from_db()
    assert (practice.title.data["en"], str(practice.latest_draft())) == ("Open-yard day", "The second version")
    assert len(queries) <= 25, "\n".join(queries)


def test_the_authors_own_translation(as_nina, nina, organisation):
    practice = begun(nina, organisation, edit=with_parts(3))
    path = reverse("translations:edit", args=[practice.uid, "sl"])

    assert len(queries_of(as_nina, path, form_at(as_nina, path) | {"title_sl": "Naslov"})) <= 25


def test_answers_to_comments_cost_the_same_however_many_there_are(as_nina, nina, janez, marta, organisation):
    def cost(*fields) -> int:
        practice = checked(nina, organisation)
        read = practice.latest_revision_id
        said = [Said("Why?", field) for field in fields]
        review_actions.keep(record=practice, by=marta, comments=said, revision=read)
        review_actions.send_back(record=practice, by=marta, message="Who pays?", revision=read)
        path = address("edit", practice)
        sent = form_at(as_nina, path) | {"title_en": "With answers"}
        sent |= {name: "Because." for name in sent if name.startswith("reply-")}
        assert sum(name.startswith("reply-") for name in sent) == len(fields)
        return len(queries_of(as_nina, path, sent))

    assert cost("summary") == cost("summary", "title", "challenges") <= 25
