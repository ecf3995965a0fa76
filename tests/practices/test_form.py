"""What the form takes, what it refuses beside the field, and that nothing typed is ever lost."""

import pytest
from django.utils.translation import override

from catalogue.drafting.places import NOT_A_REGION
from catalogue.places import place
from practices.form_page import form_page
from practices.forms import PracticeForm
from practices.models import GoodPractice
from tests.factories import OrganisationFactory, ProjectFactory, publish
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import filled, upload

pytestmark = pytest.mark.django_db


def test_an_empty_form_is_a_draft(nina):
    draft = written(nina, {})

    assert (draft.title.data, draft.topics, draft.places, list(draft.images.all())) == (
        {"en": "", "sl": ""},
        [],
        [],
        [],
    )


def test_every_field_finds_its_place(nina, organisation):
    project = publish(ProjectFactory(acronym="ECOLE"))
    data = filled(
        title_sl="Dan odprtih dvorišč",
        place_1_nuts="si032",
        organisation=organisation,
        projects=[str(project.uid)],
        photo_alt_en="A yard",
        photo_credit="Bistra",
    )
    draft = GoodPractice()
    form = form_of(nina, data, draft, photo=upload())
    assert form.errors == {}
    form.write_to(draft)

    assert draft.title.data == {"en": "Open-yard day", "sl": "Dan odprtih dvorišč"}
    assert draft.how_it_works.data["en"] == "The office of the area sets the date in January."
    assert draft.topics == ["green-marketing"]
    assert draft.places == [place("SI", town="Ptuj", nuts="SI032", nuts_version=2024)]
    assert list(draft.projects.all()) == [project]
    assert form.cleaned_data["organisation"] == organisation
    [image] = draft.images.all()
    assert (image.alt.data, image.credit, image.photo.uploaders.get()) == ({"en": "A yard", "sl": ""}, "Bistra", nina)


def test_what_the_form_shows_it_gives_back_unchanged(nina, organisation):
    project = publish(ProjectFactory())
    draft = written(
        nina, filled(projects=[str(project.uid)], photo_alt_en="A yard", photo_credit="Bistra"), photo=upload()
    )
    draft.organisation_in_charge = organisation
    before = shown_in(draft, nina)

    form = form_of(nina, before, draft)
    form.write_to(draft) if form.is_valid() else pytest.fail(str(form.errors))

    assert shown_in(draft, nina) == before


BAD_VALUES = [
    ({"original_language": "hr"}, "original_language", "This language is not offered here."),
    ({"topics": ["green-marketing", "alchemy"]}, "topics", "One of the topics is not in the list."),
    ({"topics": ["\x00"]}, "topics", "One of the topics is not in the list."),
    ({"place_1_country": "XX"}, "place_1_country", "This country is not in the list."),
    ({"place_1_country": "YUCS"}, "place_1_country", "This country is not in the list."),
    ({"place_1_country": ""}, "place_1_country", "Say in which country this place is."),
    ({"place_1_nuts": "SI999"}, "place_1_nuts", NOT_A_REGION),
    ({"place_1_nuts": "AT130"}, "place_1_nuts", NOT_A_REGION),
    ({"place_1_nuts": "SI"}, "place_1_nuts", NOT_A_REGION),
    ({"place_1_town": "P" * 121}, "place_1_town", "The text has 121 characters; a draft can keep 120 in one field."),
    ({"organisation": "somebody"}, "organisation", "You are not a member of this organisation."),
    ({"organisation": "\x00"}, "organisation", "You are not a member of this organisation."),
    ({"projects": ["x"]}, "projects", "One of the projects is not published here."),
    ({"photo_kept": "0" * 64}, "images-new1-file", "This picture is not there any more. Please choose it again."),
    ({"photo_kept": "\x00"}, "images-new1-file", "This picture is not there any more. Please choose it again."),
]
IN_PICTURE = ("images-new1-alt_sl", "images-new1-credit")
UNSTORABLE = "The text has characters that cannot be stored. They have been taken out here."
BAD_VALUES += [
    ({name: text}, name, UNSTORABLE)
    for name in ("title_en", "summary_sl", "how_it_works_en", "place_1_town", *IN_PICTURE)
    for text in ("a\x00b", "a\ud800b", "a\x07b", "a\ufffeb")
]
BAD_VALUES += [
    (
        {"how_it_works_sl": "č" * 20_001},
        "how_it_works_sl",
        "The text has 20001 characters; a draft can keep 20000 in one field.",
    ),
    ({"title_en": "x" * 20_001}, "title_en", "The text has 20001 characters; a draft can keep 20000 in one field."),
]


@pytest.mark.parametrize(("values", "field", "message"), BAD_VALUES)
def test_bad_values_are_refused_beside_the_field(nina, values, field, message):
    form = form_of(nina, filled(images="new1", **values))

    assert dict(form.errors) == {field: [message]}


@pytest.mark.parametrize(("values", "field", "message"), BAD_VALUES)
def test_a_refused_form_keeps_the_rest_and_can_be_drawn(nina, values, field, message):
    form = form_of(nina, filled(summary_en="Kept as it was", **values) if "summary_en" not in values else values)

    page = form.as_div().encode()

    assert b"Kept as it was" in page
    assert b"\x00" not in page


def test_the_limits_of_the_review_do_not_hold_for_drafts(nina):
    draft = written(nina, {"title_en": "t" * 5000, "how_it_works_en": "h" * 20_000})

    assert (len(draft.title.data["en"]), len(draft.how_it_works.data["en"])) == (5000, 20_000)


