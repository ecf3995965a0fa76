"""What is refused when it is due: the schedule ends, the editor is told once, and the admin says why."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import now
from wagtail.log_actions import registry

from accounts.models import User
from operations import refusals
from operations.scheduled import publish_scheduled
from pages.models import StandardPage
from tests.admin import address
from tests.factories import GoodPracticeFactory, UserFactory, republish
from tests.pages.factories import reread, standard_page, stored, text

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]

WHY = "Body: 1. Quotation, Text: This field is required."
SAYS = "It is not tried again: mend the draft, then publish it or schedule it anew."


@pytest.fixture
def editor():
    return UserFactory(role=User.Role.EDITOR)


@pytest.fixture
def later(monkeypatch):
    def come():
        moment = now() + timedelta(days=2)
        monkeypatch.setattr("operations.scheduled.timezone.now", lambda: moment)
        monkeypatch.setattr("wagtail.actions.publish_revision.timezone.now", lambda: moment)
        publish_scheduled()

    return come


def scheduled(editor, **fields) -> StandardPage:
    page = standard_page(text(), live=False, **fields)
    page.go_live_at = now() + timedelta(days=1)
    page.save_revision(user=editor).publish(user=editor)
    return reread(page)


def made_incomplete(page) -> StandardPage:
    """As by a new release that asks for more."""
    revision = page.scheduled_revision
    revision.content["body"] = StandardPage.body.field.stream_block.to_python(
        stored(("quote", {"text": "", "by_whom": ""}))
    ).get_prep_value()
    revision.save()
    return page


def test_a_page_that_is_refused_is_not_tried_again_and_its_editor_has_one_letter(editor, later, caplog):
    page = made_incomplete(scheduled(editor))
    other = scheduled(editor, slug="other")

    later()
    publish_scheduled()

    assert [StandardPage.objects.get(pk=each.pk).live for each in (page, other)] == [False, True]
    assert reread(page).scheduled_revision is None
    assert [record.levelname for record in caplog.records if record.name == "operations.scheduled"] == ["WARNING"]
    [letter] = mail.outbox
    [(html, kind)] = letter.alternatives
    assert (letter.to, letter.subject, kind) == ([editor.email], "Not published: About us", "text/html")
    for told in (letter.body, html):
        assert WHY in told and SAYS in told and reverse("wagtailadmin_pages:edit", args=[page.pk]) in told


def test_the_letter_speaks_the_language_of_its_reader(later):
    made_incomplete(scheduled(UserFactory(role=User.Role.EDITOR, language="sl")))

    later()

    assert "This field is required." not in mail.outbox[0].body


def test_who_scheduled_it_is_told_not_who_wrote_it(editor, later):
    page = standard_page(text(), live=False)
    page.go_live_at = now() + timedelta(days=1)
    page.save_revision(user=UserFactory(role=User.Role.EDITOR)).publish(user=editor)
    made_incomplete(reread(page))

    later()

    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_its_form_and_its_history_say_why_until_it_is_published(client, editor, later, monkeypatch):
    page = made_incomplete(scheduled(editor))
    later()
    monkeypatch.undo()
    client.force_login(editor)
    form, history = (reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "history"))

    for url in (form, history):
        told = client.get(url).content.decode()
        assert "Should have been published on" in told and WHY in told
    page = reread(page).get_latest_revision_as_object()
    page.body, page.go_live_at = stored(text()), None
    page.save_revision(user=editor).publish(user=editor)

    assert "Should have been published on" not in client.get(form).content.decode()


def test_a_record_that_is_refused_says_so_above_its_form(client, editor, later):
    practice = republish(GoodPracticeFactory(), by=editor, go_live_at=now() + timedelta(days=1))
    practice.latest_revision.content["title"] = "{}"
    practice.latest_revision.save()

    later()

    client.force_login(editor)
    assert "refused: Title: Needed for publication." in client.get(address(practice, "edit")).content.decode()
    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_what_crashed_is_tried_again_and_nobody_has_a_letter(editor, later, monkeypatch):
    page = scheduled(editor)

    def crash(page):
        raise RuntimeError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(StandardPage, "told", crash)
        later()
    assert reread(page).scheduled_revision is not None
    publish_scheduled()

    assert reread(page).live
    assert mail.outbox == []


def test_a_refusal_is_noted_once(editor):
    page = scheduled(editor)
    revision = page.scheduled_revision

    for _time in range(2):
        refusals.note(revision, refusals.ValidationError({"title": "No."}))

    entries = registry.get_logs_for_instance(page).filter(action=refusals.ACTION)
    assert [str(refusals.of_entry(entry)).split("refused: ")[1] for entry in entries] == ["Title: No."]
