"""What is typed comes back: after a killed server, an ended session, a second window."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import User
from catalogue.models import WorkingCopy
from practices.models import GoodPractice
from tests.factories import PASSWORD
from tests.practices.writing import begun, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [
    pytest.param({"width": 1280, "height": 800}, id="wide"),
    pytest.param({"width": 360, "height": 740}, id="narrow"),
]
TITLE = "#id_title_en"
STATE = "[data-keeping]"


@pytest.fixture
def practice(nina, organisation):
    return begun(nina, organisation)


def address(practice) -> str:
    return reverse("practices:edit", args=[practice.uid])


def is_kept(page) -> None:
    page.locator(STATE, has_text="Saved for you at").wait_for()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def dies(page):
    """The server is gone, for this browser; what a page sends while it is closed comes to nothing, too."""
    page.context.set_offline(True)


def lives(page):
    page.context.set_offline(False)


@pytest.mark.parametrize("viewport", WIDTHS)
def test_a_killed_server_costs_nothing(people, nina, practice, viewport):
    partner = people(nina, viewport=viewport)
    partner.goto(address(practice))
    partner.fill(TITLE, "Before")
    is_kept(partner)
    assert WorkingCopy.objects.get().typed["title_en"] == ["Before"]

    dies(partner)
    partner.locator(TITLE).press_sequentially(" and after", delay=20)
    partner.locator(STATE, has_text="Not saved: no connection").wait_for()
    assert partner.locator("[data-keeping-told]").inner_text().startswith("Not saved: no connection")
    partner.goto("about:blank")
    lives(partner)
    partner.goto(address(practice))

    partner.get_by_text("You typed this until").wait_for()
    assert partner.input_value(TITLE) == "Before and after"
    assert WorkingCopy.objects.get().typed["title_en"] == ["Before and after"]
    press(partner, "Save")
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "Before and after"
    assert partner.locator("form.note").count() == 0
    assert partner.evaluate("Object.keys(localStorage).filter(key => key.startsWith('mer:')).length") == 0


def test_when_the_connection_is_back_it_is_saved_by_itself(people, nina, practice):
    partner = people(nina)
    partner.goto(address(practice))
    dies(partner)
    partner.fill(TITLE, "Typed on the train")
    partner.locator(STATE, has_text="Not saved").wait_for()

    lives(partner)

    is_kept(partner)
    assert WorkingCopy.objects.get().typed["title_en"] == ["Typed on the train"]


def test_who_types_on_and_on_is_saved_within_ten_seconds(people, nina, practice):
    partner = people(nina)
    partner.goto(address(practice))
    partner.fill(TITLE, "")
    began = time.monotonic()

    while not WorkingCopy.objects.exists() and time.monotonic() - began < 15:
        partner.locator(TITLE).press_sequentially("a")
        partner.wait_for_timeout(300)

    assert 2 < time.monotonic() - began < 10


def test_a_closed_page_is_saved_on_the_way_out(people, nina, practice):
    partner = people(nina)
    partner.goto(address(practice))
    partner.fill(TITLE, "The last word")

    partner.goto("/en/")

    for _try in range(50):
        if WorkingCopy.objects.exists():
            break
        partner.wait_for_timeout(100)
    partner.goto(address(practice))
    assert partner.input_value(TITLE) == "The last word"


def test_after_the_session_has_ended_she_signs_in_elsewhere_and_goes_on(people, nina, practice):
    partner = people(nina)
    partner.goto(address(practice))
    Session.objects.all().delete()
    partner.fill(TITLE, "After the session")
    partner.locator(STATE, has_text="you are signed out").wait_for()

    with partner.context.expect_page() as opened:
        partner.get_by_role("link", name="Sign in in another window").click()
    other = opened.value
    other.fill("input[name=login]", nina.email)
    other.fill("input[name=password]", PASSWORD)
    other.press("input[name=password]", "Enter")
    other.wait_for_url("**/my/")
    other.close()
    partner.evaluate("window.dispatchEvent(new Event('focus'))")

    is_kept(partner)
    press(partner, "Save")
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "After the session"


def test_signing_out_leaves_nothing_in_the_browser(people, nina, practice):
    partner = people(nina)
    partner.goto(address(practice))
    partner.context.route("**/autosave/", lambda route: route.abort())
    partner.fill(TITLE, "For me alone")
    partner.locator(STATE, has_text="Not saved").wait_for()
    kept = "JSON.stringify(localStorage)"
    assert "For me alone" in partner.evaluate(kept)

    partner.on("dialog", lambda dialog: dialog.accept())
    press(partner, "Sign out")

    assert "For me alone" not in partner.evaluate(kept)


def test_two_windows_do_not_overwrite_each_other_unseen(people, nina, practice):
    first = people(nina)
    second = first.context.new_page()
    first.goto(address(practice))
    second.goto(address(practice))
    first.fill(TITLE, "In the first")
    is_kept(first)

    second.fill("#id_summary_en", "In the second")

    second.locator(STATE, has_text="in another window, too").wait_for()
    assert WorkingCopy.objects.get().typed["title_en"] == ["In the first"]
    press(first, "Save")
    press(second, "Save")
    assert second.locator("h1").inner_text() == "You have changed this draft elsewhere"
    press(second, "Save what I chose")
    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.title.data["en"], draft.summary.data["en"]) == ("In the first", "In the second")


def test_what_the_other_window_could_not_bring_is_hers_to_choose(people, nina, practice):
    first = people(nina)
    second = first.context.new_page()
    first.goto(address(practice))
    second.goto(address(practice))
    first.fill(TITLE, "In the first")
    is_kept(first)
    second.fill(TITLE, "In the second")
    second.locator(STATE, has_text="in another window, too").wait_for()
    first.close()

    second.on("dialog", lambda dialog: dialog.accept())
    second.goto(address(practice))
    assert second.input_value(TITLE) == "In the first"
    with second.expect_navigation():
        second.get_by_role("button", name="Put it into the form").click()

    second.get_by_text("You typed this until").wait_for()
    assert second.input_value(TITLE) == "In the second"


def test_another_saves_meanwhile_and_both_texts_are_there_on_coming_back(people, nina, janez, practice):
    partner = people(nina)
    partner.goto(address(practice))
    save(practice, janez, title={"en": "By Janez", "sl": "Dan odprtih dvorišč"})
    partner.fill(TITLE, "By Nina")
    partner.locator(STATE, has_text="Janez Zupan saved this draft first").wait_for()

    partner.goto(address(practice))
    assert partner.locator("h1").inner_text() == "Somebody else has changed this draft"
    press(partner, "Drop my changes")

    assert partner.input_value(TITLE) == "By Janez"
    assert not WorkingCopy.objects.exists()


def test_a_new_one_is_there_again_after_a_reload_and_on_my_work(people, nina):
    partner = people(nina)
    partner.goto("/en/practices/new/")
    partner.fill(TITLE, "Never saved")
    is_kept(partner)

    partner.reload()
    assert partner.input_value(TITLE) == "Never saved"
    partner.goto("/en/my/")
    partner.get_by_role("link", name="Never saved").click()
    press(partner, "Drop it")

    assert partner.input_value(TITLE) == ""
    assert not WorkingCopy.objects.exists()
    assert User.objects.get(pk=nina.pk).working_copies.count() == 0


def test_what_the_browser_alone_has_of_a_new_one_is_found_again(people, nina):
    partner = people(nina)
    partner.goto("/en/practices/new/")
    dies(partner)
    partner.fill(TITLE, "On the train")
    partner.locator(STATE, has_text="Not saved").wait_for()
    partner.goto("about:blank")
    lives(partner)
    partner.wait_for_timeout(500)  # what was sent while the page was closed may arrive now
    WorkingCopy.objects.all().delete()

    partner.goto("/en/practices/new/")
    partner.get_by_role("link", name="Open the form to which it belongs").click()

    partner.get_by_text("You typed this until").wait_for()
    assert partner.input_value(TITLE) == "On the train"


def test_without_scripts_nothing_is_different(people, nina, practice):
    partner = people(nina, java_script_enabled=False)
    partner.goto(address(practice))
    assert partner.locator(STATE).is_visible() is False

    partner.fill(TITLE, "By hand")
    press(partner, "Save")

    assert not WorkingCopy.objects.exists()
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "By hand"


def test_of_a_new_one_it_says_one_thing(people, nina, organisation):
    page = people(nina)
    page.goto(reverse("practices:new"))
    assert page.get_by_text("Not saved yet").is_visible()

    page.fill(TITLE, "Before")

    page.locator(STATE, has_text="“Save” makes it a draft").wait_for()
    assert page.get_by_text("Not saved yet").is_hidden()
