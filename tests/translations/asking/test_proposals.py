"""Translations proposed by the machine into the form, and what becomes of them."""

import pytest

from catalogue import origins, reviewing
from catalogue.models import Entry, TextOrigin
from tests.factories import publish, reread
from tests.practices.writing import setting
from tests.translations.sending import address, sent_from
from translations.models import MachineProposal

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture
def as_nina(browser, nina):
    return browser(nina)


def propose(client, practice, which="all", **typed):
    return client.post(address(practice), sent_from(client, practice, **typed) | {"propose": which})


def save(client, practice, page, **changes):
    """What stands in the form after a proposal is sent."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"revision": str(practice.latest_revision_id)}
    return client.post(address(practice), sent | {"action": "save"} | changes)


def by_machine(practice) -> set[str]:
    return {each.path for each in origins.translations_of(reread(practice).latest_draft()) if each.is_machine}


def values(page) -> dict:
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_without_the_service_there_is_no_button_and_nothing_behind_it(as_nina, practice):
    assert "propose" not in as_nina.get(address(practice)).content.decode()
    assert propose(as_nina, practice).status_code == 404


def test_the_page_says_beside_the_button_where_the_texts_go(server, as_nina, practice):
    text = as_nina.get(address(practice)).content.decode()

    assert "are sent to 127.0.0.1" in text
    assert server.asked == []


def test_empty_fields_are_filled_and_nothing_is_saved(server, as_nina, practice):
    page = propose(as_nina, practice)

    assert (page.status_code, values(page)["summary_sl"]) == (200, "[sl] Firms open their gates.")
    assert values(page)["title_sl"] == "Dan odprtih dvorišč"
    assert "proposed by a machine, not saved yet" in page.content.decode()
    assert "sl" not in reread(practice).latest_draft().summary.data


def test_only_originals_are_sent(server, as_nina, practice):
    propose(as_nina, practice)

    assert sorted(server.sent) == [
        "Firms and schools.",
        "Firms open their gates.",
        "Nobody knew what the firms did.",
        "The office sets the date.",
    ]


def test_what_she_has_typed_is_left_alone(server, as_nina, practice):
    page = propose(as_nina, practice, summary_sl="Podjetja odprejo vrata.", title_sl="Dan vrat")

    assert (values(page)["summary_sl"], values(page)["title_sl"]) == ("Podjetja odprejo vrata.", "Dan vrat")


def test_one_field_alone(server, as_nina, practice):
    page = propose(as_nina, practice, "how_it_works_sl", summary_sl="Moje")

    assert server.sent == ["The office sets the date."]
    assert (values(page)["how_it_works_sl"], values(page)["summary_sl"]) == ("[sl] The office sets the date.", "Moje")


def test_a_stale_text_is_proposed_anew(server, as_nina, practice, nina):
    edit = setting(title={"en": "Open-gate day", "sl": "Dan odprtih dvorišč"})
    reviewing.save_draft(record=practice, by=nina, edit=edit, expected_revision=practice.latest_revision_id)

    assert values(propose(as_nina, reread(practice)))["title_sl"] == "[sl] Open-gate day"


def test_saved_as_it_came_it_is_the_machines_and_the_public_is_told(server, as_nina, practice, nina):
    assert save(as_nina, practice, propose(as_nina, practice)).status_code == 302

    assert by_machine(practice) == {"summary", "problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"}
    publish(reread(practice).latest_draft())
    assert Entry.objects.get(uid=practice.uid).record["translations"]["sl"]["state"] == "machine"


def test_what_she_changed_is_hers(server, as_nina, practice):
    save(as_nina, practice, propose(as_nina, practice), summary_sl="Podjetja odprejo vrata.")

    assert "summary" not in by_machine(practice)


def test_what_she_says_she_has_read_is_hers(server, as_nina, practice):
    save(as_nina, practice, propose(as_nina, practice), fits=["summary_sl"])

    assert by_machine(practice) == {"problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"}
    assert TextOrigin.objects.get(path="summary", language="sl").state == "human"


def test_read_later_it_is_a_persons(server, as_nina, practice):
    save(as_nina, practice, propose(as_nina, practice))
    practice = reread(practice)
    as_nina.post(address(practice), sent_from(as_nina, practice, fits=["summary_sl"]))

    assert "summary" not in by_machine(practice)


def test_through_autosave_and_a_closed_laptop_it_stays_the_machines(server, as_nina, practice):
    sent = values(propose(as_nina, practice)) | {"revision": str(practice.latest_revision_id)}
    assert as_nina.post(address(practice, step="autosave"), sent).status_code == 200
    page = as_nina.get(address(practice))

    assert "proposed by a machine, not saved yet" in page.content.decode()
    save(as_nina, practice, page)
    assert "summary" in by_machine(practice)


def test_html_in_a_text_is_text(server, as_nina, practice):
    server.at["translate"] = lambda body: (200, {"translatedText": ["<script>alert(1)</script>"] * len(body["q"])})
    page = propose(as_nina, practice, "summary_sl")

    assert "<script>alert(1)" not in page.content.decode()
    assert values(page)["summary_sl"] == "<script>alert(1)</script>"


def test_signs_that_cannot_be_stored_do_not_come_in(server, as_nina, practice):
    server.at["translate"] = lambda body: (200, {"translatedText": ["a\x00b\u202ec"]})

    assert values(propose(as_nina, practice, "summary_sl"))["summary_sl"] == "abc"


def test_a_field_that_is_none_is_proposed_nothing(server, as_nina, practice):
    for which in ("status", "title_en", "summary_de", "x" * 10_000):
        assert propose(as_nina, practice, which).status_code == 200
    assert (server.sent, MachineProposal.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "answer",
    [
        (403, {"error": "no"}),
        (429, b""),
        (500, b""),
        (200, b"{"),
        (200, {"translatedText": []}),
        "half",
        "drop",
        "hang",
    ],
)
def test_when_the_service_fails_everything_typed_is_still_there(server, settings, as_nina, practice, answer):
    server.use(settings, timeout=0.6)
    server.at["translate"] = answer
    page = propose(as_nina, practice, summary_sl="Moje besede")

    assert (page.status_code, values(page)["summary_sl"]) == (422, "Moje besede")
    assert "The translation service" in page.content.decode()
    assert MachineProposal.objects.count() == 0


def test_more_than_fits_in_is_proposed_the_next_time(server, as_nina, practice, nina):
    edit = setting(problem_and_context={"en": "a" * 19_000}, how_it_works={"en": "b" * 19_000})
    reviewing.save_draft(record=practice, by=nina, edit=edit, expected_revision=practice.latest_revision_id)
    page = propose(as_nina, reread(practice))

    assert "more did not fit in" in page.content.decode()
    assert values(page)["how_it_works_sl"] == ""


def test_who_asks_too_often_waits_with_everything_typed(server, settings, as_nina, practice):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"machine_translation": "1/h/user"}
    propose(as_nina, practice)
    page = propose(as_nina, practice, summary_sl="Moje")

    assert (page.status_code, values(page)["summary_sl"]) == (429, "Moje")
    assert len([step for step, _body in server.asked if step == "translate"]) == 1
