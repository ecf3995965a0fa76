"""A place is found and pointed at in a real browser: by keyboard alone, on a phone, and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from catalogue.maps.picking import picker
from catalogue.maps.view import kilometres
from practices.models import GoodPractice
from tests.factories import ProjectFactory, ResultFactory, publish, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAP = "#place-1 [data-pick]"
SIZES = pytest.mark.parametrize("width", [1280, 360])


def opened(people, nina, width=1280, **options):
    page = people(nina, viewport={"width": width, "height": 900}, **options)
    page.goto("/en/practices/new/")
    return page


def told(page, words):
    page.locator("#place-1 [data-told]", has_text=words).wait_for()


def spot(page) -> tuple[float, float]:
    return tuple(float(page.input_value(f"#id_place_1_{name}")) for name in ("lat", "lng"))


def violations(page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in Axe().run(page).response["violations"]]


@SIZES
def test_a_region_and_a_spot_are_found_with_the_keyboard_alone(people, nina, width):
    page = opened(people, nina, width)
    page.select_option("#id_place_1_country", "SI")
    page.focus("#id_place_1_nuts")
    page.keyboard.type("korosk")
    page.keyboard.press("Enter")
    page.locator("#place-1 [data-region=SI033]").wait_for()
    assert violations(page) == []
    for _press in range(3):  # the button, the link, the first that was found
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert (page.input_value("#id_place_1_nuts"), page.inner_text("#place-1 [data-regions]")) == ("SI033", "Koroška")

    page.focus("#place-1 details.spot summary")
    page.keyboard.press("Enter")
    page.locator(f"{MAP} svg").wait_for()
    page.focus(MAP)
    page.keyboard.press("ArrowUp")
    told(page, "in this country: Slovenia")
    first = spot(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("+")
    page.keyboard.press("Shift+ArrowRight")
    north, east = (now - was for now, was in zip(spot(page), first, strict=True))
    assert 0.02 < north < 1
    assert -0.1 < east < 0.1
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    [place] = GoodPractice.objects.get().latest_draft().places
    assert (place["country"], place["nuts"], (place["lat"], place["lng"])) == ("SI", "SI033", spot(page))


@SIZES
def test_the_map_has_the_same_grid_as_the_portal(people, nina, width):
    page = opened(people, nina, width)
    page.select_option("#id_place_1_country", "SI")
    page.click("#place-1 details.spot summary")
    page.fill("#id_place_1_lat", "46,42")
    page.fill("#id_place_1_lng", "15.87")
    page.press("#id_place_1_lng", "Tab")
    told(page, "Slovenia")
    view = picker("SI", "en").view

    drawn = page.locator(".picker-mark").get_attribute("d")
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)m", drawn).groups())
    assert (x, y) == pytest.approx(view.pixel(kilometres(46.42, 15.87)), abs=0.01)
    box = page.locator(MAP).bounding_box()
    page.locator(MAP).click(position={"x": x / view.width * box["width"], "y": y / view.height * box["height"]})
    assert spot(page) == pytest.approx((46.42, 15.87), abs=0.02)


def test_a_spot_in_another_country_offers_that_country(people, nina):
    page = opened(people, nina)
    page.select_option("#id_place_1_country", "SI")
    page.click("#place-1 details.spot summary")
    page.fill("#id_place_1_lat", "48.2")
    page.fill("#id_place_1_lng", "16.37")
    page.press("#id_place_1_lng", "Tab")

    page.get_by_text("You chose Slovenia, but the spot lies in Austria.").wait_for()
    page.get_by_role("button", name="Choose Austria").click()
    told(page, "in this country: Austria")
    assert page.input_value("#id_place_1_country") == "AT"
    page.click("#place-1 [data-clear]")
    told(page, "There is no mark yet.")
    assert page.input_value("#id_place_1_lng") == ""


def test_a_code_that_is_typed_is_told_by_its_name(people, nina):
    page = opened(people, nina)
    page.select_option("#id_place_1_country", "SI")
    page.fill("#id_place_1_nuts", "si032")
    page.press("#id_place_1_nuts", "Tab")

    page.locator("#place-1 [data-regions]", has_text="Podravska").wait_for()


def test_a_region_that_is_chosen_is_no_longer_wrong(people, nina):
    page = opened(people, nina)
    page.select_option("#id_place_1_country", "SI")
    page.fill("#id_place_1_nuts", "korosk")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    field = page.locator("#id_place_1_nuts")
    assert (field.get_attribute("aria-invalid"), page.locator("#id_place_1_nuts_error").count()) == ("true", 1)

    page.click("#place-1 [data-find-region]")
    page.click("#place-1 [data-region=SI033]")

    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("SI033", None)
    assert page.locator("#id_place_1_nuts_error, #place-1 .bad").count() == 0
    assert "_error" not in (field.get_attribute("aria-describedby") or "")


def test_the_same_without_javascript(people, nina):
    page = opened(people, nina, java_script_enabled=False)
    page.fill("#id_title_en", "Typed")
    page.fill("#id_place_1_nuts", "korosk")
    with page.expect_navigation():
        page.click("#place-1 [data-find-region]")
    assert page.input_value("#id_title_en") == "Typed"
    with page.expect_navigation():
        page.click("#place-1 [data-region=SI033]")
    values = [page.input_value(f"#id_{name}") for name in ("title_en", "place_1_country", "place_1_nuts")]
    assert values == ["Typed", "SI", "SI033"]
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    assert GoodPractice.objects.get().latest_draft().places[0]["nuts"] == "SI033"


@SIZES
def test_projects_are_looked_for_and_their_results_chosen(people, nina, width):
    for number in range(40):
        ProjectFactory(acronym=f"P{number}", live=True)
    project = ProjectFactory(acronym="ECOLE", title=texts("Old mills", "Stari mlini"))
    ResultFactory(project=project, text=texts("A handbook", "Priročnik"))
    result = str(publish(project).results.get().uid)
    page = opened(people, nina, width)
    page.get_by_role("radio", name="The full description").check()

    page.fill("#id_projects_find", "mills")
    page.press("#id_projects_find", "Enter")
    page.get_by_label("ECOLE: Old mills").check()
    page.click("button[value='find:grew_from']")
    page.get_by_label("ECOLE: A handbook").check()
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    draft = GoodPractice.objects.get().latest_draft()
    assert ([each.acronym for each in draft.projects.all()], draft.grew_from) == (["ECOLE"], [result])
    assert page.get_by_label("ECOLE: A handbook").is_checked()
