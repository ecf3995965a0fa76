"""A translation is asked for, taken up, proposed by the machine, mended, handed over, reviewed, and read by the public."""

import pytest
from django.utils.translation import gettext, override

from accounts.models import User
from catalogue import reviewing
from catalogue.models import Entry
from tests.factories import UserFactory, publish, reread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
NARROWER_THAN_ITS_PAGE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def mistakes_of(page):
    """What axe finds, and whether the page is wider than the window."""
    from axe_playwright_python.sync_playwright import Axe

    found = [each["id"] for each in Axe().run(page).response["violations"]]
    return found + ["too wide"] * page.evaluate(NARROWER_THAN_ITS_PAGE)


def text_of(page) -> str:
    return page.locator("main").inner_text()


def translates(translator) -> None:
    """The machine proposes; she changes one text, leaves the others as they came, and hands it over."""
    press(translator, "Propose by machine")
    assert "4 texts are proposed, and not saved yet." in text_of(translator)
    assert translator.input_value("#id_summary_sl") == "[sl] Firms open their gates."
    assert mistakes_of(translator) == []
    translator.fill("#id_summary_sl", "Podjetja odprejo vrata.")
    press(translator, "Save")
    assert "Hand it over when it is done." in text_of(translator)
    assert mistakes_of(translator) == []
    press(translator, "Hand over")
    assert "Thank you." in text_of(translator)


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_from_the_question_to_the_reader(people, server, practice, nina, sara, viewport, scheme):
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    publish(practice.organisation_in_charge)
    author, translator = people(nina, **look), people(sara, **look)

    # Nina asks for Slovenian.
    author.goto(f"/en/my/translate/{practice.uid}/sl/")
    author.get_by_role("link", name="Ask somebody who speaks the language to translate").click()
    author.get_by_label("A word to the translator").fill("For the fair in May, please.")
    assert mistakes_of(author) == []
    press(author, "Ask")
    assert "nobody has taken it up yet" in text_of(author)
    assert mistakes_of(author) == []

    # Sara finds it in her work, and takes it up.
    translator.goto("/en/my/")
    assert "For the fair in May, please." in translator.locator("#waits-for-you").inner_text()
    translator.get_by_role("link", name="Good practice, not public yet").click()
    assert mistakes_of(translator) == []
    press(translator, "Take it up : Good practice, not public yet")
    assert "are sent to 127.0.0.1" in text_of(translator)

    translates(translator)

    # Nina hears of it, and submits; a reviewer approves.
    author.goto("/en/my/notices/")
    assert "by Sara Vidmar" in text_of(author)
    author.goto(f"/en/my/practices/{practice.uid}/")
    press(author, "Submit")
    record = reread(practice)
    reviewing.approve(
        record=record, by=UserFactory(role=User.Role.REVIEWER), revision=record.latest_revision_id, step=None
    )

    # A reader is told which texts a machine has made.
    entry = Entry.objects.get(uid=practice.uid)
    told = entry.record["translations"]["sl"]
    assert (told["state"], "summary" in told["machine"], "how_it_works" in told["machine"]) == ("machine", False, True)
    author.context.clear_cookies()
    author.goto(f"/sl/practices/{entry.slug}/")
    with override("sl"):
        label = gettext("Translated by a machine.")
    assert ("Podjetja odprejo vrata." in text_of(author), label in text_of(author)) == (True, True)
    assert mistakes_of(author) == []
