"""Walked in a real browser: a coordinator invites, a stranger asks, and who coordinated it leaves."""

import re

import pytest
from django.core import mail
from post_office.models import Email

from tests.accounts.mail import link_in
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def heading(page) -> str:
    return page.locator("h1").inner_text()


def sign_up(page, first_name, email):
    page.fill("input[name=first_name]", first_name)
    page.fill("input[name=last_name]", "Čuk")
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.check("input[name=terms]")
    press(page, "Open the account")
    page.goto(link_in(mail.outbox[-1]))
    press(page, "Confirm the address")


def test_from_an_invitation_to_leaving(people, page, bistra, ida, luka):
    # Ida invites Živa, who has no account.
    coordinator = people(ida)
    coordinator.locator(".util").get_by_role("link", name="My organisations").click()
    follow(coordinator, "Bistra Ptuj")
    follow(coordinator, "Invite a colleague")
    coordinator.get_by_label("E-mail address of your colleague").fill("ziva@example.org")
    press(coordinator, "Send the invitation")
    assert "ziva@example.org" in coordinator.locator("main").inner_text()

    # Živa follows the link of her letter, opens an account, confirms, and accepts.
    link = re.search(r"/en/invitations/\S+/$", Email.objects.get().message, re.MULTILINE)[0]
    page.goto(link)
    assert heading(page) == "You are invited to join Bistra Ptuj"
    follow(page, "Open an account")
    assert page.input_value("input[name=email]") == ""
    sign_up(page, "Živa", "ziva@example.org")
    page.goto("/en/my/")
    page.locator("#waits-for-you").get_by_role("link", name="Bistra Ptuj").click()
    press(page, "Accept")
    assert heading(page) == "Bistra Ptuj"
    assert "Živa Čuk (you)" in page.locator("main").inner_text()

    # Luka looks for the organisation, asks, and is accepted.
    stranger = people(luka)
    stranger.goto("/en/my/organisations/join/")
    stranger.locator("main").get_by_role("searchbox").fill("bistra")
    with stranger.expect_navigation():
        stranger.keyboard.press("Enter")
    follow(stranger, "Ask to join")
    stranger.get_by_label("A few words").fill("I run the archive of the zone.")
    press(stranger, "Send the request")
    assert "waits for an answer" in stranger.locator("main").inner_text()
    coordinator.goto("/en/my/")
    assert "I run the archive of the zone." in coordinator.locator("#waits-for-you").inner_text()
    follow(coordinator, "Bistra Ptuj")
    coordinator.get_by_label("Your words to the person").fill("Welcome!")
    press(coordinator, "Accept")
    stranger.reload()
    assert "Welcome!" in stranger.locator("main").inner_text()

    # Ida hands over to Živa and leaves.
    coordinator.goto(f"/en/my/organisations/{bistra.uid}/leave/")
    follow(coordinator, "Hand over")
    coordinator.get_by_label("Živa Čuk").check()
    press(coordinator, "Hand it over")
    assert "Živa Čuk coordinates Bistra Ptuj now." in coordinator.locator("main").inner_text()
    follow(coordinator, "Leave this organisation")
    press(coordinator, "Leave")
    assert heading(coordinator) == "My organisations"
    roles = dict(bistra.memberships.values_list("user__first_name", "role"))
    assert roles == {"Živa": "coordinator", "Luka": "member"}


def test_without_javascript_an_organisation_is_registered_once(people, luka, ema, bistra):
    page = people(luka, java_script_enabled=False)

    page.goto("/en/my/organisations/join/?q=bistra+sora")
    follow(page, "Register an organisation")
    page.get_by_label("Name in its own language").fill("Bistra Ptuj, center")
    page.get_by_label("Country").select_option("SI")
    press(page, "Register it")
    assert "Is it one of these?" in page.locator("main").inner_text()
    page.get_by_label("It is none of these: register mine.").check()
    press(page, "Register it")
    assert "waits for an answer" in page.locator("main").inner_text()

    editor = people(ema, java_script_enabled=False)
    follow(editor, "Bistra Ptuj, center")
    press(editor, "Accept")
    page.goto("/en/my/organisations/")
    follow(page, "Bistra Ptuj, center")
    assert "Invite a colleague" in page.locator("main").inner_text()
