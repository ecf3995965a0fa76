"""No page on which people write, review or translate asks for what the portal's own content security policy forbids."""

import pytest

from tests.practices.writing import begun, picture, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELL = """document.addEventListener('securitypolicyviolation', (event) =>
  console.error('Refused:', event.violatedDirective, event.sourceFile, event.lineNumber))"""


@pytest.fixture
def watched(people):
    """`watched(nina)`: her page, and all that was refused in it so far."""
    refused: list[str] = []

    def watch(user):
        page = people(user, viewport={"width": 1280, "height": 900})
        page.on("console", lambda said: refused.append(said.text) if "Refused" in said.text else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.add_init_script(TELL)
        return page

    return watch, refused


def press(page, value: str) -> None:
    """A button that changes the form in place."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(f"button[name=change][value='{value}']").first.click()
    page.wait_for_selector(".htmx-request", state="detached")


def save(page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()


def test_it_would_be_noticed(watched, nina):
    watch, refused = watched
    page = watch(nina)
    page.goto("/en/my/")
    with page.expect_console_message(lambda said: "Refused" in said.text):
        page.evaluate("() => { document.createElement('p').innerHTML = '<b style=\"color:red\">x</b>' }")

    assert [line for line in refused if "style-src" in line] != []


def test_the_form_and_its_parts(watched, nina, organisation):
    watch, refused = watched
    page = watch(nina)
    page.goto("/en/practices/new/")
    page.get_by_role("radio", name="The full description").check()
    page.fill("#id_title_en", "Open-yard day")
    for part in ("building_blocks", "evidence", "links", "images", "attachments"):
        press(page, f"{part}:add")
    press(page, "links:add")
    press(page, "links:down:new1")
    chosen = {"name": "yard.png", "mimeType": "image/png", "buffer": picture(form="PNG")}
    page.set_input_files("[id='id_images-new1-file']", chosen)
    press(page, "images:add")
    page.select_option("#id_place_1_country", "SI")
    page.click("#place-1 details.spot summary")
    page.locator("#place-1 [data-pick] svg").wait_for()
    page.fill("#id_place_1_nuts", "korosk")
    page.click("#place-1 [data-find-region]")
    with page.expect_response("**/autosave/"):
        page.click("#place-1 [data-region=SI033]")
    save(page)

    assert refused == []


def test_the_pages_of_two_editors_and_the_translation(watched, nina, organisation):
    watch, refused = watched
    page, practice = watch(nina), begun(nina, organisation)
    page.goto(f"/en/my/practices/{practice.uid}/")
    page.fill("#id_title_en", "Mine")
    practice.save_revision(user=nina)
    practice.title = {"en": "Theirs"}
    practice.save_revision(user=nina)
    save(page)
    page.get_by_role("heading", name="You have changed this draft elsewhere").wait_for()
    for path in (f"my/practices/{practice.uid}/preview/", f"my/translate/{practice.uid}/sl/"):
        page.goto(f"/en/{path}")
    page.fill("#id_title_sl", "Naslov")
    save(page)

    assert refused == []


def test_the_review(watched, nina, organisation, marta):
    practice = submitted(nina, organisation)
    watch, refused = watched
    page = watch(marta)
    page.goto(f"/en/my/reviews/{practice.uid}/")
    page.locator("#field-title summary").first.click()
    page.fill("#field-title [name=comment-title]", "Who says so?")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("#field-title button[value='comment:title']")
    page.get_by_text("Who says so?").first.wait_for()

    assert refused == []
