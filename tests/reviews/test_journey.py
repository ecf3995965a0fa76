"""A text is sent back with comments on fields; its author answers and settles them; the reviewer sees it and approves."""

import pytest

from practices.models import GoodPractice
from reviews.models import FieldComment
from tests.factories import reread
from tests.practices.writing import submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
NARROWER_THAN_ITS_PAGE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def mistakes_of(page):
    """What axe finds, and whether the page is wider than the window."""
    from axe_playwright_python.sync_playwright import Axe

    found = [each["id"] for each in Axe().run(page).response["violations"]]
    return found + ["too wide"] * page.evaluate(NARROWER_THAN_ITS_PAGE)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_comment_from_its_field_and_back(people, nina, marta, organisation, viewport, scheme):
    practice = submitted(nina, organisation)
    look = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    reviewer, author = people(marta, **look), people(nina, **look)

    # The reviewer begins a message, comments on two fields without leaving the page, and sends it back.
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    reviewer.get_by_label("What should be changed").fill("Good and concrete.")
    summary = reviewer.locator("#field-summary")
    summary.get_by_text("Comment on this").click()
    summary.get_by_label("Your comment").fill("Since which year?")
    summary.get_by_label("About the text in").select_option("en")
    summary.get_by_role("button", name="Comment : Summary").click()
    summary.get_by_text("Kept.").wait_for()
    assert reviewer.evaluate("document.activeElement.id") == "field-summary-label"
    assert reviewer.get_by_label("What should be changed").input_value() == "Good and concrete."
    reviewer.locator("#field-places").get_by_text("Comment on this").click()
    reviewer.locator("#field-places").get_by_label("Your comment").fill("Is the school a place, too?")
    assert mistakes_of(reviewer) == []
    press(reviewer, "Send back with this message")
    assert FieldComment.objects.count() == 2

    # The author finds both beside their fields, changes one text, answers, settles, submits.
    author.goto("/en/my/")
    assert "2 comments to answer" in author.locator("#waits-for-you").inner_text()
    author.get_by_role("link", name="Open-yard day", exact=True).click()
    year = author.get_by_role("region", name="Comments on “Summary (English)”")
    assert "Since which year?" in year.inner_text()
    assert mistakes_of(author) == []
    author.fill("#id_summary_en", "Since 2019 firms open their gates.")
    year.get_by_label("Mark as settled").check()
    author.get_by_role("region", name="Comments on “Places”").get_by_label("Your reply").fill("No, it only takes part.")
    press(author, "Submit")

    # The reviewer sees what became of them.
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    assert "Settled by Nina Kos" in reviewer.locator("#field-summary").inner_text()
    assert "No, it only takes part." in reviewer.locator("#field-places").inner_text()
    assert "1 comment is open, 1 is settled." in reviewer.locator("#fields").inner_text()
    assert mistakes_of(reviewer) == []
    press(reviewer, "Approve and publish")
    assert reread(practice).live is True


def test_without_javascript(people, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewer = people(marta, java_script_enabled=False)
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    reviewer.get_by_label("What should be changed").fill("Good and concrete.")
    reviewer.locator("#field-title summary").click()
    reviewer.locator("#field-title").get_by_label("Your comment").fill("Shorter?")

    press(reviewer, "Comment : Title")

    assert "Shorter?" in reviewer.locator("#field-title ol").inner_text()
    assert reviewer.get_by_label("What should be changed").input_value() == "Good and concrete."


def test_without_a_connection_the_words_stay(people, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewer = people(marta)
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    title = reviewer.locator("#field-title")
    title.get_by_text("Comment on this").click()
    title.get_by_label("Your comment").fill("Shorter?")

    reviewer.context.set_offline(True)
    title.get_by_role("button", name="Comment : Title").click()

    title.get_by_text("Not kept: there is no connection.").wait_for()
    assert title.get_by_label("Your comment").input_value() == "Shorter?"


def test_what_is_refused_is_told_by_the_whole_page(people, nina, marta, organisation):
    practice = submitted(nina, organisation)
    reviewer = people(marta)
    reviewer.goto(f"/en/my/reviews/{practice.uid}/")
    GoodPractice.objects.get().current_workflow_state.cancel(user=nina)

    title = reviewer.locator("#field-title")
    title.get_by_text("Comment on this").click()
    title.get_by_label("Your comment").fill("Shorter?")
    with reviewer.expect_navigation():
        title.get_by_role("button", name="Comment : Title").click()

    assert reviewer.locator("h1").inner_text() == "This review has ended"
    assert reviewer.get_by_text("Shorter?").is_visible()
