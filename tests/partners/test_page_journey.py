"""A coordinator in a real browser: she writes the page of her organisation, with its logo, and submits it."""

import pytest

from partners.models import Organisation
from tests.practices.writing import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = "image => image.decode().then(() => image.naturalWidth)"
LOGO = {"name": "logo.png", "mimeType": "image/png", "buffer": picture((300, 100), "PNG", "RGBA", (200, 30, 30, 0))}


@pytest.mark.parametrize("with_script", [True, False])
def test_from_her_organisation_to_a_draft_with_a_logo(people, ida, bistra, with_script):
    page = people(ida, java_script_enabled=with_script)

    page.goto(f"/en/my/organisations/{bistra.uid}/")
    page.get_by_role("link", name="Page and logo").click()
    page.get_by_role("radio", name="Side by side").check()
    page.fill("#id_description_en", "Advises ten areas.")
    page.set_input_files("#id_logo", LOGO)
    with page.expect_navigation():
        page.get_by_role("button", name="Submit", exact=True).click()
    alert = page.get_by_role("alert").locator("li.must a").all_inner_texts()
    assert alert == [
        "What the picture shows (Slovenian): Say in Slovenian what the picture shows, for those who cannot see it."
    ]
    page.get_by_role("radio", name="Side by side").check()
    page.fill("#id_logo_alt_sl", "Rdeča riba")
    with page.expect_navigation():
        page.get_by_role("button", name="Preview", exact=True).click()

    assert "Advises ten areas." in page.locator("main").inner_text()
    assert page.get_by_role("img", name="Rdeča riba").evaluate(WIDTH) == 300
    draft = Organisation.objects.get(pk=bistra.pk).latest_draft()
    assert (draft.description.data["en"], draft.logo_alt.data["sl"]) == ("Advises ten areas.", "Rdeča riba")
