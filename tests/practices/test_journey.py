"""Job one, walked in a real browser: a partner submits, a reviewer sends back, the partner mends, the reviewer approves."""

import json
import re

import pytest

from catalogue.models import Entry
from practices.models import GoodPractice
from tests.practices.walking import write
from tests.practices.writing import begun, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = "image => image.decode().then(() => image.naturalWidth)"


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def changes(page, cursor):
    answer = page.request.get(f"/api/v1/changes/?since={cursor}&kind=practices")
    return answer.json()


def test_from_a_form_to_the_feed(people, nina, marta):
    partner, reviewer = people(nina), people(marta)
    cursor = changes(partner, "0")["next_cursor"]

    # The partner writes, forgets what the picture shows, is told so at the field, and submits.
    partner.get_by_role("link", name="Submit a practice").first.click()
    write(partner)
    press(partner, "Submit")
    assert partner.get_by_role("alert").locator("li.must a").all_inner_texts() == [
        "Picture 1: What the picture shows (English): Say in English what the picture shows, for those who cannot see it."
    ]
    partner.get_by_role("alert").locator("li.must a").click()
    partner.keyboard.type("Visitors in a yard")
    press(partner, "Submit")
    assert "The practice is submitted." in partner.locator("main").inner_text()

    # The reviewer reads it as the public would, and asks for more.
    reviewer.goto("/en/my/")
    reviewer.get_by_role("link", name="Open-yard day, every second Thursday in May").click()
    assert reviewer.locator("h1").inner_text() == "Open-yard day, every second Thursday in May"
    assert reviewer.locator("article img").evaluate(WIDTH) == 640
    reviewer.get_by_label("What should be changed").fill("Good and concrete. Who pays for the buses?")
    press(reviewer, "Send back with this message")
    assert changes(partner, cursor)["results"] == []

    # The partner finds the message, mends the text, submits again.
    partner.goto("/en/my/")
    assert "Who pays for the buses?" in partner.locator("#waits-for-you").inner_text()
    partner.get_by_role("link", name="Open-yard day, every second Thursday in May").click()
    assert "Who pays for the buses?" in partner.locator("#sent-back").inner_text()
    partner.fill("#id_stakeholders_and_beneficiaries_en", "The firms and two schools. The town pays for the buses.")
    press(partner, "Submit")

    # The reviewer approves; page, entry, API and feed follow at once.
    reviewer.goto("/en/my/")
    reviewer.get_by_role("link", name="Open-yard day, every second Thursday in May").click()
    press(reviewer, "Approve and publish")
    assert "Approved: it is public now." in reviewer.locator("main").inner_text()

    entry = Entry.objects.get(kind="practices")
    [change] = changes(partner, cursor)["results"]
    assert (change["op"], change["uid"], change["position"]) == ("upsert", str(entry.uid), entry.position)
    assert change["record"] == json.loads(entry.document)
    assert partner.request.get(f"/api/v1/practices/{entry.uid}/").json() == change["record"]

    partner.context.clear_cookies()
    partner.goto(f"/id/{entry.uid}/")
    assert re.search(r"/en/practices/open-yard-day-every-second-thursday-in-may/$", partner.url)
    assert "The town pays for the buses." in partner.locator("article").inner_text()
    assert partner.locator("article img").evaluate(WIDTH) == 640


def test_without_javascript(people, nina, marta):
    partner = people(nina, java_script_enabled=False)

    partner.goto("/en/practices/new/")
    write(partner)
    partner.get_by_role("radio", name="English").check()
    assert partner.locator("#id_title_sl").is_visible() is False
    partner.get_by_role("radio", name="Side by side").check()
    partner.fill("[id='id_images-new1-alt_en']", "Visitors in a yard")
    press(partner, "Submit")

    assert GoodPractice.objects.reviewable_by(marta).count() == 1


def focus(page, selector, limit=400):
    """Press Tab until the element has the focus."""
    for _press in range(limit):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_with_the_keyboard_alone(people, nina, marta):
    partner = people(nina)
    partner.goto("/en/practices/new/")

    focus(partner, "[name=entry_type]")
    partner.keyboard.press("ArrowDown")
    for name in ("title", "summary", "problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"):
        focus(partner, f"#id_{name}_en")
        partner.keyboard.type(f"The {name}")
    focus(partner, "[name=status]")
    partner.keyboard.press("Space")
    focus(partner, "[name=topics]")
    partner.keyboard.press("Space")
    focus(partner, "#id_place_1_country")
    partner.keyboard.type("Slovenia")
    focus(partner, "button[value=submit]")
    with partner.expect_navigation():
        partner.keyboard.press("Enter")

    assert GoodPractice.objects.reviewable_by(marta).count() == 1


def test_enter_in_a_line_saves_the_draft(people, nina):
    partner = people(nina)
    partner.goto("/en/practices/new/")
    partner.fill("#id_title_en", "Open-yard day")

    with partner.expect_navigation(url="**/my/practices/**"):
        partner.keyboard.press("Enter")

    assert GoodPractice.objects.get().workflow_in_progress is False


def test_two_who_write_at_once_lose_nothing(people, nina, janez, organisation):
    practice = begun(nina, organisation)
    partner = people(nina)
    partner.goto(f"/en/my/practices/{practice.uid}/")
    partner.fill("#id_title_en", "By Nina")
    partner.fill("#id_summary_en", "Nina's summary")
    save(practice, janez, title={"en": "By Janez", "sl": "Dan odprtih dvorišč"})

    press(partner, "Save")
    assert partner.locator("h1").inner_text() == "Somebody else has changed this draft"
    partner.get_by_label("Take that of Janez Zupan").first.check()
    press(partner, "Save what I chose")

    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.summary.data["en"]) == ("By Janez", "Nina's summary")


def test_counters_follow_the_typing(people, nina):
    partner = people(nina)
    partner.goto("/en/practices/new/")

    partner.fill("#id_title_en", "Čistoča")

    assert partner.locator("[data-counter-for=id_title_en]").inner_text() == "7 of 100 characters"
