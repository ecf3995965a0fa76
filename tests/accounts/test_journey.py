"""A stranger signs up, confirms, sets up a second factor, comes in with it, and comes in without her telephone."""

import pytest
from django.core import mail

from tests.accounts.mail import link_in
from tests.accounts.test_second_factor import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery staple"


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page):
    page.goto("/accounts/login/?next=/sl/my/")
    page.fill("input[name=login]", "ziva@example.org")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")


def sign_out(page):
    with page.expect_navigation():
        page.locator(".util").get_by_role("button").last.click()


def sign_up(page):
    # She signs up from an English page.
    page.goto("/en/")
    page.get_by_role("link", name="Sign in").first.click()
    page.locator("main").get_by_role("link", name="Open an account").click()
    page.fill("input[name=first_name]", "Živa")
    page.fill("input[name=last_name]", "Čuk")
    page.fill("input[name=email]", "ziva@example.org")
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.check("input[name=terms]")
    press(page, "Open the account")
    assert page.locator("h1").inner_text() == "Look into your mail"

    # Her letter leads to a page that asks, and then into the portal.
    [letter] = mail.outbox
    page.goto(link_in(letter))
    assert "ziva@example.org" in page.locator("main").inner_text()
    press(page, "Confirm the address")
    page.goto("/en/my/")
    assert page.locator("h1").inner_text() == "My work"


def set_up(page) -> tuple[str, list[str]]:
    """The app's key, and the codes to keep."""
    page.locator(".util").get_by_role("link", name="Preferences").click()
    page.locator("main").get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="Set up a second factor").click()
    page.fill("input[name=password]", PASSWORD)
    press(page, "Go on")
    assert page.locator("img.qr").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    secret = page.locator("code.secret").inner_text()
    page.fill("input[name=code]", code_of(secret, 0))
    press(page, "Set it up")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    return secret, codes


def test_from_a_stranger_to_two_factors_and_back_without_a_telephone(page):
    sign_up(page)
    secret, codes = set_up(page)
    sign_out(page)

    # Her password alone lets nobody in; with the app's code she is in.
    sign_in(page)
    page.goto("/en/my/")
    assert page.locator("h1").inner_text() == "The second factor"
    page.fill("input[name=code]", code_of(secret, 1))
    with page.expect_navigation():
        page.press("input[name=code]", "Enter")
    assert page.url.endswith("/my/")
    sign_out(page)

    # She has lost her telephone: a code from the paper, which is good once.
    for code, lets_in in ((codes[3], True), (codes[3], False)):
        sign_in(page)
        page.fill("input[name=code]", code)
        with page.expect_navigation():
            page.press("input[name=code]", "Enter")
        assert page.url.endswith("/sl/my/") == lets_in
        if lets_in:
            sign_out(page)