def test_a_foreign_organisation_is_refused(nina):
    form = form_of(nina, filled(organisation=OrganisationFactory()))

    assert dict(form.errors) == {"organisation": ["You are not a member of this organisation."]}


def test_an_organisation_that_the_author_has_left_may_stay(nina, organisation):
    nina.memberships.all().delete()

    form = form_of(nina, filled(organisation=organisation), GoodPractice(organisation_in_charge=organisation))

    assert (form.errors, form.cleaned_data["organisation"]) == ({}, organisation)


def test_an_unpublished_project_is_refused(nina):
    form = form_of(nina, filled(projects=[str(ProjectFactory().uid)]))

    assert dict(form.errors) == {"projects": ["One of the projects is not published here."]}


def test_a_project_that_is_not_published_yet_stays_with_the_practice_unseen(nina):
    hidden, shown = ProjectFactory(), publish(ProjectFactory())
    draft = GoodPractice()
    draft.projects.set([hidden])

    written(nina, filled(projects=[str(shown.uid)]), draft)

    assert {project.pk for project in draft.projects.all()} == {hidden.pk, shown.pk}
    assert shown_in(draft, nina)["projects"] == [str(shown.uid)]


def test_fields_that_are_not_in_the_form_have_no_effect(nina, luka):
    owned = GoodPractice(owner=nina)

    draft = written(
        nina, filled(live="on", owner=str(luka.pk), slug="mine", uid="x", example="on", licence="CC0-1.0"), owned
    )

    assert (draft.live, draft.owner, draft.slug, draft.example, draft.licence) == (
        False,
        nina,
        None,
        False,
        "CC-BY-4.0",
    )


def test_markup_is_only_text(nina):
    form = form_of(nina, filled(title_en="<script>alert(1)</script>"))

    assert form.cleaned_data["title_en"] == "<script>alert(1)</script>" if form.is_valid() else False
    assert "<script>" not in form.as_div()


def test_a_title_is_one_line(nina):
    assert written(nina, {"title_en": " Open \r\n yard\tday "}).title.data["en"] == "Open yard day"


def test_lines_end_alike_whatever_the_browser_sends(nina):
    draft = written(nina, {"how_it_works_en": "First.\r\n\r\n- one\r- two  \r\n"})

    assert draft.how_it_works.data["en"] == "First.\n\n- one\n- two"


def test_texts_in_other_languages_stay_and_can_be_edited(nina):
    draft = GoodPractice(title={"it": "Cortili aperti", "de": "Offene Höfe"}, original_language="it")

    written(nina, filled(original_language="it", title_it="Cortili aperti", title_de="Tag der offenen Höfe"), draft)

    assert draft.title.data == {"en": "Open-yard day", "sl": "", "it": "Cortili aperti", "de": "Tag der offenen Höfe"}
    assert draft.original_language == "it"


def test_places_can_be_added_and_emptied(nina):
    draft = written(nina, filled(place_2_country="AT", place_2_town="Graz"))
    assert [each["town"] for each in draft.places] == ["Ptuj", "Graz"]

    written(nina, filled(place_1_country="", place_1_town="", place_2_country="AT", place_2_town="Graz"), draft)
    assert [each["town"] for each in draft.places] == ["Graz"]


def test_a_place_that_did_not_change_keeps_its_coordinates(nina):
    known = place("SI", town="Ptuj", nuts="SI032", nuts_version=2013, lat=46.42, lng=15.87)

    draft = written(nina, filled(place_1_nuts="SI032"), GoodPractice(places=[known]))

    assert draft.places == [known]


def test_there_is_always_room_for_one_more_place(nina):
    many = [place("SI", town=f"Town {number}") for number in range(5)]

    form = PracticeForm(draft=GoodPractice(places=many), user=nina)

    assert list(form.place_numbers) == [1, 2, 3, 4, 5, 6]


def test_rows_without_end_are_not_read(nina):
    form = form_of(nina, filled(place_999999_country="SI", place_21_country="SI"))

    assert list(form.place_numbers) == [1, 2]


def test_the_counter_knows_the_limits(nina):
    form = PracticeForm(draft=GoodPractice(), user=nina)

    limits = {name: field.limit for name, field in form.fields.items() if getattr(field, "limit", None)}
    assert {name.removesuffix("_en"): limit for name, limit in limits.items() if name.endswith("_en")} == {
        "title": 100,
        "summary": 160,
        "resources_setup_text": 300,
        "resources_running_text": 300,
        "evidence_of_success": 500,
        "challenges": 300,
        "potential_for_transfer": 1000,
    }
    fields = GoodPractice._meta.get_fields()
    assert {name: spec.limit for name, spec in form.texts.items()} == {
        field.name: field.limit for field in fields if field.name in form.texts
    }


# Languages


@pytest.mark.parametrize(
    ("reader", "called"), [("en", ["English", "Slovenian"]), ("sl", ["Angleščina", "Slovenščina"])]
)
def test_the_tabs_and_the_choice_beside_them_call_languages_alike(nina, reader, called):
    with override(reader):
        form = PracticeForm(draft=GoodPractice(), user=nina)
        page = form_page(form, None)

    tabs, counters = ([each["name"] for each in page[name]] for name in ("tabs", "guided_counters"))
    assert tabs == counters == called
    assert [str(label).capitalize() for _code, label in form.fields["original_language"].choices] == called
