"""Job two, walked in a real browser: an editor makes a study visit with its page in two languages, and it comes and goes."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from accounts.models import User
from catalogue.models import Entry
from events.models import Event, WorkshopPage
from operations.scheduled import publish_scheduled
from tests.factories import GoodPracticeFactory, UserFactory, publish, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, NASLOV = "Two days with the region’s go-between", "Dva dneva s posrednico regije"


@pytest.fixture
def editor(people):
    page = people(UserFactory(role=User.Role.EDITOR), viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(20_000)
    return page


@pytest.fixture
def visitor(chromium, live_server):
    """Without an account, reading in the browser; and what machines get."""
    base_url = live_server.url.replace("localhost", "127.0.0.1")
    with chromium.new_context(base_url=base_url, locale="en-GB") as context:
        yield context.new_page()


@pytest.fixture
def practice(transactional_db):
    return publish(GoodPracticeFactory(title=texts("A go-between for the region", "Posrednica za regijo")))


def at(monkeypatch, moment) -> None:
    """`manage.py tick` is run at this time."""
    monkeypatch.setattr("operations.scheduled.timezone.now", lambda: moment)
    monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: moment)
    publish_scheduled()


def tab(page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def press(page, name: str) -> None:
    """A button of the form's footer; all but the main one are in its menu."""
    button = page.locator("footer").get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        page.locator("footer").get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        button.click()


def schedule(page, moment) -> None:
    """Beside the form: when it is to go live. With the keyboard, as the calendars that open lie over the button."""
    beside = page.get_by_role("button", name="Toggle status")
    if beside.get_attribute("aria-expanded") != "true":  # it stays as it was left
        beside.click()
    page.get_by_role("button", name="Set schedule").click()
    page.fill("#id_go_live_at", localtime(moment).strftime("%Y-%m-%d %H:%M"))
    page.get_by_role("button", name="Save schedule").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "Schedule to publish")


def open_event(page, event) -> None:
    page.goto(f"/cms/snippets/events/event/edit/{event.pk}/")


def make_the_visit(page, practice) -> Event:
    page.goto("/cms/")
    page.get_by_role("button", name="Content").click()
    page.get_by_role("link", name="Events", exact=True).first.click()
    page.get_by_role("link", name="Add event").first.click()
    page.fill("#id_title_0", TITLE)
    page.fill("#id_title_1", NASLOV)
    page.fill("#id_summary_0", "See the manager at work, hear from the firms.")
    tab(page, "When and where")
    page.fill("#id_starts_on", "2027-04-15")
    page.fill("#id_starts_at", "09:00")
    page.fill("#id_ends_on", "2027-04-16")
    page.fill("#id_ends_at", "16:30")
    page.fill("#id_town", "Ptuj")
    page.select_option("#id_country", "SI")
    tab(page, "Programme and people")
    page.locator("#id_practices-0-record-chooser, [id^=id_practices-0]").get_by_role("button").first.click()
    page.get_by_role("dialog").get_by_role("link", name=str(practice)).click()
    press(page, "Save draft")
    return Event.objects.get()


def write_its_page(page, event, language: str, begin_with: str) -> None:
    open_event(page, event)
    tab(page, "Its pages")
    page.get_by_role("row", name=language).get_by_role("link", name="Write its page").click()
    page.get_by_label(begin_with).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Write its page").click()


def add_text(page, words: str) -> None:
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    type_text(page, words)


def type_text(page, words: str) -> None:
    """In place of what stands in the first text."""
    page.locator("[data-contentpath=body] .public-DraftEditor-content").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
    # the editor of texts writes into its form a little later
    written = page.locator("[data-contentpath=body] input[type=hidden][name$=-value]")
    expect(written.first).to_have_value(re.compile(re.escape(words)))


def feed(page) -> list[dict]:
    calendar = icalendar.Calendar.from_ical(page.request.get("/feeds/events.ics").text())
    return [dict(event) for event in calendar.walk("VEVENT")]


def status(page, path: str) -> int:
    return page.goto(path).status


