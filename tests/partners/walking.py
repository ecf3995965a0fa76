"""What people do in a browser until they belong to an organisation."""

from django.core import mail

from tests.accounts.mail import link_in
from tests.factories import PASSWORD


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


def joins(stranger, coordinator):
    """Looks for the organisation, asks, and is accepted."""
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
