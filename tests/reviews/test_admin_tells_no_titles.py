"""Who may enter the admin, and nothing more, is told the title of no draft by Wagtail's views of reviews."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.admin import address
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import AdminFactory, UserFactory, reread
from tests.practices.writing import submitted

pytestmark = pytest.mark.django_db
CANARY = "Canary days"
VIEWS = ("workflow_action", "collect_workflow_action_data", "workflow_preview", "confirm_workflow_cancellation")


@pytest.fixture
def porter(db):
    group = Group.objects.create(name="Porters")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    porter = UserFactory()
    porter.groups.add(group)
    browser = Client()
    browser.force_login(reread(porter))
    return browser


@pytest.fixture
def step(nina, organisation):
    """Of another record: it suffices for the address."""
    return submitted(nina, organisation).current_workflow_task_state


def arguments(view, step) -> tuple:
    if view == "confirm_workflow_cancellation":
        return ()
    return (step.task_id,) if view == "workflow_preview" else ("approve", step.pk)


def told(browser, url) -> str:
    """By the answer, and by the next page."""
    answer = browser.get(url)
    assert answer.status_code in (302, 403, 404), url
    return answer.content.decode() + browser.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_of_records(porter, step, factory):
    draft = factory()

    for view in VIEWS:
        page = told(porter, address(draft, view, *arguments(view, step)))
        assert "awaiting moderation" not in page and str(draft) not in page, view


def test_of_pages(porter, step):
    page = Page.get_first_root_node().add_child(instance=Page(title=CANARY, slug="canary", live=False))
    page.save_revision()

    for view in VIEWS:
        url = reverse(f"wagtailadmin_pages:{view}", args=[page.pk, *arguments(view, step)])
        shown = told(porter, url)
        assert "awaiting moderation" not in shown and CANARY not in shown, view


def test_who_may_change_it_is_told_why_nothing_happens(step, client):
    client.force_login(AdminFactory())
    record = reread(step.workflow_state.content_object)
    record.current_workflow_state.cancel()

    client.get(address(record, "workflow_action", "approve", step.pk))

    assert "not currently awaiting moderation" in client.get(reverse("wagtailadmin_home")).content.decode()
