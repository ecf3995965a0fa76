"""A reader goes from a record to what changed in it, wide and narrow, light and dark."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.models import User
from catalogue import reviewing
from tests.factories import (
    PASSWORD,
    GoodPracticeFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    publish,
    republish,
    reread,
    texts,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [("light", 1280), ("dark", 360)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def practice(transactional_db):
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    organisation = publish(OrganisationFactory())
    owner = MembershipFactory(organisation=organisation, role="coordinator").user
    practice = GoodPracticeFactory(
        title=texts("A quiet yard", "Tiho dvorišče"), owner=owner, organisation_in_charge=organisation
    )
    practice = publish(practice)
    return republish(practice, title=texts("A very quiet yard", "Zelo tiho dvorišče"), status="ended")


@pytest.fixture(params=LOOKS, ids=str)
def tab(request, chromium, live_server):
    scheme, width = request.param
    address = live_server.url.replace("localhost", "127.0.0.1")
    context = chromium.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def complaints(tab, within: str | None = None) -> list:
    return [found["id"] for found in Axe().run(tab, context=within).response["violations"]]


def test_a_reader_sees_what_changed_and_compares(tab, practice):
    republish(practice, title=texts("A yard", "Dvorišče"))
    tab.goto(f"/en/practices/{practice.slug}/")

    tab.get_by_role("link", name="What changed in version 3").click()
    tab.get_by_label("Changes since").select_option("1")
    tab.get_by_role("button", name="Compare").click()

    assert tab.url.endswith("/v/3/changes/?since=1")
    assert tab.locator("del").all_text_contents()[1:3] == ["removed: quiet ", "removed: Tiho dvorišče"]
    assert complaints(tab) == []
    assert tab.evaluate(SIDEWAYS) <= 0


def test_a_reviewer_sees_what_is_new_first(tab, practice):
    practice = reread(practice)

    def edit(draft):
        draft.how_it_works = texts("Two offices answer all questions.", "Dve pisarni odgovarjata.")

    known = {"record": practice, "by": practice.owner}
    reviewing.save_draft(**known, edit=edit, expected_revision=practice.latest_revision_id)
    reviewing.submit(**known)
    reviewer = UserFactory(role=User.Role.REVIEWER)
    tab.goto("/accounts/login/")
    tab.fill("input[name=login]", reviewer.email)
    tab.fill("input[name=password]", PASSWORD)
    tab.press("input[name=password]", "Enter")
    tab.wait_for_url("**/my/")

    tab.goto(f"/en/my/reviews/{practice.uid}/")

    changed = tab.get_by_role("region", name="What it changes")
    assert "added: Two offices answer" in changed.text_content()
    assert complaints(tab, ".changed") == []
    assert tab.evaluate(SIDEWAYS) <= 0
