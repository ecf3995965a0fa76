"""What a machine has made stays labelled until a person changes it or says that it is right, whatever else is changed."""

import unicodedata

import pytest
from django.utils.translation import override

from catalogue import origins
from catalogue.confirming import confirm
from catalogue.reading import page_context
from catalogue.reviewing import save_draft
from tests.factories import GoodPracticeFactory, UserFactory, publish, republish, reread

pytestmark = [pytest.mark.core, pytest.mark.django_db]

SUMMARY = {"en": "Waste heat warms.", "it": "Il calore scalda.", "sl": "Toplota greje."}


@pytest.fixture
def nina():
    return UserFactory(email="nina@example.org")


@pytest.fixture
def practice(nina):
    """The original is English, the Italian is Nina's, the Slovenian a machine's."""
    practice = publish(GoodPracticeFactory(owner=nina, original_language="en", summary={"en": "Heat."}))
    return save(practice, nina, by_machine={("summary", "sl")}, summary=SUMMARY)


def save(practice, by, *, by_machine=(), read=(), **changes):
    def edit(draft):
        for name, value in changes.items():
            setattr(draft, name, value)

    practice = reread(practice)
    read_revision = practice.latest_revision_id
    return save_draft(
        record=practice, by=by, edit=edit, expected_revision=read_revision, by_machine=by_machine, read=read
    )


def labelled(practice):
    """Of the latest draft: stale, machine's."""
    found = origins.labelled_in(reread(practice).latest_draft())
    stale = {(each.path, each.language) for each in found if each.is_stale}
    return stale, {(each.path, each.language) for each in found if each.is_machine}


def told(practice, language):
    republish(reread(practice).latest_draft())
    return reread(practice).entry.record["translations"][language]


@pytest.mark.parametrize("original", ["sl", "it"])
def test_another_original_washes_no_label_off(practice, nina, original):
    save(practice, nina, original_language=original)
    assert labelled(practice) == (set(), {("summary", "sl")})
    assert told(practice, "sl")["machine"] == ["summary"]

    save(practice, nina, original_language="en")
    assert labelled(practice) == (set(), {("summary", "sl")})


def test_nor_where_the_first_original_is_taken_away(practice, nina):
    save(practice, nina, original_language="sl", title={"sl": "Toplota"}, summary={"sl": SUMMARY["sl"]})

    assert told(practice, "sl") == {"state": "original", "machine": ["summary"]}


def test_readers_of_such_an_original_are_told_so(practice, nina):
    save(practice, nina, original_language="sl", title={"sl": "Toplota"})
    republish(reread(practice).latest_draft())

    document = reread(practice).entry.record
    with override("sl"):
        reading = page_context(document)["translation"]

    assert (reading["made"], reading["machine"], reading["translated"]) == (True, False, False)
    assert list(reading["behind"]) == [id(document["summary"])]


def test_an_original_that_is_changed_or_found_to_be_right_is_a_persons(practice, nina):
    practice = save(practice, nina, original_language="sl")
    places, revision = [("summary", "sl")], practice.latest_revision_id
    assert confirm(record=practice, by=nina, places=places, expected_revision=revision) == 1
    assert labelled(practice) == (set(), set())
    assert told(practice, "sl") == {"state": "original"}

    save(practice, nina, original_language="en")
    assert labelled(practice) == (set(), set())


def test_a_changed_original_is_a_persons(practice, nina):
    save(practice, nina, original_language="sl")
    save(practice, nina, summary=SUMMARY | {"sl": "Toplota greje šolo."})

    assert labelled(practice)[1] == set()


def test_a_text_that_comes_back_beside_another_source_is_still_the_machines(practice, nina):
    save(practice, nina, summary={"en": "Another source."})
    save(practice, nina, summary={"en": "Another source.", "sl": SUMMARY["sl"]})

    assert labelled(practice) == (set(), {("summary", "sl")})


def test_proposed_again_and_read_it_is_a_persons(practice, nina):
    save(practice, nina, summary=SUMMARY | {"sl": "Hers."})
    save(practice, nina, summary=SUMMARY, read={("summary", "sl")})

    assert labelled(practice) == (set(), set())


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed"),
        pytest.param(lambda text: text.replace(" ", "  ").replace("\n", " \r\n"), id="spaces"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: text + "\u200b", id="no ink"),
    ],
)
def test_what_looks_the_same_is_the_same_text(practice, nina, again):
    texts = {"en": "Café heat.\n\nIt warms.", "sl": "Kavarna greje.\n\nŠolo."}
    save(practice, nina, by_machine={("challenges", "sl")}, challenges=texts)

    save(practice, nina, challenges=texts | {"en": again(texts["en"])})
    assert labelled(practice)[0] == set()
    save(practice, nina, challenges=texts | {"sl": again(texts["sl"])})
    assert ("challenges", "sl") in labelled(practice)[1]


def test_what_is_stale_stays_so_when_its_spaces_change(practice, nina):
    save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools."})
    save(practice, nina, summary=SUMMARY | {"en": "Waste heat warms two schools.", "it": "Il  calore scalda."})

    assert ("summary", "it") in labelled(practice)[0]
