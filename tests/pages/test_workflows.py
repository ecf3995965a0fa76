"""How the menu of a page calls its second reader."""

import pytest
from wagtail.models import Workflow

from accounts.models import User
from pages.workflows import NAME
from tests.factories import UserFactory
from tests.pages.factories import standard_page

pytestmark = pytest.mark.django_db


def menu(client, language: str) -> str:
    client.force_login(UserFactory(role=User.Role.EDITOR, language=language))
    html = client.get(f"/cms/pages/{standard_page(live=False).pk}/edit/").content.decode()
    return html.partition('name="action-submit"')[2][:600]


def test_it_asks_another_editor_in_english(client):
    shown = menu(client, "en")

    assert "Ask another editor to read it" in shown
    assert NAME not in shown


def test_it_asks_another_editor_in_slovenian(client):
    shown = menu(client, "sl")

    assert "Pošlji v branje drugemu uredniku" in shown
    assert NAME not in shown


def test_it_asks_again_after_the_other_has_sent_it_back(client):
    page = standard_page(live=False)
    editor = UserFactory(role=User.Role.EDITOR, language="en")
    page.save_revision()
    state = Workflow.objects.get(name=NAME).start(page, editor)
    state.current_task_state.task.on_action(state.current_task_state, editor, "reject")
    client.force_login(editor)

    assert "Ask the other editor to read it again" in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()


def test_a_workflow_that_somebody_named_keeps_its_name(client):
    Workflow.objects.filter(name=NAME).update(name="Four eyes")

    assert "Submit to Four eyes" in menu(client, "en")