def test_a_study_visit_with_its_page_in_two_languages(editor, visitor, practice, monkeypatch):
    monday = now() + timedelta(days=3)

    # She makes the visit, and writes its page: first in English, then beginning with a copy in Slovenian.
    event = make_the_visit(editor, practice)
    write_its_page(editor, event, "English", "The programme, the speakers")
    add_text(editor, "Bring stout shoes.")
    press(editor, "Save draft")
    write_its_page(editor, event, "Slovenian", "A copy of the page in English")
    type_text(editor, "Obujte trdne čevlje.")
    press(editor, "Save draft")
    english, slovenian = (WorkshopPage.objects.get(language=code) for code in ("en", "sl"))

    # She looks at what visitors will see.
    editor.goto(f"/cms/pages/{slovenian.pk}/view_draft/")
    assert editor.locator("h1").inner_text() == NASLOV
    assert "Obujte trdne čevlje." in editor.locator("main").inner_text()

    # All is to be published on Monday; the English page may be public before: nobody sees it without its event.
    editor.goto(f"/cms/pages/{english.pk}/edit/")
    press(editor, "Publish")
    editor.goto(f"/cms/pages/{slovenian.pk}/edit/")
    schedule(editor, monday)
    open_event(editor, event)
    schedule(editor, monday)
    at(monkeypatch, monday - timedelta(minutes=1))
    assert (Entry.objects.of_kind("events").count(), feed(visitor)) == (0, [])
    assert status(visitor, english.url_path) == 404

    at(monkeypatch, monday + timedelta(minutes=1))
    address = f"/en/events/{Entry.objects.visible().get(kind='events').slug}/"
    calendar = it_is_everywhere(visitor, event, practice, address)
    she_changes_it_and_all_follows(editor, visitor, event, address, calendar)
    she_withdraws_it_and_all_goes(editor, visitor, event, address)


def it_is_everywhere(visitor, event, practice, address) -> dict:
    """List, page in both languages, month, calendar files, API; returns its entry in the feed."""
    visitor.goto("/en/events/")
    visitor.get_by_role("link", name=TITLE).first.click()
    assert visitor.url.endswith(address)
    assert "Bring stout shoes." in visitor.locator("main").inner_text()
    assert visitor.get_by_role("link", name="A go-between for the region").count() == 1
    visitor.get_by_role("link", name="Slovenščina").first.click()
    assert "Obujte trdne čevlje." in visitor.locator("main").inner_text()
    visitor.goto("/en/events/calendar/?month=2027-04")
    assert visitor.get_by_role("link", name=TITLE).count() >= 1
    [calendar] = feed(visitor)
    assert (calendar["UID"], calendar["DTSTART"].dt.isoformat()) == (str(event.uid), "2027-04-15T09:00:00+02:00")
    own = icalendar.Calendar.from_ical(visitor.request.get(address.removesuffix("/") + ".ics").text())
    assert [each["UID"] for each in own.walk("VEVENT")] == [str(event.uid)]
    document = visitor.request.get(f"/api/v1/events/{event.uid}/").json()
    assert (document["start"], document["practices"][0]["uid"]) == ("2027-04-15T07:00:00Z", str(practice.uid))
    return calendar


def she_changes_it_and_all_follows(editor, visitor, event, address, calendar) -> None:
    open_event(editor, event)
    editor.fill("#id_title_0", "Three days with the go-between")
    press(editor, "Publish")
    visitor.goto(address)
    assert visitor.locator("h1").inner_text() == "Three days with the go-between"
    assert "Bring stout shoes." in visitor.locator("main").inner_text()
    [changed] = feed(visitor)
    assert changed["SUMMARY"] == "Three days with the go-between"
    assert changed["SEQUENCE"] > calendar["SEQUENCE"]


def she_withdraws_it_and_all_goes(editor, visitor, event, address) -> None:
    editor.goto(f"/cms/snippets/events/event/unpublish/{event.pk}/")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Withdraw").click()
    assert status(visitor, address) == 410
    assert "Bring stout shoes." not in visitor.locator("body").inner_text()
    assert feed(visitor) == []
    assert visitor.request.get(f"/api/v1/events/{event.uid}/").status == 410
    changes = visitor.request.get("/api/v1/changes/?since=0&kind=events").json()["results"]
    assert [each["op"] for each in changes] == ["delete"]
    visitor.goto("/en/events/?when=all")
    assert visitor.get_by_role("link", name="Three days with the go-between").count() == 0
