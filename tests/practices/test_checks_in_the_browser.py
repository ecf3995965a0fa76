"""From the check to the field, in a real browser: who writes, then who reviews, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from operations.models import LinkCheck
from practices.models import Evidence, PracticeLink
from tests.factories import GoodPracticeFactory, publish, texts
from tests.practices.writing import begun, save

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "https://site.example/a-page-with-a-rather-long-address/that-does-not-break"
WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 740}}


def violations(page) -> list[str]:
    found = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in Axe().run(page).response["violations"]]
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["wider than the window"] if wider else [])]


@pytest.fixture
def practice(nina, organisation):
    """With something of everything that a check finds."""
    publish(GoodPracticeFactory(title=texts("OPEN GATES EVERY MAY", "Vrata")))
    LinkCheck.objects.create(address=PAGE, state="dead", reason="gone", status=404, checked=timezone.now())
    return save(
        begun(nina, organisation),
        nina,
        title={"en": "OPEN GATES EVERY MAY"},
        summary={},
        evidence=[Evidence(indicator={"en": "Visitors"}, value=900)],
        links=[PracticeLink(title={"en": "More"}, url=PAGE)],
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_check_to_the_field(people, nina, marta, practice, width, scheme):
    page = people(nina, viewport=WIDTHS[width], color_scheme=scheme)
    page.goto(f"/en/my/practices/{practice.uid}/")
    assert page.get_by_text("1 thing to put right, 5 hints").is_visible()
    page.get_by_role("link", name="Show them").click()

    assert page.locator(".checks .must").all_inner_texts() == [
        "To put right Summary (English): This text is needed in English, the original language."
    ]
    assert violations(page) == []
    page.get_by_role("link", name="Link 1: Address: The link led nowhere").click()
    assert page.locator(":target").input_value() == PAGE
    page.get_by_role("link", name="Summary (English)").click()
    page.fill("#id_summary_en", "Firms and schools meet for one day of each year.")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit").last.click()

    page = people(marta, viewport=WIDTHS[width], color_scheme=scheme)
    page.goto(f"/en/my/reviews/{practice.uid}/")
    assert page.get_by_text("5 hints").is_visible()
    assert violations(page) == []
    page.locator(".checks").get_by_role("link", name="Link 1: Address: The link led nowhere").click()
    assert page.locator(":target").inner_text().startswith("Link 1")


def test_a_hint_for_another_language_leads_to_its_text(people, nina, organisation):
    practice = save(begun(nina, organisation), nina, title={"en": "Open gates", "sl": "Odprta vrata"})
    page = people(nina)
    page.goto(f"/en/my/practices/{practice.uid}/?check")
    assert not page.locator("#id_summary_sl").is_visible()

    page.get_by_role("link", name="(Slovenian): The translation into Slovenian is begun").press("Enter")

    assert page.locator(":target").is_visible()
    assert page.locator(":target").get_attribute("id").endswith("_sl")
    assert page.evaluate("document.activeElement === document.querySelector(':target')")
