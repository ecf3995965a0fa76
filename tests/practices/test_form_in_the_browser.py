"""The form of a practice at a slow server, in a narrow window, and with the keyboard alone."""

import pytest

from practices.models import BuildingBlock, GoodPractice
from tests.practices.writing import begun, save, whole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOVE_DOWN = "button[value^='building_blocks:down']"


@pytest.fixture
def practice(nina, organisation):
    practice = begun(nina, organisation, whole)
    blocks = [BuildingBlock(title={"en": title}) for title in ("One", "Two")]
    return save(practice, nina, building_blocks=blocks, entry_type="full")


def saved_titles() -> list[str]:
    return [block.title.data["en"] for block in GoodPractice.objects.get().latest_draft().building_blocks.all()]


def answers_late(page, practice, then="continue_"):
    """What htmx asks is answered when a second is over."""

    def wait(route):
        if "hx-request" not in route.request.headers:
            return route.continue_()
        page.wait_for_timeout(1000)
        getattr(route, then)()

    page.route(f"**/my/practices/{practice.uid}/", wait)


def test_who_saves_before_a_move_is_answered_saves_the_move(people, nina, practice):
    page = people(nina)
    page.goto(f"/en/my/practices/{practice.uid}/")
    answers_late(page, practice)

    page.locator(MOVE_DOWN).first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("The draft is saved.").wait_for()
    assert saved_titles() == ["Two", "One"]


def test_who_submits_a_form_meanwhile_submits_what_she_added(people, nina, practice):
    page = people(nina)
    page.goto(f"/en/my/practices/{practice.uid}/")
    answers_late(page, practice)

    page.locator("button[value^='building_blocks:remove']").first.click()
    page.fill("#id_title_en", "Typed while it was under way")
    with page.expect_navigation():
        page.get_by_role("button", name="Preview", exact=True).click()

    assert page.url.endswith("/preview/")
    assert saved_titles() == ["Two"]
    assert GoodPractice.objects.get().latest_draft().title.data["en"] == "Typed while it was under way"


def test_where_the_move_fails_nothing_is_saved_without_it(people, nina, practice):
    page = people(nina)
    page.goto(f"/en/my/practices/{practice.uid}/")
    answers_late(page, practice, then="abort")

    page.locator(MOVE_DOWN).first.click()
    page.get_by_role("button", name="Save", exact=True).click()

    page.locator("#said:not(.vh)", has_text="That did not work").wait_for()
    assert page.locator("#said").evaluate("said => said.getBoundingClientRect().top > 0")
    assert page.get_by_text("The draft is saved.").count() == 0
    page.unroute_all()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    assert saved_titles() == ["One", "Two"]


WIDTHS = [
    pytest.param({"width": 1280, "height": 900}, id="wide"),
    pytest.param({"width": 360, "height": 740}, id="narrow"),
    pytest.param({"width": 740, "height": 360}, id="low"),
]
# Whether the focused control lies outside of the window, behind the bar below, or behind the languages above; of what is
# high, browsers show the line with the caret.
COVERED = """() => {
  const control = document.activeElement;
  if (!control.closest("form.form") || control.closest(".save, .tabs")) return false;
  const shown = (control.closest("label") || control).getBoundingClientRect();
  const over = [".save", ".tabs"].map((selector) => document.querySelector(selector).getBoundingClientRect());
  const hidden = ({ top, bottom }) => Math.min(shown.bottom, bottom) - Math.max(shown.top, top);
  const behind = over.map(hidden).filter((height) => height > 0.5).reduce((sum, height) => sum + height, 0);
  const outside = Math.max(0, -shown.top) + Math.max(0, shown.bottom - innerHeight);
  const seen = shown.height - behind - outside;
  return seen < Math.min(shown.height, 44) - 0.5;
}"""


