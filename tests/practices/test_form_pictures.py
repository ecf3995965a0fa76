"""The pictures of a practice in its form: what was chosen once is not lost, and nobody takes what is somebody else's."""

import pytest

from practices import photos
from practices.actions import save_draft
from practices.models import PracticeImage
from tests.factories import publish
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import begun, filled, upload, whole

pytestmark = pytest.mark.django_db
REFUSED = {"images-new1-file": ["Only pictures in JPEG, PNG or WebP can be shown."]}
GONE = {"images-new1-file": ["This picture is not there any more. Please choose it again."]}


def kept_by(user):
    """A picture that the user has chosen in a form that was not saved."""
    form = form_of(user, {}, photo=upload())
    form.is_valid()
    return form.held["images"]["new1"]


def test_a_picture_stays_while_another_field_is_refused(nina):
    refused = form_of(nina, filled(topics=["alchemy"]), photo=upload())
    assert dict(refused.errors) == {"topics": ["One of the topics is not in the list."]}
    kept = refused.held["images"]["new1"]

    draft = written(nina, filled(photo_kept=kept.digest))

    assert [image.photo for image in draft.images.all()] == [kept]


def test_a_refused_file_leaves_the_picture_that_was_there(nina):
    kept = kept_by(nina)
    form = form_of(nina, filled(photo_kept=kept.digest), photo=upload(b"MZ\x90", "yard.jpg"))

    assert dict(form.errors) == REFUSED
    assert form.held["images"] == {"new1": kept}


def test_somebody_elses_picture_cannot_be_taken(nina, luka):
    form = form_of(nina, filled(photo_kept=kept_by(luka).digest))

    assert dict(form.errors) == GONE


def test_several_pictures_stand_in_the_order_of_the_page(nina):
    draft = written(nina, {"photo_credit": "First"}, photo=upload())
    first, kept = str(draft.images.all()[0].uid), draft.images.all()[0].photo.digest
    second = {"images": ["new1", first], "images-new1-kept": kept, "images-new1-credit": "Second"}

    written(nina, shown_in(draft, nina) | second, draft)

    assert [(image.credit, image.licence) for image in draft.images.all()] == [
        ("Second", "CC-BY-4.0"),
        ("First", "CC-BY-4.0"),
    ]


def test_a_picture_can_be_taken_out(nina):
    draft = written(nina, {}, photo=upload())

    written(nina, {"images": ""}, draft)

    assert list(draft.images.all()) == []


def test_pictures_of_which_nothing_is_sent_stay(nina):
    draft = written(nina, {"photo_credit": "Bistra"}, photo=upload())

    written(nina, {}, draft)

    assert [(image.credit, image.photo is None) for image in draft.images.all()] == [("Bistra", False)]


def test_words_without_a_picture_are_kept_and_asked_about(nina):
    draft = written(nina, {"photo_alt_en": "A yard", "photo_credit": "Bistra"})

    [problem] = [problem.message for problem in draft.problems() if problem.field.startswith("images-")]
    assert problem == "Choose the picture, or take it out."


def test_the_words_of_a_published_picture_can_be_changed(nina, organisation):
    def with_yard(draft):
        whole(draft)
        draft.images.set([PracticeImage(photo=photos.keep(upload(), by=nina), alt={"en": "A yard"}, credit="Bistra")])

    practice = publish(begun(nina, organisation, with_yard))
    shown = shown_in(practice.latest_draft(), nina)
    form = form_of(nina, shown | {f"images-{shown['images'][0]}-alt_en": "Two yards"}, practice.latest_draft())
    assert form.is_valid()

    saved = save_draft(
        practice=practice,
        by=nina,
        edit=form.write_to,
        organisation=organisation,
        expected_revision=practice.latest_revision_id,
    )

    [image] = saved.latest_draft().images.all()
    assert image.alt.data == {"en": "Two yards"}
