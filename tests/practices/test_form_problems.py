"""What the review will ask for stands beside the fields, and how far the form is."""

import pytest

from partners.models import Organisation
from practices.form_page import form_page
from practices.forms import PracticeForm
from practices.models import GoodPractice
from practices.readiness import problems_of
from tests.practices.typed import form_of, written
from tests.practices.writing import filled, upload

pytestmark = pytest.mark.django_db


# What the review asks for


def problems(user, data, draft=None, **more):
    draft = draft or GoodPractice(organisation_in_charge=Organisation(pk=1))
    return [(each.field, each.language, each.message) for each in problems_of(written(user, data, draft, **more))]


def test_a_whole_practice_has_no_problem(nina):
    assert problems(nina, filled()) == []


def test_texts_are_needed_in_the_original_language(nina):
    found = problems(nina, filled(original_language="sl", title_sl="Dan"))

    assert found[0] == ("summary", "sl", "This text is needed in Slovenian, the original language.")
    assert [each[0] for each in found] == [
        "summary",
        "problem_and_context",
        "how_it_works",
        "stakeholders_and_beneficiaries",
    ]


def test_a_translation_needs_its_title(nina):
    assert problems(nina, filled(summary_sl="Enkrat na leto.")) == [
        (
            "title",
            "sl",
            "A title is needed wherever there is another text: without it nobody is shown the Slovenian texts.",
        )
    ]


def test_limits_hold_for_each_language(nina):
    found = problems(nina, filled(title_en="t" * 101, title_sl="t" * 100, summary_sl="s" * 161))

    assert found == [
        ("title", "en", "At most 100 characters fit; there are 101."),
        ("summary", "sl", "At most 160 characters fit; there are 161."),
    ]


def test_the_three_parts_share_one_limit(nina):
    parts = {"problem_and_context_en": "p" * 500, "how_it_works_en": "h" * 500}

    assert problems(nina, filled(**parts, stakeholders_and_beneficiaries_en="s" * 500)) == []
    assert problems(nina, filled(**parts, stakeholders_and_beneficiaries_en="s" * 501)) == [
        (
            "stakeholders_and_beneficiaries",
            "en",
            "The three parts may have 1500 characters together; they have 1501.",
        )
    ]


def test_a_picture_needs_words_and_a_name(nina):
    found = problems(nina, filled(), photo=upload())

    assert [(field.rpartition("-")[2], language, message) for field, language, message in found] == [
        ("alt", "en", "Say in English what the picture shows, for those who cannot see it."),
        ("credit", "", "Say who took the picture."),
    ]


def test_problems_stand_beside_the_fields_of_a_form_that_nobody_sent(nina):
    draft = GoodPractice(title={"sl": "Dan"}, original_language="sl")
    form = PracticeForm(draft=draft, user=nina)

    form.show_problems(problems_of(draft))

    assert list(form.errors) == [
        "summary_sl",
        "problem_and_context_sl",
        "how_it_works_sl",
        "stakeholders_and_beneficiaries_sl",
        "status",
        "topics",
        "place_1_country",
        "organisation",
    ]


# How far it is


def to_do(form) -> dict[str, str]:
    """Section → what the rail says of it."""
    return {section["url"]: section["problem"] or section["note"] for section in form_page(form, None)["sections"]}


def test_what_is_typed_counts_though_something_else_is_refused(nina, organisation):
    form = form_of(nina, filled(place_1_nuts="SI999", organisation=organisation))

    assert not form.is_valid()
    assert to_do(form) == {
        "#in-short": "complete",
        "#what-was-done": "complete",
        "#what-it-took": "can be left out",
        "#what-came-of-it": "can be left out",
        "#what-helped": "can be left out",
        "#building-blocks": "can be left out",
        "#passing-it-on": "can be left out",
        "#state-and-time": "complete",
        "#topics-and-places": "1 problem",
        "#who": "complete",
        "#pictures": "can be left out",
        "#files": "can be left out",
        "#links": "can be left out",
    }
    assert form.draft.title.data == {}  # it is only counted, not written


def test_what_is_emptied_is_missing_though_the_draft_has_it(nina, organisation):
    draft = written(nina, filled())
    form = form_of(nina, filled(title_en="", place_1_nuts="SI999"), draft)

    assert not form.is_valid()
    assert (to_do(form)["#in-short"], to_do(form)["#who"]) == ("1 thing to do", "1 thing to do")


# E-mail addresses


def test_a_draft_may_keep_an_address_and_the_review_asks_to_take_it_out_beside_the_field(nina, organisation):
    write = "Write to jana@example.org."
    data = filled(how_it_works_en=write, title_sl=write, place_1_town="jana@example.org", organisation=organisation)
    draft = written(
        nina, data | {"photo_alt_en": write, "photo_credit": "jana@example.org"}, GoodPractice(), photo=upload()
    )
    draft.organisation_in_charge = organisation

    form = PracticeForm(draft=draft, user=nina)
    form.show_problems(problems_of(draft))

    in_picture = {f"images-{draft.images.all()[0].uid}-{name}" for name in ("alt_en", "credit")}
    assert set(form.errors) == {"how_it_works_en", "title_sl", "place_1_country", *in_picture}
    assert form.errors["how_it_works_en"] == [
        "An e-mail address stands here, and everybody could read it. Please take it out; a name is enough."
    ]


def test_an_address_that_the_form_does_not_show_is_told_too(nina, organisation):
    draft = written(nina, filled(organisation=organisation))
    draft.organisation_in_charge, draft.keywords = organisation, ["jana@example.org"]

    [problem] = problems_of(draft)

    assert "ask an editor" in problem.message


def test_a_part_in_which_nothing_stands_is_not_complete(nina, organisation):
    empty = {
        "links": ["", "new1"],
        "images": ["", "new1"],
        "images-new1-licence": "CC-BY-4.0",
        "evidence": ["", "new1"],
    }
    form = form_of(nina, filled(organisation=organisation) | empty)

    assert form.is_valid()
    assert {name: to_do(form)[name] for name in ("#links", "#pictures", "#what-came-of-it")} == dict.fromkeys(
        ("#links", "#pictures", "#what-came-of-it"), "can be left out"
    )
