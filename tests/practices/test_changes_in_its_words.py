"""What changed is told who reads a draft in the words and the order of the form in which it was written."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from catalogue.differences import Change, differences
from catalogue.drafting.called import called_in
from catalogue.publication import render_draft
from practices.forms import PracticeForm
from reviews.parts import fields_of
from tests.factories import (
    AttachmentFactory,
    BuildingBlockFactory,
    EvidenceFactory,
    GoodPracticeFactory,
    PracticeImageFactory,
    PracticeLinkFactory,
    texts,
)
from tests.practices.test_whole_template import OPINION, whole

pytestmark = [pytest.mark.core, pytest.mark.django_db]

# What the form does not ask: a reviewer writes it, or the portal.
NOT_ASKED = {
    "Licence",
    "Last confirmed to be still true",
    "Example",
    "An expert’s opinion",
    "Text",
    "Name",
    "Date",
    "Day",
    "Network",
    "Version",
}


@pytest.fixture
def practice():
    practice = whole(**OPINION)
    EvidenceFactory(practice=practice, source_publication="Report 2021", source_url="https://example.org/r")
    for factory in (BuildingBlockFactory, PracticeImageFactory, PracticeLinkFactory, AttachmentFactory):
        factory(practice=practice)
    return practice


def changes_of(practice) -> list[Change]:
    """All that there is was added."""
    form = PracticeForm(draft=practice, user=practice.owner)
    return differences(None, render_draft(practice), called_in(form))


def labels_in(changes) -> Iterator[str]:
    """But for those of parts, which are called by their own names."""
    for change in changes:
        if change.label and not change.state:
            yield change.label
        yield from labels_in(change.inner)


def labels_of_form(practice) -> set[str]:
    form = PracticeForm(draft=practice, user=practice.owner)
    specs = [*form.texts.values(), *(spec for kind in form.repeated for spec in kind.texts.values())]
    fields = [field.label for field in form.fields.values() if field.label]
    kinds = [label for kind in form.repeated for label in (kind.one, kind.many)]
    return {str(each) for each in (*(spec.label for spec in specs), *fields, *kinds, *form.headings.values(), "Places")}


@pytest.mark.parametrize("language", ["en", "sl"])
def test_each_label_is_one_of_the_form(practice, language):
    with override(language):
        told, known = set(labels_in(changes_of(practice))), labels_of_form(practice)
    with override("en"):
        strange = told - known if language == "en" else set()

    assert strange <= NOT_ASKED
    assert len(told & known) > 40


def test_they_stand_in_the_order_of_the_form(practice):
    told = list(dict.fromkeys(labels_in(changes_of(practice))))

    order = ["Title", "How it works", "To set it up", "Amount", "Price year", "To keep it running, a year", "Figures"]
    order += ["What went wrong, and what you learned", "What others can take over", "Whom to turn to", "Pictures"]
    assert [label for label in told if label in order] == order


def test_a_part_is_called_as_the_form_calls_it():
    before = GoodPracticeFactory()
    document = render_draft(before)
    PracticeImageFactory(practice=before, alt={})
    form = PracticeForm(draft=before, user=before.owner)

    [images] = differences(document, render_draft(before), called_in(form))

    assert (images.label, [(change.state, change.label) for change in images.inner]) == (
        "Pictures",
        [("added", "Picture")],
    )


def test_what_is_public_is_told_in_the_words_of_its_page(practice):
    after = render_draft(practice)

    told = [change.label for change in differences(after | {"challenges": texts("Rain.", "Dež.")}, after)]

    assert told == ["What was hard", "What was hard"]


def test_what_a_reviewer_reads_field_by_field_is_told_apart(practice):
    labels = [field.label for field in fields_of(PracticeForm(draft=practice, user=practice.owner)).values()]

    assert {"To set it up: Amount", "To keep it running, a year: Amount"} <= set(labels)
    assert len(labels) == len(set(labels))
