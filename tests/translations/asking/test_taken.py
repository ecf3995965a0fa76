"""Who has taken up a translation writes it beside the original, and nothing else of the record."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalogue import reviewing
from catalogue.models import WorkingCopy
from notices.models import Notification
from tests.factories import UserFactory, publish, reread
from tests.practices.writing import setting
from tests.translations.sending import address, sent_from
from translations import actions
from translations.models import TranslationRequest

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def taken(practice, nina, sara):
    asked = actions.ask(record=practice, language="sl", by=nina, note="Until June, please.")
    return actions.take(request=asked, by=sara)


@pytest.fixture
def as_sara(browser, sara):
    return browser(sara)


def test_she_reads_the_original_beside_the_fields_of_her_language(as_sara, taken, practice):
    page = as_sara.get(address(practice))
    text = page.content.decode()

    assert page.status_code == 200
    assert all(name.endswith("_sl") for name in page.context["form"].fields)
    assert ("Until June, please." in text, "To the form with everything else" in text) == (True, False)
    assert [action["label"] for action in page.context["actions"]] == ["Save", "Hand over"]


def test_what_she_saves_stands_in_the_draft_under_her_name(as_sara, taken, practice, sara):
    answer = as_sara.post(address(practice), sent_from(as_sara, practice, summary_sl="Podjetja odprejo vrata."))

    assert answer.url == address(practice)
    draft = reread(practice).latest_draft()
    assert draft.summary.data == {"en": "Firms open their gates.", "sl": "Podjetja odprejo vrata."}
    assert practice.latest_revision.user == sara


def test_nothing_else_can_be_changed(as_sara, taken, practice, sara):
    before = reviewing.content_of(practice.latest_draft())
    sent = sent_from(
        as_sara, practice, summary_sl="Vrata.", title_en="Mine", summary_de="Tore", status="ended", owner="1"
    )
    as_sara.post(address(practice), sent | {"live": "", "organisation": "", "reply-1": "Hello"})

    after = reviewing.content_of(reread(practice).latest_draft())
    assert {name for name in before if before[name] != after[name]} == {"summary"}
    assert practice.owner != sara


def test_other_languages_and_other_pages_of_the_record_are_not_there(as_sara, taken, practice):
    mine = f"/en/my/practices/{practice.uid}/"
    paths = [
        address(practice, "de"),
        address(practice, "en"),
        mine,
        f"{mine}preview/",
        f"/en/my/reviews/{practice.uid}/",
    ]

    assert [as_sara.get(path).status_code for path in paths] == [404] * 5
    assert as_sara.post(f"{mine}submit/").status_code == 404


def test_handed_over_with_what_she_typed_last(as_sara, taken, practice, nina):
    answer = as_sara.post(address(practice), sent_from(as_sara, practice, summary_sl="Vrata.", action="submit"))

    taken.refresh_from_db()
    assert (answer.url, taken.is_open) == ("/en/my/translations/", False)
    assert reread(practice).latest_draft().summary.data["sl"] == "Vrata."
    assert practice.current_workflow_state is None
    assert list(Notification.objects.filter(recipient=nina).values_list("kind", flat=True)) == ["translation-done"]


@pytest.mark.parametrize("end", [actions.give_back, actions.hand_over])
def test_when_it_is_no_longer_hers_the_page_is_gone(as_sara, taken, practice, sara, end):
    end(request=taken, by=sara)

    assert as_sara.get(address(practice)).status_code == 404
    assert as_sara.post(address(practice), {"summary_sl": "Late"}).status_code == 409


def test_withdrawn_while_she_writes(as_sara, taken, practice, nina):
    sent = sent_from(as_sara, practice, summary_sl="Late.")
    actions.withdraw(request=taken, by=nina)

    assert as_sara.post(address(practice), sent).status_code == 409
    assert "sl" not in reread(practice).latest_draft().summary.data


def test_two_who_write_at_once_see_both_texts(as_sara, taken, practice, nina):
    sent = sent_from(as_sara, practice, summary_sl="Hers.")
    edit = setting(summary={"en": "Firms open.", "sl": "Nina’s."})
    reviewing.save_draft(record=practice, by=nina, edit=edit, expected_revision=practice.latest_revision_id)
    page = as_sara.post(address(practice), sent)

    assert (page.status_code, [each.label for each in page.context["differences"]]) == (409, ["Summary (Slovenian)"])
    assert page.context["changed_beside"] == [("Summary", "Firms open.")]  # the original, from which she translates


def test_while_it_is_reviewed_she_waits(as_sara, taken, practice, nina):
    publish(practice.organisation_in_charge)
    reviewing.submit(record=practice, by=nina)
    page = as_sara.get(address(practice))

    assert (page.status_code, "It is being reviewed" in page.content.decode()) == (200, True)
    assert f"{practice.uid}/withdraw-submission" not in page.content.decode()


def test_what_she_types_is_kept(as_sara, taken, practice, sara):
    sent = {"summary_sl": "Vrata", "revision": str(practice.latest_revision_id)}

    assert as_sara.post(address(practice, step="autosave"), sent).json()["state"] == "kept"
    assert WorkingCopy.objects.get(person=sara).typed["summary_sl"] == ["Vrata"]
    assert as_sara.get(address(practice)).context["form"]["summary_sl"].value() == "Vrata"


def test_what_reviewers_said_is_not_shown_to_her(as_sara, taken, practice, nina):
    reviewer = UserFactory(role=User.Role.REVIEWER)
    reviewing.submit(record=practice, by=nina)
    reviewing.send_back(record=practice, by=reviewer, message="Between us", revision=practice.latest_revision_id)

    assert "Between us" not in as_sara.get(address(practice)).content.decode()


def test_there_is_one_for_a_whole_organisation_too(browser, organisation, nina, sara):
    language = "de" if organisation.original_language != "de" else "it"
    taken = TranslationRequest.objects.get(pk=actions.ask(record=organisation, language=language, by=nina).pk)
    sara.spoken_languages.create(language=language)
    actions.take(request=taken, by=sara)

    assert browser(sara).get(address(organisation, language)).status_code == 200


def test_a_reviewer_is_warned_before_and_told_afterwards(browser, practice, taken, sara, nina):
    sara.groups.add(UserFactory(role="Reviewers").groups.get())
    assert "somebody else reviews that text" in browser(sara).get("/en/my/translations/").content.decode()
    practice.refresh_from_db()
    practice.save_revision(user=sara)
    reviewing.submit(record=reread(practice), by=nina)

    page = browser(sara).get(f"/en/my/reviews/{practice.uid}/", follow=True).content.decode()

    assert "You have written in this text, be it a translation: somebody else reviews it." in page
    assert "You have decided on this already." not in page


def test_who_does_not_review_is_not_warned(as_sara):
    assert "somebody else reviews that text" not in as_sara.get("/en/my/translations/").content.decode()


def test_nothing_is_linked_that_is_not_hers(as_sara, taken, practice, nina, browser):
    history = f"/en/my/history/{practice.uid}/"

    assert history not in as_sara.get(address(practice)).content.decode()
    assert as_sara.get(history).status_code == 404
    assert history in browser(nina).get(address(practice)).content.decode()


@pytest.mark.parametrize("who", ["nina", "sara"])
def test_what_is_typed_costs_five_queries_at_most(browser, taken, practice, nina, sara, who):
    client = browser({"nina": nina, "sara": sara}[who])
    sent = sent_from(client, practice, summary_sl="Vrata") | {"stamp": "a"}
    client.post(address(practice, step="autosave"), sent)

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address(practice, step="autosave"), sent | {"stamp": "b", "known": "a"})

    asked = [query["sql"] for query in queries if not re.match("SAVEPOINT|RELEASE", query["sql"])]
    assert (answer.json()["state"], len(asked) <= 5) == ("kept", True)
