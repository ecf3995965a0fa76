"""A translation goes stale, its reader is told, and it is mended beside its original."""

import pytest

from tests.factories import republish, reread
from tests.translations.sending import SUMMARY, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
NARROWER_THAN_ITS_PAGE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def mistakes_of(page):
    """What axe finds, and whether the page is wider than the window."""
    from axe_playwright_python.sync_playwright import Axe

    found = [each["id"] for each in Axe().run(page).response["violations"]]
    return found + ["too wide"] * page.evaluate(NARROWER_THAN_ITS_PAGE)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_translation_goes_stale_and_is_mended(people, nina, practice, viewport, scheme):
    block = practice.building_blocks.get()
    block.title = {"en": "The long pipe", "sl": "Cev"}
    block.save()
    practice = republish(reread(practice), summary=SUMMARY | {"en": "Waste heat warms two schools."})
    page = people(nina, viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page.set_default_timeout(40_000)  # on a busy machine

    # Whoever reads the translation is told which texts are behind.
    page.goto(f"/sl/practices/{practice.slug}/")
    assert page.locator(".behind").count() == 2
    assert mistakes_of(page) == []

    # Its author finds the way, and sees what changed.
    page.goto(f"/en/my/practices/{practice.uid}/")
    assert "older than the original" in page.locator("#id_summary_group").text_content()
    assert "2 texts to look at" in page.locator(".tabs").inner_text()
    assert mistakes_of(page) == []
    page.locator(".to-translate").get_by_role("link", name="Slovenian").click()
    page.wait_for_url(f"**{address(practice)}")
    assert mistakes_of(page) == []
    summary = page.get_by_role("group", name="Summary", exact=True)
    summary.get_by_text("What changed in it since").click()
    assert "two schools" in summary.locator("ins").inner_text()
    page.get_by_role("radio", name="Only what needs work").check()
    assert not page.get_by_role("group", name="Title", exact=True).is_visible()
    assert mistakes_of(page) == []

    # One text is mended, of the other it is said that it still fits.
    page.fill("#id_summary_sl", "Odpadna toplota greje dve šoli.")
    page.get_by_role("checkbox", name="It still fits as it is").last.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).last.click()
    assert "The translation is saved in the draft." in page.inner_text("main")
    assert page.get_by_text("older than the original").count() == 0

    # What still fits is right in public at once; the mended text when it is published.
    page.goto(f"/sl/practices/{practice.slug}/")
    assert page.locator(".behind").count() == 1
    republish(reread(practice).latest_draft())
    page.reload()
    assert page.locator(".behind").count() == 0
