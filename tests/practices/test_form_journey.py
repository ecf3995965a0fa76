"""The whole template, walked in a real browser: with JavaScript and the keyboard alone, and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from practices.models import GoodPractice
from tests.practices.writing import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = "fields => fields.filter(field => /-title_en$/.test(field.name)).map(field => field.value)"


def title_of(page, number):
    return page.locator("#building_blocks-items [name$='-title_en']").nth(number)


def titles(page) -> list[str]:
    return page.locator("#building_blocks-items input[type=text]").evaluate_all(TITLES)


def saved_titles() -> list[str]:
    return [block.title.data["en"] for block in GoodPractice.objects.get().latest_draft().building_blocks.all()]


def focused(page, selector) -> None:
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)


def tab_to(page, selector, backwards=False):
    for _press in range(600):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def press(page, selector, *, said, **how):
    """Reach a button by Tab, press Enter, and hear what is said."""
    tab_to(page, selector, **how)
    page.keyboard.press("Enter")
    page.wait_for_function("said => document.querySelector('#said').textContent.trim() === said", arg=said)


def test_blocks_are_written_and_moved_in_place_with_the_keyboard_alone(people, nina):
    page = people(nina)
    page.goto("/en/practices/new/")
    tab_to(page, "[name=entry_type]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#id_title_en")
    page.keyboard.type("Open-yard day")
    page.evaluate("window.stillHere = true")

    for number, title in enumerate(("One", "Two", "Three"), start=1):
        press(page, "button[value='building_blocks:add']", said=f"Building block {number} added.")
        focused(page, f"[name='building_blocks-new{number}-title_en']")
        page.keyboard.type(title)
    press(
        page,
        "button[value='building_blocks:up:new3']",
        said="Building block moved: it is number 2 of 3 now.",
    )
    focused(page, "[value='building_blocks:up:new3']")
    assert titles(page) == ["One", "Three", "Two"]
    press(page, "button[value='building_blocks:remove:new1']", said="Building block taken out, 2 left.", backwards=True)
    focused(page, "[value='building_blocks:add']")
    assert page.evaluate("window.stillHere") is True

    tab_to(page, "button[value=save]:not(.vh)")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert saved_titles() == ["Three", "Two"]
    assert GoodPractice.objects.get().latest_draft().entry_type == "full"


def test_the_same_without_javascript(people, nina):
    page = people(nina, java_script_enabled=False)
    page.goto("/en/practices/new/")
    page.get_by_role("radio", name="The full description").check()
    page.fill("#id_title_en", "Open-yard day")

    for number, title in enumerate(("One", "Two"), start=1):
        with page.expect_navigation():
            page.click("button[value='building_blocks:add']")
        page.locator(f"[name='building_blocks-new{number}-title_en']").fill(title)
    with page.expect_navigation():
        page.click("button[value='building_blocks:up:new2']")
    assert [title_of(page, number).input_value() for number in (0, 1)] == ["Two", "One"]
    assert page.locator("#id_title_en").input_value() == "Open-yard day"
    with page.expect_navigation():
        page.click("button[value='images:add']")
    chosen = {"name": "yard.png", "mimeType": "image/png", "buffer": picture(form="PNG")}
    page.set_input_files("[name='images-new1-file']", chosen)
    with page.expect_navigation():
        page.click("button[value='building_blocks:remove:new1']")
    assert page.locator("#images-items img").get_attribute("width") == "640"
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    assert saved_titles() == ["Two"]
    assert [image.photo.width for image in GoodPractice.objects.get().latest_draft().images.all()] == [640]


def test_a_snapshot_hides_what_it_does_not_ask_but_nothing_that_is_written(people, nina):
    page = people(nina)
    page.goto("/en/practices/new/")
    assert page.locator("#id_how_it_works_en").is_visible() is False
    page.get_by_role("radio", name="The full description").check()
    page.fill("#id_how_it_works_en", "Step by step.")
    page.get_by_role("radio", name="A snapshot").check()
    page.fill("#id_title_en", "Open-yard day")

    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    draft = GoodPractice.objects.get().latest_draft()
    assert (draft.entry_type, draft.how_it_works.data["en"]) == ("snapshot", "Step by step.")
    assert page.locator("#id_how_it_works_en").input_value() == "Step by step."
    assert page.locator("#id_how_it_works_en").is_visible()
    assert page.locator("#id_preconditions_en").is_visible() is False


def test_a_lost_session_takes_nothing_away(people, nina):
    page = people(nina)
    page.goto("/en/practices/new/")
    page.get_by_role("radio", name="The full description").check()
    page.click("button[value='building_blocks:add']")
    title_of(page, 0).fill("Kept")
    page.context.clear_cookies()

    page.click("button[value='building_blocks:add']")

    page.get_by_text("Your text is still here.").wait_for()
    assert titles(page) == ["Kept"]


def violations(page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_a_form_with_parts(people, nina, language, width):
    page = people(nina, viewport={"width": width, "height": 900})
    page.goto(f"/{language}/practices/new/")
    assert violations(page) == []
    page.locator("[name=entry_type][value=full]").check()
    for name in ("building_blocks", "evidence", "links", "images"):
        page.click(f"button[value='{name}:add']")
        page.locator(f"[id='{name}-new1']").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
