"""The machine's proposal stays in the form, however short before it something was typed."""

import pytest
from django.urls import reverse

from catalogue.models import WorkingCopy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED, PROPOSED = "#id_how_it_works_sl", "#id_summary_sl"


def proposes(page, field):
    with page.expect_navigation():
        page.locator(f"button[name=propose][value={field}]").click()


def test_what_was_just_typed_takes_no_proposal_away(people, server, practice, nina):
    translator = people(nina)
    translator.goto(reverse("translations:edit", args=[practice.uid, "sl"]))

    for typed in ("Urad", "Urad določi dan."):  # the second time the answer is a page that answered before
        translator.locator(TYPED).fill(typed)
        proposes(translator, "summary_sl")
        translator.locator("[data-keeping]", has_text="Saved for you at").wait_for()

        assert "1 text is proposed, and not saved yet." in translator.locator("main").inner_text()
        assert translator.input_value(TYPED) == typed
        assert translator.input_value(PROPOSED) == "[sl] Firms open their gates."
        kept = WorkingCopy.objects.get().typed
        assert (kept["how_it_works_sl"], kept["summary_sl"]) == ([typed], ["[sl] Firms open their gates."])


def test_nor_what_is_on_its_way_to_the_portal(people, server, practice, nina):
    translator = people(nina)
    translator.goto(reverse("translations:edit", args=[practice.uid, "sl"]))
    translator.locator(TYPED).fill("Urad")
    with translator.expect_request("**/autosave/"):
        pass
    proposes(translator, "summary_sl")
    translator.locator("[data-keeping]", has_text="Saved for you at").wait_for()

    assert translator.input_value(PROPOSED) == "[sl] Firms open their gates."
    assert translator.get_by_text("You are writing this in another window").count() == 0
    assert translator.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mer:')).length") == 0
