"""Walked in a real browser: a reader suggests a change and writes a message, those who answer for the record answer."""

import re

import pytest
from post_office.models import Email

from feedback import guards
from feedback.models import Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Browsers of tests write faster than people."""
    monkeypatch.setattr(guards, "QUICKEST", 0)


@pytest.fixture
def tab(chromium, live_server):
    """A stranger's: `tab(java_script_enabled=False)`."""
    opened = []

    def tab(**options):
        address = live_server.url.replace("localhost", "127.0.0.1")
        opened.append(chromium.new_context(base_url=address, locale="en-GB", **options))
        return opened[-1].new_page()

    yield tab
    for context in opened:
        context.close()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def suggest(reader):
    follow(reader, "Suggest a change")
    press(reader, "Send the suggestion")
    assert reader.get_by_role("alert").locator("li").all_inner_texts() == [
        "What should be changed: Write what should be changed."
    ]
    reader.get_by_label("What it is about").select_option("How it works")
    reader.get_by_label("What should be changed").fill("There are two offices now.")
    reader.get_by_label("Your e-mail address").fill("luka@example.com")
    press(reader, "Send the suggestion")
    assert "read your suggestion next" in reader.locator("main").inner_text()


def write(reader):
    follow(reader, "Write to those who answer for it")
    reader.get_by_label("Your name").fill("Luka Horvat")
    reader.get_by_label("Your e-mail address").fill("luka@example.com")
    reader.get_by_label("Subject").fill("A visit in May")
    reader.get_by_label("Message").fill("May we come?\n\nWe are six.")
    press(reader, "Send the message")
    assert "Your message is on its way" in reader.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_suggests_and_writes_and_is_answered(people, tab, practice, nina, scripts):
    reader = tab(java_script_enabled=scripts)
    reader.goto(f"/en/practices/{practice.slug}/")

    suggest(reader)
    write(reader)

    partner = people(nina, java_script_enabled=scripts)
    assert "There are two offices now." in partner.locator("main").inner_text()
    follow(partner, "Open yards")
    assert "One office answers all questions." in partner.locator("main").inner_text()
    press(partner, "Decline with this answer")
    assert "Say why you decline the suggestion." in partner.get_by_role("alert").inner_text()
    partner.get_by_label("Your answer").fill("The second one closed in May.")
    press(partner, "Decline with this answer")
    assert "Your answer is kept" in partner.locator("main").inner_text()

    assert Suggestion.objects.get().state == "declined"
    answer = Email.objects.order_by("pk").last()
    assert (answer.to, "The second one closed in May." in answer.message) == (["luka@example.com"], True)
    message = Email.objects.get(to="nina@example.org", subject__startswith="A visit in May")
    assert "> May we come?\n>\n> We are six." in message.message


def test_the_address_and_the_citation_are_copied_with_one_press(context, page, practice):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/en/practices/{practice.slug}/")
    page.locator("[data-copy=address-to-pass-on]").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/id/{practice.uid}/")

    follow(page, "Cite it")
    page.locator("[data-copy=bibtex]").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert re.match(r"@misc\{mer-open-yards-1,\n", page.evaluate("navigator.clipboard.readText()"))


def test_without_scripts_the_address_stands_there_to_be_selected(tab, practice):
    page = tab(java_script_enabled=False)
    page.goto(f"/en/practices/{practice.slug}/")

    assert page.get_by_label("Address to pass on").input_value().endswith(f"/id/{practice.uid}/")
    assert page.get_by_role("button", name="Copy").count() == 0
