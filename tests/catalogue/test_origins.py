"""From which source each translation was made, and which are older than their original."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import erasure, personal_data
from catalogue import origins, publication, upkeep
from catalogue.confirming import confirm, open_in
from catalogue.models import Entry, TextOrigin
from catalogue.reviewing import EditConflict, save_draft
from operations.models import AuditEntry
from tests.factories import (
    BuildingBlockFactory,
    GoodPracticeFactory,
    UserFactory,
    publish,
    republish,
    reread,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

SUMMARY = {"en": "Waste heat warms a school.", "sl": "Odpadna toplota greje šolo."}


@pytest.fixture
def nina():
    return UserFactory(email="nina@example.org")


@pytest.fixture
def practice(nina):
    """In Slovenian and English, the original is English."""
    return publish(
        GoodPracticeFactory(owner=nina, original_language="en", title=texts("Heat", "Toplota"), summary=SUMMARY)
    )


def save(practice, by, **changes):
    def edit(draft):
        for name, value in changes.items():
            setattr(draft, name, value)

    return save_draft(record=practice, by=by, edit=edit, expected_revision=practice.latest_revision_id)


def stale(record):
    """Of the latest draft."""
    return [(each.path, each.language) for each in origins.translations_of(record.latest_draft()) if each.is_stale]


def told(record):
    return Entry.objects.get(uid=record.uid).record["translations"]


# What is saved


def test_what_comes_at_once_belongs_together(practice, nina):
    assert stale(practice) == []
    assert told(practice) == {"en": {"state": "original"}, "sl": {"state": "human", "stale": []}}
    known = TextOrigin.objects.filter(path__in=["title", "summary"])
    assert sorted(known.values_list("path", "language", "source_language", "state")) == [
        ("summary", "sl", "en", "human"),
        ("title", "sl", "en", "human"),
    ]


def test_a_changed_original_leaves_its_translation_behind_and_no_other(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})

    assert stale(practice) == [("summary", "sl")]


def test_a_translation_that_is_changed_is_made_from_the_original_as_it_stands(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    practice = save(
        practice, nina, summary={"en": "Waste heat warms two schools.", "sl": "Odpadna toplota greje dve šoli."}
    )

    assert stale(practice) == []
    assert TextOrigin.objects.order_by("pk").last().by == nina


def test_an_original_that_says_again_what_it_said_has_its_translation_again(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    practice = save(practice, nina, summary=SUMMARY)

    assert stale(practice) == []


def test_spaces_around_a_text_change_nothing(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": f"  {SUMMARY['en']}\r\n"})

    assert stale(practice) == []


def test_the_public_text_and_the_draft_are_each_told_from_their_own(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    publication.refresh(Entry.objects.get(uid=practice.uid))
    assert told(practice)["sl"] == {"state": "human", "stale": []}

    republish(reread(practice).latest_draft())
    assert told(practice)["sl"] == {"state": "human", "stale": ["summary"]}
    assert upkeep.check() == []


def test_parts_are_followed_wherever_they_stand(practice, nina):
    first = BuildingBlockFactory(practice=practice, title=texts("First", "Prvi"))
    BuildingBlockFactory(practice=practice, title=texts("Second", "Drugi"))
    practice = publish(reread(practice))

    def turned_round(draft):
        parts = {str(part.uid): part for part in draft.building_blocks.all()}
        parts[str(first.uid)].title = texts("The first", "Prvi")
        draft.building_blocks.set(reversed(parts.values()))

    practice = save_draft(record=practice, by=nina, edit=turned_round, expected_revision=practice.latest_revision_id)

    assert stale(practice) == [(f"building_blocks.{first.uid}.title", "sl")]
    republish(practice.latest_draft())
    assert told(practice)["sl"]["stale"] == [f"building_blocks.{first.uid}.title"]


def test_a_text_that_another_name_has_in_the_document_is_told_by_that(nina):
    practice = publish(GoodPracticeFactory(owner=nina, original_language="en", resources_setup_text=texts("A", "B")))
    republish(practice, resources_setup_text=texts("C", "B"))

    assert told(practice)["sl"]["stale"] == ["resources_setup.text"]


# Another original


def test_with_another_original_what_said_the_same_still_does(practice, nina):
    practice = save(practice, nina, original_language="sl")

    assert stale(practice) == []
    assert stale(save(practice, nina, original_language="en")) == []


def test_with_another_original_what_was_older_is_not_what_the_other_says(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    practice = save(practice, nina, original_language="sl")

    assert stale(practice) == [("summary", "en")]


def test_an_original_that_changes_while_it_becomes_the_original_leaves_the_other_behind(practice, nina):
    practice = save(practice, nina, original_language="sl", summary=SUMMARY | {"sl": "Nekaj novega."})

    assert stale(practice) == [("summary", "en")]


def test_an_original_that_comes_after_its_translation_fits_it(practice, nina):
    practice = save(practice, nina, challenges={"sl": "Denar"})
    practice = save(practice, nina, challenges=texts("Money", "Denar"))

    assert stale(practice) == []


def test_an_original_that_is_written_anew_does_not_fit_what_was_made_from_another(practice, nina):
    practice = save(practice, nina, summary={"sl": SUMMARY["sl"]})
    assert stale(practice) == []  # nothing is there that it could be older than

    assert stale(save(practice, nina, summary=SUMMARY | {"en": "Something else."})) == [("summary", "sl")]


# What is older than this knowledge


def test_what_was_there_before_is_taken_to_fit_until_it_changes(practice, nina):
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    TextOrigin.objects.all().delete()
    assert stale(practice) == []

    practice = save(practice, nina, title=texts("Heat for schools", "Toplota"))

    assert stale(practice) == [("title", "sl")]
    publication.refresh(Entry.objects.get(uid=practice.uid))
    assert told(practice)["sl"] == {"state": "human", "stale": []}


# Machines


def test_what_a_machine_made_is_labelled_until_a_person_changes_it(practice, nina):
    def translated(draft):
        draft.challenges = texts("Money", "Denar")
        draft.success_factors = texts("Luck", "Sreča")

    made = {("challenges", "sl"), ("success_factors", "sl")}
    practice = save_draft(
        record=practice, by=nina, edit=translated, expected_revision=practice.latest_revision_id, by_machine=made
    )
    republish(practice.latest_draft())
    assert told(practice)["sl"] == {"state": "machine", "stale": [], "machine": ["challenges", "success_factors"]}

    republish(reread(practice), challenges=texts("Money", "Denarja ni"))
    assert told(practice)["sl"] == {"state": "machine", "stale": [], "machine": ["success_factors"]}

    practice = reread(practice)
    places = [("success_factors", "sl")]
    assert confirm(record=practice, by=nina, places=places, expected_revision=practice.latest_revision_id) == 1
    assert told(practice)["sl"] == {"state": "human", "stale": []}
    assert upkeep.check() == []


# Still fits


def test_who_finds_that_a_translation_still_fits_says_so_and_the_public_hears_of_it(practice, nina):
    practice = republish(practice, summary=SUMMARY | {"en": "Waste heat warms the school."})
    assert told(practice)["sl"]["stale"] == ["summary"]
    before = Entry.objects.get(uid=practice.uid)

    confirm(record=practice, by=nina, places=[("summary", "sl")], expected_revision=practice.latest_revision_id)

    after = Entry.objects.get(uid=practice.uid)
    assert told(practice)["sl"] == {"state": "human", "stale": []}
    assert (after.version, after.position > before.position) == (before.version, True)
    assert upkeep.check() == []
    noted = AuditEntry.objects.get(what="translation.confirmed")
    assert (noted.actor, noted.about_uid, noted.facts) == (nina, practice.uid, {"texts": 1})


def test_what_is_not_open_is_not_confirmed(practice, nina):
    places = [("summary", "sl"), ("nothing", "sl"), ("summary", "en")]

    assert confirm(record=practice, by=nina, places=places, expected_revision=practice.latest_revision_id) == 0
    assert open_in(practice.latest_draft()) == []
    assert not AuditEntry.objects.filter(what="translation.confirmed").exists()


def test_who_has_read_an_older_draft_confirms_nothing(practice, nina):
    read = practice.latest_revision_id
    practice = save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms the school."})

    with pytest.raises(EditConflict):
        confirm(record=practice, by=nina, places=[("summary", "sl")], expected_revision=read)
    with pytest.raises(PermissionDenied):
        confirm(
            record=practice,
            by=UserFactory(),
            places=[("summary", "sl")],
            expected_revision=practice.latest_revision_id,
        )


def test_what_is_written_again_as_the_public_has_it_is_told_there_later(practice, nina):
    practice = republish(practice, summary=SUMMARY | {"en": "Waste heat warms the school."})
    practice = save(practice, nina, summary={"en": "Waste heat warms the school.", "sl": "Drugače."})
    save(practice, nina, summary={"en": "Waste heat warms the school.", "sl": SUMMARY["sl"]})
    assert told(practice)["sl"]["stale"] == ["summary"]

    publication.refresh_stale()

    assert told(practice)["sl"]["stale"] == []
    assert upkeep.check() == []


# People and drafts that go


def test_whose_work_it_was_is_hers_to_see_and_goes_with_her(practice, nina):
    save(practice, nina, challenges=texts("Money", "Denar"))
    [kept] = [each for each in personal_data.all_kept() if each.name == "translations"]
    assert [row["path"] for row in kept.export(nina)] == ["challenges"]

    erasure.erase(user=nina, by=None)

    assert TextOrigin.objects.get(path="challenges").by is None


def test_a_draft_that_is_deleted_leaves_nothing(nina):
    draft = GoodPracticeFactory(owner=nina, summary=SUMMARY)
    draft.save_revision(user=nina)
    assert TextOrigin.objects.exists()

    draft.delete()

    assert not TextOrigin.objects.exists()


# What it costs


def about_origins(queries):
    return [query["sql"][:6] for query in queries if "textorigin" in query["sql"]]


def test_saving_reads_and_writes_once_and_without_translations_only_the_page_asks(practice, nina):
    for number in range(5):
        BuildingBlockFactory(practice=practice, title=texts(f"Block {number}", f"Gradnik {number}"))
    practice = reread(practice)
    with CaptureQueriesContext(connection) as queries:
        practice.save_revision(user=nina)
        practice.save_revision(user=nina)  # nothing new
    assert about_origins(queries.captured_queries) == ["SELECT", "INSERT"]

    alone = GoodPracticeFactory(owner=nina, original_language="sl")
    for name in ("title", "summary", "problem_and_context", "how_it_works", "stakeholders_and_beneficiaries"):
        setattr(alone, name, {"sl": "Samo"})
    with CaptureQueriesContext(connection) as queries:
        publish(alone)
    assert about_origins(queries.captured_queries) == ["SELECT"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_check_of_many_records_asks_once_for_each_kind(number):
    for _each in range(number):
        publish(GoodPracticeFactory(summary=SUMMARY))

    with CaptureQueriesContext(connection) as queries:
        assert upkeep.check() == []

    assert len(about_origins(queries.captured_queries)) == 1
