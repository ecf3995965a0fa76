"""Walked in a real browser: a coordinator invites, a stranger asks, and who coordinated it leaves."""

import re

import pytest
from post_office.models import Email

from tests.partners.walking import follow, heading, joins, press, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    joins(people(luka), coordinator)

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
