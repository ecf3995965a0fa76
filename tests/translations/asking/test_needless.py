"""The language that somebody translates into becomes the original: her task ends with a reason, and her words are hers."""

import pytest

from catalogue.reviewing import save_draft
from notices.models import Notification
from operations.models import AuditEntry
from tests.factories import reread
from tests.translations.sending import address, sent_from
from translations import actions

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def taken(practice, nina, sara):
    return actions.take(request=actions.ask(record=practice, language="sl", by=nina), by=sara)


@pytest.fixture
def as_sara(browser, sara):
    return browser(sara)


def turned(practice, nina):
    practice = reread(practice)

    def edit(draft):
        draft.original_language = "sl"

    return save_draft(record=practice, by=nina, edit=edit, expected_revision=practice.latest_revision_id)


def test_it_ends_and_she_is_told_why(as_sara, taken, practice, nina, sara):
    actions.end_needless()
    assert taken.is_open

    turned(practice, nina)
    actions.end_needless()
    actions.end_needless()

    taken.refresh_from_db()
    assert not taken.is_open
    (notice,) = Notification.objects.filter(recipient=sara)
    assert (notice.kind, notice.path) == ("translation-needless", f"my/translate/{practice.uid}/sl/")
    assert AuditEntry.objects.filter(what="translation.needless", about_uid=practice.uid).count() == 1
    assert address(practice) not in as_sara.get("/en/my/translations/").content.decode()


@pytest.mark.parametrize("ended", [False, True], ids=["before it is ended", "after"])
def test_what_she_had_typed_is_there(as_sara, taken, practice, nina, ended):
    as_sara.post(address(practice, step="autosave"), {"summary_sl": "Vrata so odprta.", "revision": ""})
    turned(practice, nina)
    if ended:
        actions.end_needless()

    page = as_sara.get(address(practice))

    assert page.status_code == 200
    assert page.context["texts"] == [{"label": "Summary", "text": "Vrata so odprta."}]
    assert "the text is now written in Slovenian" in page.content.decode()
    assert "Firms open their gates" not in page.content.decode()


def test_what_she_sends_too_late_comes_back(as_sara, taken, practice, nina):
    sent = sent_from(as_sara, practice, summary_sl="Vrata.")
    turned(practice, nina)

    answer = as_sara.post(address(practice), sent)

    assert answer.status_code == 410
    assert {"label": "Summary", "text": "Vrata."} in answer.context["texts"]
    assert "Firms open" in reread(practice).latest_draft().summary.data["en"]


def test_to_others_it_is_not_there(browser, taken, practice, nina, sara, tomaz):
    turned(practice, nina)
    assert browser(tomaz).get(address(practice)).status_code == 404
    assert browser(nina).get(address(practice)).status_code == 404

    sara.memberships.all().delete()
    assert browser(sara).get(address(practice)).status_code == 404
