"""A draft is translated beside its original, text by text, and nothing else of it is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import origins, reviewing, upkeep
from catalogue.models import Entry, TextOrigin, WorkingCopy
from catalogue.texts import Text
from tests.factories import BuildingBlockFactory, publish, republish, reread, texts
from tests.partners.factories import IndustrialAreaFactory
from tests.translations.sending import SUMMARY, address, sent_from

pytestmark = pytest.mark.django_db

NEWER = SUMMARY | {"en": "Waste heat warms two schools."}


def states(page):
    return {row.spot.path: row.state.value for group in page.context["groups"] for row in group["rows"]}


def row(page, path):
    return next(row for group in page.context["groups"] for row in group["rows"] if row.spot.path == path)


def test_each_text_stands_beside_its_original_and_says_where_it_is(as_nina, practice):
    practice = republish(practice, summary=NEWER)

    page = as_nina.get(address(practice))

    block = practice.building_blocks.get()
    known = states(page)
    assert {
        path: known[path] for path in ("title", "summary", "how_it_works", f"building_blocks.{block.uid}.title")
    } == {
        "title": "current",
        "summary": "stale",
        "how_it_works": "missing",
        f"building_blocks.{block.uid}.title": "current",
    }
    assert row(page, "summary").original == NEWER["en"]
    assert [(piece.kind, piece.text) for piece in row(page, "summary").changes if piece.kind != "same"] == [
        ("removed", "one school"),
        ("added", "two schools"),
    ]
    assert (page.context["counts"]["stale"], page.context["counts"]["missing"]) == (1, 1)


def test_what_is_saved_stands_in_a_draft_and_the_public_text_stays(as_nina, nina, practice):
    block = practice.building_blocks.get()
    sent = sent_from(as_nina, practice, how_it_works_sl="Cev jo pelje tja.")
    sent |= {f"building_blocks-{block.uid}-title_sl": "Dolga cev"}

    response = as_nina.post(address(practice), sent)

    assert (response.status_code, response.url) == (302, address(practice))
    draft = reread(practice).latest_draft()
    assert draft.how_it_works.data == {"en": "A pipe leads it there.", "sl": "Cev jo pelje tja."}
    assert [part.title.data for part in draft.building_blocks.all()] == [{"en": "The pipe", "sl": "Dolga cev"}]
    assert draft.building_blocks.all()[0].uid == block.uid
    assert Entry.objects.get(uid=practice.uid).record["how_it_works"] == {"en": "A pipe leads it there."}
    assert TextOrigin.objects.filter(path="how_it_works", language="sl").get().by == nina


def test_what_others_save_in_other_languages_is_no_conflict(as_nina, practice, luka):
    sent = sent_from(as_nina, practice, summary_sl="Drugače.")
    draft = practice.latest_draft()
    draft.summary = Text(SUMMARY | {"it": "Calore per una scuola."})
    draft.save_revision(user=luka)

    assert as_nina.post(address(practice), sent).status_code == 302

    assert reread(practice).latest_draft().summary.data == SUMMARY | {"it": "Calore per una scuola.", "sl": "Drugače."}


def test_an_original_that_was_changed_meanwhile_is_shown_before_its_translation_is_saved(as_nina, practice, luka):
    sent = sent_from(as_nina, practice, summary_sl="Drugače.")
    draft = practice.latest_draft()
    draft.summary = Text(NEWER)
    draft.save_revision(user=luka)

    response = as_nina.post(address(practice), sent)

    assert response.status_code == 409
    assert response.context["changed_beside"] == [("Summary", NEWER["en"])]
    assert NEWER["en"] in response.content.decode()


def test_nothing_but_texts_in_that_language_can_be_changed(as_nina, practice, luka):
    sent = sent_from(
        as_nina, practice, summary_sl="Drugače.", title_en="Taken over", status="ended", live="", owner=luka.pk
    )
    sent |= {"building_blocks": ["new1"], "building_blocks-new1-title_sl": "Vrinjeno", "original_language": "sl"}
    before = reviewing.content_of(practice.latest_draft())

    as_nina.post(address(practice), sent)

    after = reviewing.content_of(reread(practice).latest_draft())
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"summary"}
    assert practice.latest_draft().summary.data == SUMMARY | {"sl": "Drugače."}


def test_what_still_fits_is_said_with_a_tick(as_nina, practice):
    practice = republish(practice, summary=NEWER)
    page = as_nina.get(address(practice))
    assert 'name="fits" value="summary_sl"' in page.content.decode()
    assert Entry.objects.get(uid=practice.uid).record["translations"]["sl"]["stale"] == ["summary"]

    as_nina.post(address(practice), sent_from(as_nina, practice, fits=["summary_sl", "title_sl"]))

    assert states(as_nina.get(address(practice)))["summary"] == "current"
    assert Entry.objects.get(uid=practice.uid).record["translations"]["sl"]["stale"] == []
    assert reread(practice).has_unpublished_changes is False
    assert upkeep.check() == []


def test_a_text_that_was_changed_needs_no_tick(as_nina, practice):
    practice = republish(practice, summary=NEWER)
    sent = sent_from(as_nina, practice, fits=["summary_sl"], summary_sl="Odpadna toplota greje dve šoli.")

    as_nina.post(address(practice), sent)

    assert states(as_nina.get(address(practice)))["summary"] == "current"
    known = origins.known_of(reread(practice))
    assert not known.fits("summary", "sl", SUMMARY["sl"], NEWER["en"])


def test_who_comes_second_sees_both_texts(as_nina, practice, janez):
    sent = sent_from(as_nina, practice, summary_sl="Od Nine.")

    def by_janez(draft):
        draft.summary = SUMMARY | {"sl": "Od Janeza."}

    reviewing.save_draft(record=practice, by=janez, edit=by_janez, expected_revision=practice.latest_revision_id)
    response = as_nina.post(address(practice), sent)

    assert response.status_code == 409
    [difference] = response.context["differences"]
    assert (difference.mine, difference.theirs) == ("Od Nine.", "Od Janeza.")
    merged = dict(response.context["sent_again"]) | {
        "revision": str(reread(practice).latest_revision_id),
        "choice_summary_sl": "mine",
        "action": "save",
    }
    assert as_nina.post(address(practice), merged).status_code == 302
    assert reread(practice).latest_draft().summary.data == SUMMARY | {"sl": "Od Nine."}


def test_what_is_typed_is_kept_in_a_place_of_its_own(as_nina, nina, practice):
    sent = sent_from(as_nina, practice, summary_sl="Na pol") | {"stamp": "a1"}

    assert as_nina.post(address(practice, step="autosave"), sent).json()["state"] == "kept"

    assert WorkingCopy.objects.get().place == "translate-sl"
    assert "Na pol" in as_nina.get(address(practice)).content.decode()
    assert "Na pol" not in as_nina.get(address(practice, "it")).content.decode()
    as_nina.post(address(practice), sent)
    assert not WorkingCopy.objects.exists()


def test_a_text_that_cannot_be_kept_comes_back(as_nina, practice):
    sent = sent_from(as_nina, practice, summary_sl="x" * 30_000)

    response = as_nina.post(address(practice), sent)

    assert (response.status_code, "a draft can keep" in response.content.decode()) == (422, True)


def test_submitting_leads_to_the_review_and_then_nobody_can_translate(as_nina, practice):
    response = as_nina.post(address(practice), sent_from(as_nina, practice, summary_sl="Novo.", action="submit"))

    assert (response.status_code, response.url) == (302, "/en/my/")
    assert reread(practice).workflow_in_progress
    locked = as_nina.get(address(practice)).content.decode()
    assert f"/en/my/practices/{practice.uid}/withdraw-submission/" in locked


def test_the_original_itself_unknown_languages_and_what_is_not_hers_are_not_there(client, as_nina, practice, luka):
    assert [as_nina.get(address(practice, language)).status_code for language in ("en", "xx", "it")] == [404, 404, 200]

    client.force_login(luka)
    assert [client.get(address(practice)).status_code, client.post(address(practice)).status_code] == [404, 404]


def test_organisations_and_areas_are_translated_likewise(as_nina, organisation):
    area = publish(IndustrialAreaFactory(manager=organisation, name=texts("Zone", "Cona"), original_language="en"))
    organisation = republish(organisation, original_language="en", description=texts("It helps firms.", "Pomaga."))

    assert states(as_nina.get(address(organisation)))["description"] == "stale"
    for record, name in ((organisation, "description"), (area, "name")):
        as_nina.post(address(record), sent_from(as_nina, record, **{f"{name}_sl": "Na novo"}))
        assert getattr(reread(record).latest_draft(), name).data["sl"] == "Na novo"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_no_more_for_many_texts(as_nina, practice, number):
    for each in range(number):
        BuildingBlockFactory(practice=practice, title=texts(f"Block {each}", f"Del {each}"))
    practice = publish(reread(practice))
    changed = list(practice.building_blocks.all())
    for part in changed:
        part.title = texts(f"{part.title.data['en']}!", part.title.data["sl"])
        part.save()
    practice = publish(reread(practice))

    with CaptureQueriesContext(connection) as queries:
        page = as_nina.get(address(practice))

    assert page.context["counts"]["stale"] == number + 1
    assert len(queries) <= 40, len(queries)
    assert sum("textorigin" in query["sql"] for query in queries.captured_queries) == 1
