"""Every type of page in a real browser: for eyes, keys and screen readers; light and dark, wide and narrow, with and without
scripts.
"""

import os
from itertools import chain

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import services
from tests.factories import PASSWORD
from tests.pages.furnished import page_types

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 390, 768, 1024, 1440, 1600)
# Each page is seen in both languages, both colours and both widths: in two looks, and the next page in the next two; in the
# long run in all eight.
LOOKS = [
    [("en", "light", 1440), ("sl", "dark", 390)],
    [("en", "dark", 390), ("sl", "light", 1440)],
    [("en", "light", 390), ("sl", "dark", 1440)],
    [("en", "dark", 1440), ("sl", "light", 390)],
]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
}"""
HIDDEN_CELLS = """() => [...document.querySelectorAll('.tbl :is(td, tbody th)')].filter(
  (cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > innerWidth
).map((cell) => cell.textContent)"""
A4 = 673  # CSS pixels between the margins


@pytest.fixture
def world(furnished, transactional_db):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return furnished


@pytest.fixture
def reader(chromium, live_server, world):
    """A tab of its own for somebody: `reader(role, color_scheme="dark")`."""
    contexts = []

    def reader(role: str = "", **options):
        address = live_server.url.replace("localhost", "127.0.0.1")
        context = chromium.new_context(base_url=address, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        if role:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", getattr(world, role).email)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/my/")
        return page

    yield reader
    for context in contexts:
        context.close()


ROLES = [
    "",
    "author",
    "co_author",
    "editor",
    "member",
    "newcomer",
    "outside",
    "partner",
    "reviewer",
    "stranger",
    "superuser",
    "translator",
]


def test_somebody_looks_at_every_page(world):
    assert {page.role for page in page_types(world)} <= set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_to_complain_of(role, reader, world):
    tab = reader(role, reduced_motion="reduce")  # no colour on its way from light to dark
    complaints = {}
    for number, page in enumerate(page_types(world)):
        if page.role == role:
            for language, scheme, width in chain(*LOOKS) if services.LONG else LOOKS[number % len(LOOKS)]:
                if page.url(language) != tab.evaluate("location.pathname + location.search"):
                    tab.goto(page.url(language))
                tab.emulate_media(color_scheme=scheme)
                tab.set_viewport_size({"width": width, "height": 900})
                if found := Axe().run(tab).response["violations"]:
                    told = {each["id"]: [node["target"] for node in each["nodes"]][:3] for each in found}
                    complaints[f"{page.name}, {language}, {scheme}, {width}"] = told

    assert not complaints, "\n".join(f"{each}: {wrong}" for each, wrong in complaints.items())


@pytest.mark.parametrize("role", ROLES)
def test_no_page_is_wider_than_its_window(role, reader, world):
    tab = reader(role)
    wide = {}
    for page in page_types(world):
        if page.role == role:
            tab.goto(page.url("sl"))  # its words are the longer ones
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 900})
                if (over := tab.evaluate(SIDEWAYS)) > 0:
                    wide[f"{page.name} at {width}"] = over

    assert not wide, "\n".join(f"{each}: {over}" for each, over in wide.items())


@pytest.mark.parametrize("path", ["projects/{project.slug}/", "/api/docs/"])
def test_on_a_phone_no_cell_of_a_table_lies_beside_the_screen(path, reader, world):
    tab = reader(viewport={"width": 360, "height": 800})
    path = path.format(project=world.project)

    tab.goto(path if path.startswith("/") else f"/en/{path}")

    assert tab.locator(".tbl td").count() > 0
    assert tab.evaluate(HIDDEN_CELLS) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_of_the_guide_lead_into_its_sections(width, reader):
    tab = reader(viewport={"width": width, "height": 800})
    tab.goto("/api/docs/")
    links = tab.locator("nav.contents a")

    assert min(link.bounding_box()["height"] for link in tab.locator("nav.contents li").all()) >= 24
    links.filter(has_text="Webhooks").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("Math.abs(document.getElementById('webhooks').getBoundingClientRect().top) < 100")
    tab.keyboard.press("Tab")

    assert tab.evaluate("document.activeElement.closest('section').id") == "webhooks"


def test_on_paper_no_page_is_wider_than_the_sheet(reader, world):
    tab = reader(viewport={"width": A4, "height": 900})
    tab.emulate_media(media="print")
    wide = {}
    for page in page_types(world):
        if not page.role:
            tab.goto(page.url("sl"))
            if (over := tab.evaluate(SIDEWAYS)) > 0:
                wide[page.name] = over

    assert wide == {}


def test_the_first_key_leads_past_the_frame_and_every_stop_is_seen(reader):
    tab = reader(viewport={"width": 1440, "height": 900})
    tab.goto("/en/practices/")

    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert tab.locator(":focus").is_visible()
    for _stop in range(25):
        assert tab.evaluate(FOCUS), tab.evaluate("document.activeElement.outerHTML")
        tab.keyboard.press("Tab")

    tab.goto("/en/practices/")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_of_a_narrow_window_opens_by_key_and_leads_on(reader):
    tab = reader(viewport={"width": 390, "height": 900})
    tab.goto("/en/")
    section = tab.locator(".menu-sheet a", has_text="Projects")
    assert not section.is_visible()

    tab.locator("summary", has_text="Menu").focus()
    tab.keyboard.press("Enter")
    section.wait_for(state="visible")
    section.focus()
    tab.keyboard.press("Enter")

    tab.wait_for_url("**/en/projects/")


def test_a_list_is_narrowed_by_keys_alone(reader, world):
    tab = reader(viewport={"width": 1440, "height": 900})
    tab.goto("/en/practices/")
    choice = tab.locator("main input[type=checkbox][name=country]").first

    choice.focus()
    tab.keyboard.press("Space")
    assert choice.is_checked()
    tab.locator("main form:has(input[name=country]) button:not([type=button])").first.focus()
    tab.keyboard.press("Enter")

    tab.wait_for_url("**country=*")
    assert tab.locator("main input[type=checkbox][name=country]:checked").count() == 1


def test_without_scripts_people_search_and_filter_and_sign_in(reader, world):
    tab = reader("partner", java_script_enabled=False, viewport={"width": 1440, "height": 900})
    tab.goto("/en/")

    tab.fill("main input[name=q]", "praksa")
    tab.press("main input[name=q]", "Enter")
    tab.wait_for_url("**/search/?*q=praksa*")
    assert tab.locator("main h2").count() > 0

    tab.goto("/en/practices/")
    tab.locator("main input[type=checkbox][name=country]").first.check()
    tab.locator("main form:has(input[name=country]) button:not([type=button])").first.click()
    tab.wait_for_url("**country=*")

    tab.goto("/en/practices/new/")
    tab.locator("main input[type=text]").first.fill("Written without a script")
    tab.locator("main form button[name=action]:not(.vh)").first.click()
    tab.wait_for_url("**/my/**")
