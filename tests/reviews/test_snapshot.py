"""Of a snapshot a reviewer reads what it is asked and what stands in it, and no page of empty fields."""

import re

import pytest
from django.urls import reverse

from catalogue import reviewing
from practices.forms import ONLY_FULL
from tests.factories import reread
from tests.practices.writing import begun, save, submitted, whole

pytestmark = [pytest.mark.django_db, pytest.mark.core]
SHORT = {"entry_type": "snapshot", "problem_and_context": {}, "how_it_works": {}, "stakeholders_and_beneficiaries": {}}


def handed_in(nina, organisation, **more):
    practice = begun(nina, organisation, edit=whole)
    practice = save(practice, nina, **SHORT | {"status": ""} | more)
    reviewing.submit(record=practice, by=nina)
    return reread(practice)


def fields_shown(client, practice) -> list[str]:
    page = client.get(reverse("reviews:review", args=[practice.uid])).content.decode()
    return re.findall(r'id="field-([a-z_]+)(?:-[0-9a-f-]{36})?" ', page)


def test_what_it_is_not_asked_does_not_stand_there(browser, nina, marta, organisation):
    shown = fields_shown(browser(marta), handed_in(nina, organisation))

    assert {"title", "summary", "topics", "places", "contact_name"} <= set(shown)
    assert ONLY_FULL.isdisjoint(shown)


def test_what_somebody_has_written_does(browser, nina, marta, organisation):
    told = {"how_it_works": {"en": "Step by step."}, "sdgs": [11]}
    told |= {"resources_setup_amount": "900", "resources_setup_currency": "EUR"}

    shown = fields_shown(browser(marta), handed_in(nina, organisation, **told))

    filled = {"how_it_works", "sdgs", "resources_setup_amount", "resources_setup_currency"}
    assert set(shown) & ONLY_FULL == filled


def test_what_is_said_of_a_field_keeps_its_place(browser, nina, marta, organisation):
    practice = handed_in(nina, organisation)
    step = practice.current_workflow_task_state
    sent = {"revision": step.revision_id, "step": step.pk, "comment-challenges": "What was hard?"}
    browser(marta).post(reverse("reviews:review", args=[practice.uid]), sent | {"action": "send_back"})

    page = browser(nina).get(reverse("practices:edit", args=[practice.uid])).content.decode()
    assert "What was hard?" in page
    reviewing.submit(record=reread(practice), by=nina)
    assert "challenges" in fields_shown(browser(marta), practice)


def test_of_a_full_description_every_field_does(browser, nina, marta, organisation):
    shown = fields_shown(browser(marta), submitted(nina, organisation))

    assert "challenges" in shown


@pytest.mark.parametrize(("language", "told"), [("en", "Yes"), ("sl", "Da")])
def test_a_tick_is_told_in_words(browser, nina, marta, organisation, language, told):
    practice = handed_in(nina, organisation, contact_name="Janez Zupan", contact_agreed=True)
    page = browser(marta).get(f"/{language}/my/reviews/{practice.uid}/").content.decode()

    field = page.split('id="field-contact_agreed"')[1].split("field-")[2]
    assert f"<p>{told}</p>" in field and "True" not in field


def test_who_sees_it_is_said_truly(browser, nina, marta, organisation):
    practice = handed_in(nina, organisation)

    for user, view in ((nina, "practices:preview"), (marta, "reviews:review")):
        page = browser(user).get(reverse(view, args=[practice.uid])).content.decode()
        assert "Those who write, translate, check or review it see this" in page