@pytest.mark.parametrize("viewport", WIDTHS)
@pytest.mark.parametrize("language", ["en", "sl"])
def test_nothing_that_has_the_focus_is_covered(people, nina, practice, viewport, language):
    page = people(nina, viewport=viewport)
    page.goto(f"/{language}/my/practices/{practice.uid}/")
    page.evaluate(  # the longest that the bar says
        """() => {
            const bar = document.querySelector("[data-keeping]");
            bar.hidden = false;
            bar.querySelector("a").hidden = false;
            bar.firstElementChild.textContent = bar.dataset.signedOut;
        }"""
    )
    page.locator("#id_title_en").focus()

    covered = []
    for key in ("Tab", "Shift+Tab"):
        for _press in range(110):
            page.keyboard.press(key)
            if page.evaluate(COVERED):
                covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert covered == []


@pytest.mark.parametrize("with_script", [True, False])
def test_a_snapshot_shows_what_it_publishes(people, nina, practice, with_script):
    save(
        practice, nina, building_blocks=[], entry_type="full", problem_and_context={"en": "Nobody knew."}, author="Nina"
    )
    page = people(nina, java_script_enabled=with_script)
    page.goto(f"/en/my/practices/{practice.uid}/")
    page.get_by_role("radio", name="A snapshot").check()

    def shown() -> list[str]:
        return [
            each
            for each in page.locator(".sect > h2").all_inner_texts()
            if page.locator("h2", has_text=each).is_visible()
        ]

    assert shown() == ["In short", "What was done", "State and time", "Topics and places", "Who stands behind it"]
    told = page.get_by_text("This is published, too; empty it if it shall not be.")
    assert [each.is_visible() for each in told.all()].count(True) == 3  # those two, and who wrote it

    page.get_by_role("radio", name="The full description").check()
    assert [each.is_visible() for each in told.all()].count(True) == 0
    page.fill("#id_preconditions_en", "A yard.")
    page.get_by_role("radio", name="A snapshot").check()
    assert "Passing it on" in shown()

    page.fill("#id_preconditions_en", "")
    assert "Passing it on" not in shown()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    assert shown() == ["In short", "What was done", "State and time", "Topics and places", "Who stands behind it"]
    links = page.locator("#progress a")
    assert [each.inner_text() for each in links.all() if each.is_visible()] == shown()


@pytest.mark.parametrize("name", ["Status", "Topics"])
def test_the_link_of_a_check_leads_the_focus_to_its_group(people, nina, practice, name):
    save(practice, nina, status="", topics=[], entry_type="full")
    page = people(nina)
    page.goto(f"/en/my/practices/{practice.uid}/?check")

    page.locator(".checks").get_by_role("link", name=f"{name}:").press("Enter")

    group = page.get_by_role("radiogroup", name=name).or_(page.get_by_role("group", name=name))
    assert page.evaluate("document.activeElement.id").startswith(f"id_{name.lower()}")
    assert group.first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == name.lower()


def test_the_ways_to_the_translations_stand_apart_from_the_first_heading(people, nina, practice):
    page = people(nina, viewport={"width": 360, "height": 740})
    page.goto(f"/en/my/practices/{practice.uid}/")

    ways = page.locator(".to-translate").bounding_box()
    assert page.locator("#in-short-heading").bounding_box()["y"] >= ways["y"] + ways["height"] + 16


def test_nothing_lies_over_the_buttons_that_are_always_at_hand(people, nina, practice):
    page = people(nina, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(f"/en/my/practices/{practice.uid}/")
    what_covers = """() => {
        const box = document.querySelector(".save button[value=save]").getBoundingClientRect();
        if (box.bottom > innerHeight) return "not there yet";
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top?.closest(".save") ? "" : `${top?.outerHTML.slice(0, 80)}`;
    }"""

    covered = []
    for top in range(0, 1000, 20):
        page.evaluate("top => window.scrollTo({top, behavior: 'instant'})", top)
        covered += filter(None, [page.evaluate(what_covers)])

    assert len(covered) < 25  # from somewhere on it is in the window
    assert {*covered} <= {"not there yet"}
