"""What differs between two documents of a record, in the words of its page."""

from copy import deepcopy

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.differences import Change, differences
from catalogue.places import place
from catalogue.publication import render_draft
from tests.actionplans.factories import whole_plan
from tests.events.factories import AgendaItemFactory, EventFactory
from tests.every_kind import EVERY_FACTORY, name_of
from tests.factories import (
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeImageFactory,
    ProjectFactory,
    ResultFactory,
    publish,
    texts,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def drawn(change: Change) -> str:
    """`Status: [running]{ended}`; what is within in brackets."""
    shapes = {"same": "%s", "removed": "[%s]", "added": "{%s}"}
    words = "".join(shapes[piece.kind] % piece.text for piece in change.pieces)
    inner = f"({'; '.join(map(drawn, change.inner))})" if change.inner else ""
    label = f"{change.label} {change.note}".strip()
    said = ": ".join(part for part in (label, words) if part)
    return " ".join(part for part in (change.state, said, inner) if part)


def told(before: dict, after: dict) -> list[str]:
    return [drawn(change) for change in differences(before, after)]


@pytest.fixture
def document():
    return render_draft(GoodPracticeFactory(title=texts("A quiet yard", "Tiho dvorišče")))


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_a_record_does_not_differ_from_itself(factory):
    document = render_draft(factory())

    assert differences(document, deepcopy(document)) == []


@pytest.mark.parametrize("factory", EVERY_FACTORY, ids=name_of)
def test_all_that_a_first_version_says_was_added(factory):
    document = render_draft(factory())

    changes = differences(None, document)

    assert changes
    assert {change.before for change in changes} == {""}


def test_a_text_is_compared_word_by_word_in_each_language(document):
    after = document | {"title": {"en": "A very quiet yard", "sl": "Tiho dvorišče", "de": "Ein stiller Hof"}}

    assert told(document, after) == ["Title English: A {very }quiet yard", "Title German: {Ein stiller Hof}"]


def test_the_original_comes_first(document):
    after = document | {"original_language": "sl", "title": texts("A yard", "Dvorišče")}

    assert told(document, after) == [
        "Title Slovenian: [Tiho dvorišče]{Dvorišče}",
        "Title English: A [quiet ]yard",
        "Original language: [English]{Slovenian}",
    ]


def test_codes_days_and_states_are_said_as_on_the_page(document):
    after = document | {"status": "ended", "end": "2026-05-01", "topics": ["green-marketing"], "example": True}

    assert told(document, after) == [
        "Status: [Running]{Ended}",
        "End: {1 May 2026}",
        "Topics (removed [Area management and governance]; added {Green marketing})",
        "Example: [No]{Yes}",
    ]


def test_everything_is_said_in_the_readers_language(document):
    with override("sl"):
        [status, end] = told(document, document | {"status": "ended", "end": "2026-05-01"})

    assert end == "Konec: {1. maja 2026}"
    assert status.startswith("Status: [")


def test_places_are_said_in_words(document):
    after = document | {"places": [place("SI", town="Ptuj", nuts="SI032", nuts_version=2021), place("HR")]}

    assert told(document, after) == [
        "Places (removed [Ptuj, Slovenia]; added {Ptuj, Podravska (SI032), Slovenia}; added {Croatia})"
    ]


def test_records_are_named_by_their_titles():
    first, second = (publish(OrganisationFactory(name_english=name)) for name in ("Town of Ptuj", "Town of Celje"))
    practice = GoodPracticeFactory(organisation_in_charge=first)
    before = render_draft(practice)
    practice.organisation_in_charge = second

    assert told(before, render_draft(practice)) == ["Organisation: [Town of Ptuj]{Town of Celje}"]


def test_parts_are_the_same_when_their_uid_is():
    project = ProjectFactory()
    for text in ("First.", "Second.", "Third."):
        ResultFactory(project=project, text={"en": text})
    before = render_draft(project)
    first, second, third = before["results"]
    new = {**first, "uid": "6f1c0000-0000-4000-8000-000000000001", "text": {"en": "Fourth."}}
    after = before | {"results": [third, second | {"text": {"en": "Second, and more."}}, new]}

    [results] = differences(before, after)

    assert results.label == "Results"
    assert sorted(drawn(change) for change in results.inner) == [
        "added Result (Text English: {Fourth.})",
        "changed Result (Text English: Second{, and more}.)",
        "moved Third.",
        "removed Result (Text English: [First.])",
    ]


def test_within_a_part_values_stand_beside_what_they_count():
    project = ProjectFactory()
    IndicatorValueFactory(indicator=IndicatorFactory(project=project))
    before = render_draft(project)
    after = deepcopy(before)
    after["indicators"][0]["target"] = "25.5"
    after["indicators"][0]["values"][0]["value"] = "22"

    [change] = told(before, after)

    assert change.startswith("Indicators (changed Towns advised (Target: [20]{25.5}; Indicator values (")
    assert "22" in change


def test_money_is_written_with_its_currency():
    project = ProjectFactory(currency="EUR", total_budget=1_000)
    ParticipationFactory(project=project)
    before = render_draft(project)
    after = deepcopy(before) | {"total_budget": "2500.00"}
    after["participations"][0] |= {"cofinancing_rate": "75.50", "from": "2007-01-01"}

    assert told(before, after) == [
        "Partners (changed RA Ptuj (Co-financing rate: {75.5 %}; From: {1 January 2007}))",
        "Total budget: [€1,000]{€2,500}",
    ]


def test_a_picture_is_shown_and_its_description_compared():
    practice = GoodPracticeFactory()
    PracticeImageFactory(practice=practice)
    before = render_draft(practice)
    image = before["images"][0]
    after = before | {"images": [image | {"url": "/photos/other.jpg", "alt": texts("A street", "Ulica z drevesi")}]}

    [images] = differences(before, after)
    [changed] = images.inner
    picture, alt = changed.inner

    assert (images.label, picture.label) == ("Pictures", "Picture")
    assert [each["url"] for each in picture.pictures] == [image["url"], "/photos/other.jpg"]
    assert drawn(alt) == "What the picture shows English: A street[ with trees]"


def test_an_event_keeps_the_time_of_its_place():
    event = EventFactory()
    AgendaItemFactory(event=event)
    before = render_draft(event)
    after = deepcopy(before) | {"start": "2027-04-15T05:30:00Z", "time_zone": "Europe/Ljubljana"}

    begins = next(change for change in differences(before, after) if change.label == "Begins")

    assert begins.after == "15 April 2027, 07:30"


def test_a_measure_is_compared_with_all_that_it_holds():
    before = render_draft(whole_plan())
    after = deepcopy(before)
    measure = after["measures"][0]
    measure |= {"status": "finished", "milestones": [*measure["milestones"][:-1]]}

    [change] = differences(before, after)

    assert (change.label, [inner.state for inner in change.inner]) == ("Measures", ["changed"])
    assert {inner.label for inner in change.inner[0].inner} == {"Status", "Milestones"}


def test_a_field_that_nobody_knows_is_shown_under_its_name(document):
    after = document | {"side_effects": {"en": "More birds."}, "reach": {"people": 12}, "marks": [{"level": "high"}]}

    assert told(document, after) == [
        "Side effects English: {More birds.}",
        "Reach (People: {12})",
        "Marks (added {high})",
    ]


def test_a_field_that_older_documents_lacked_is_told_when_somebody_uses_it(document):
    before = {name: value for name, value in document.items() if name != "entry_type"}

    assert told(before, document | {"entry_type": "full"}) == []
    assert told(before, document | {"entry_type": "snapshot"}) == ["Type of entry: {Snapshot}"]


def test_what_the_catalogue_writes_is_no_change(document):
    after = document | {"version": 9, "modified": "2027-01-01T00:00:00Z", "pages": {}, "translations": {}}

    assert differences(document, after) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, JSON)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_an_old_version_holds_can_be_compared(document, before, after):
    changes = differences(document | {"something": before}, document | {"something": after})

    assert {change.label for change in changes} <= {"Something"}
