"""Whatever way a story becomes public or leaves, visitors read it iff its page and its event are live; drafts never."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from wagtail.models import Page, Workflow

from events.models import Event, WorkshopPage
from operations.scheduled import publish_scheduled
from pages.models import SiteState
from pages.telling import NotPublishable
from tests.admin import drawn_fields
from tests.events.factories import EventFactory
from tests.events.workshop_pages import page_of, told
from tests.factories import AdminFactory, publish, republish, withdraw

pytestmark = [pytest.mark.core, pytest.mark.django_db]

OLD, NEW = "What is public already.", "Canary of the draft."


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def event():
    return publish(EventFactory())


@pytest.fixture
def draft(event):
    """A page that nobody has read yet."""
    return page_of(event, "en", told(NEW), live=False)


@pytest.fixture
def public(event):
    return page_of(event, "en", told(NEW))


def agrees(page) -> bool:
    """What a visitor reads, at once and again, is what `live` says."""
    row = WorkshopPage.objects.filter(pk=page.pk).first()
    event = Event.objects.get(pk=page.event_id)
    answers = [Client().get(f"/en/events/{event.slug}/") for _time in range(2)] if event.slug else []
    shown = {NEW in answer.content.decode() for answer in answers}
    expected = bool(row and row.live and event.live)
    assert shown <= {expected}
    return expected


def later(monkeypatch) -> None:
    moment = now() + timedelta(days=2)
    monkeypatch.setattr("operations.scheduled.timezone.now", lambda: moment)
    monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: moment)
    publish_scheduled()


def send(desk, page, action: str, **typed):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = desk.get(url).content.decode().replace('id="page-edit-form"', 'id="w-editor-form"')
    return desk.post(url, drawn_fields(html) | body_of(page) | typed | {f"action-{action}": "1"})


def body_of(page) -> dict:
    """The story as the script of the admin sends it."""
    blocks = list(page.get_latest_revision_as_object().body)
    fields = {"body-count": str(len(blocks))}
    for number, block in enumerate(blocks):
        fields |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": str(number),
            f"body-{number}-type": block.block_type,
            f"body-{number}-id": block.id or "",
            f"body-{number}-value": json.dumps({"blocks": [_paragraph(block.value.source)], "entityMap": {}}),
        }
    return fields


def _paragraph(source: str) -> dict:
    text = source.removeprefix("<p>").removesuffix("</p>")
    return {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}


# Becoming public


def by_revision(desk, page, monkeypatch):
    page.get_latest_revision().publish()


def by_its_form(desk, page, monkeypatch):
    assert send(desk, page, "publish").status_code == 302


def by_schedule(desk, page, monkeypatch):
    page.go_live_at = now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled()
    assert not agrees(page)
    later(monkeypatch)


def by_workflow(desk, page, monkeypatch):
    workflow = Workflow.objects.get(pk=page.get_workflow().pk)
    state = workflow.start(page, AdminFactory())
    assert not agrees(page)
    state.current_task_state.approve(user=AdminFactory())


def by_several(desk, page, monkeypatch):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    desk.post(f"{url}?id={page.pk}&next=/cms/")


@pytest.mark.parametrize("way", [by_revision, by_its_form, by_schedule, by_workflow, by_several])
def test_a_story_is_read_from_the_moment_it_is_published(desk, draft, way, monkeypatch):
    assert not agrees(draft)
    before = SiteState.objects.current().version

    way(desk, draft, monkeypatch)

    assert agrees(draft)
    assert SiteState.objects.current().version > before


def test_a_first_schedule_shows_nothing(desk, draft):
    draft.go_live_at = now() + timedelta(days=1)
    draft.save_revision().publish()

    assert not agrees(draft)


# Leaving


def unpublished(desk, page, monkeypatch):
    page.unpublish()


def unpublished_in_the_admin(desk, page, monkeypatch):
    desk.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))


def unpublished_with_others(desk, page, monkeypatch):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    desk.post(f"{url}?id={page.pk}&next=/cms/")


def unpublished_as_rows(desk, page, monkeypatch):
    Page.objects.filter(pk=page.pk).unpublish()


def expired(desk, page, monkeypatch):
    page.expire_at = now() + timedelta(days=1)
    page.save_revision().publish()
    assert agrees(page)
    later(monkeypatch)


def deleted(desk, page, monkeypatch):
    page.delete()


def deleted_in_the_admin(desk, page, monkeypatch):
    desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def deleted_with_its_shelf(desk, page, monkeypatch):
    page.get_parent().specific.delete()


def without_its_event(desk, page, monkeypatch):
    withdraw(Event.objects.get(pk=page.event_id))


@pytest.mark.parametrize(
    "way",
    [
        unpublished,
        unpublished_in_the_admin,
        unpublished_with_others,
        unpublished_as_rows,
        expired,
        deleted,
        deleted_in_the_admin,
        deleted_with_its_shelf,
        without_its_event,
    ],
)
def test_a_story_is_gone_from_the_moment_it_leaves(desk, public, way, monkeypatch):
    assert agrees(public)

    way(desk, public, monkeypatch)

    assert not agrees(public)


# Drafts beside what is public


def test_a_newer_draft_waits(desk, event):
    page = page_of(event, "en", told(OLD))
    page.body = WorkshopPage.body.field.to_python(told(NEW))
    page.save_revision()

    read = Client().get(f"/en/events/{event.slug}/").content.decode()
    assert (OLD in read, NEW in read) == (True, False)

    page.get_latest_revision().publish()
    read = Client().get(f"/en/events/{event.slug}/").content.decode()
    assert (OLD in read, NEW in read) == (False, True)


def test_a_page_that_comes_due_after_its_event_was_withdrawn_is_refused(desk, event, monkeypatch):
    page = page_of(event, "en", told(NEW), live=False)
    page.go_live_at = now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    withdraw(event)

    later(monkeypatch)
    monkeypatch.undo()

    page = WorkshopPage.objects.get(pk=page.pk)
    assert (page.live, page.event, page.scheduled_revision) == (False, event, None)
    form = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Should have been published on" in form and "This event has been withdrawn: nobody would see" in form
    republish(event)
    assert not agrees(page)


@pytest.mark.parametrize("way", [by_revision, by_its_form, by_workflow, by_several])
def test_nor_is_it_published_otherwise_until_its_event_is_back(desk, event, draft, way, monkeypatch):
    withdraw(event)

    with suppress(NotPublishable, AssertionError):  # raised by code, and said by the form
        way(desk, draft, monkeypatch)
    assert not WorkshopPage.objects.get(pk=draft.pk).live

    republish(event)
    draft.get_latest_revision().publish()
    assert agrees(draft)


def test_the_draft_of_such_a_page_is_saved_all_the_same(desk, event, draft):
    withdraw(event)

    assert send(desk, draft, "edit").status_code == 302


def test_a_draft_that_comes_due_beside_another_page_is_refused_and_keeps_its_event(desk, event, monkeypatch):
    before = publish(EventFactory())
    late = page_of(before, "en", told(OLD))
    late.event, late.go_live_at = event, now() + timedelta(days=1)
    late.save_revision().publish()
    first = page_of(event, "en", told(NEW))

    later(monkeypatch)
    monkeypatch.undo()

    late = WorkshopPage.objects.get(pk=late.pk)
    assert (late.live, late.event, late.get_latest_revision_as_object().event) == (True, before, event)
    assert agrees(first)
    form = desk.get(reverse("wagtailadmin_pages:edit", args=[late.pk])).content.decode()
    assert "refused: Event: This event has a page in this language already" in form


def test_one_failure_at_its_time_does_not_stop_the_others(monkeypatch):
    due = [page_of(publish(EventFactory()), "en", told(NEW), live=False) for _number in range(3)]
    for page in due:
        page.go_live_at = now() + timedelta(days=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
    tell = WorkshopPage.told

    def fail_once(page):
        if page.pk == due[1].pk:
            raise RuntimeError("This one cannot be drawn.")
        return tell(page)

    monkeypatch.setattr(WorkshopPage, "told", fail_once)
    later(monkeypatch)

    assert [WorkshopPage.objects.get(pk=page.pk).live for page in due] == [True, False, True]
