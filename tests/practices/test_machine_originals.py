"""What a machine has made and now stands as the original, in the form of a practice."""

import pytest
from django.urls import reverse

from catalogue import origins
from catalogue.reviewing import save_draft
from tests.factories import GoodPracticeFactory, UserFactory, reread
from tests.practices.writing import sent_from

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def nina():
    return UserFactory(email="nina@example.org")


@pytest.fixture
def practice(nina):
    practice = GoodPracticeFactory(owner=nina, original_language="en", summary={"en": "Heat."})
    practice.save_revision(user=nina)

    def made(draft):
        draft.summary = {"en": "Heat.", "sl": "Toplota."}

    def turned(draft):
        draft.original_language = "sl"

    for edit, by_machine in ((made, {("summary", "sl")}), (turned, ())):
        practice = reread(practice)
        revision = practice.latest_revision_id
        save_draft(record=practice, by=nina, edit=edit, expected_revision=revision, by_machine=by_machine)
    return reread(practice)


def test_the_form_says_so_and_asks_who_writes_it_to_read_it(client, nina, practice):
    client.force_login(nina)
    page = client.get(reverse("practices:edit", args=[practice.uid]))

    assert page.context["form"].unread == [("summary_sl", "Summary (Slovenian)", False)]
    assert 'name="fits" value="summary_sl"' in page.content.decode()
    assert "original, made by a machine" in page.content.decode()


@pytest.mark.parametrize("changed", [{}, {"summary_sl": "Toplota greje."}], ids=["ticked", "ticked and changed"])
def test_ticked_it_is_hers(client, nina, practice, changed, caplog):
    client.force_login(nina)
    sent = {name: value for name, value in sent_from(practice, **changed).items() if value is not None}

    answer = client.post(
        reverse("practices:edit", args=[practice.uid]), sent | {"action": "save", "fits": ["summary_sl", "x"]}
    )

    labelled = origins.labelled_in(reread(practice).latest_draft())
    assert (answer.status_code, [each for each in labelled if each.is_machine]) == (302, [])
    assert "fits" not in caplog.text


def test_untouched_it_is_the_machines_still(client, nina, practice):
    client.force_login(nina)
    sent = {name: value for name, value in sent_from(practice).items() if value is not None}

    client.post(reverse("practices:edit", args=[practice.uid]), sent | {"action": "save"})

    (text,) = origins.labelled_in(reread(practice).latest_draft())
    assert (text.path, text.language, text.is_machine) == ("summary", "sl", True)
