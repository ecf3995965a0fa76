"""The records' forms: texts in five languages, lists of rows, and what is said when something in them is wrong."""

import pytest

from catalogue.places import place
from projects.models import Programme
from tests.admin import add, address, drawn_fields, edit, errors_of, new_row
from tests.factories import AdminFactory, ProgrammeFactory, publish, reread, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(AdminFactory())
    return client


def test_texts_stand_in_five_languages(desk):
    typed = {
        f"name_{number}": title for number, title in enumerate(["Market", "Tržnica", "Mercato", "Märkte", "Marché"])
    }
    add(desk, Programme, **typed)
    programme = Programme.objects.get()
    assert programme.name.data == {"en": "Market", "sl": "Tržnica", "it": "Mercato", "de": "Märkte", "fr": "Marché"}
    page = desk.get(address(programme, "edit")).content.decode()
    assert {
        name: value for name, value in drawn_fields(page).items() if name.startswith("name_") and name[-1].isdigit()
    } == typed


def test_a_language_that_is_emptied_is_gone(desk):
    programme = ProgrammeFactory(name={"en": "Market", "it": "Mercato"})
    edit(desk, programme, name_2="")
    assert reread(programme).name.data == {"en": "Market"}


def test_lines_and_blank_lines_are_kept_as_lines(desk):
    programme = ProgrammeFactory()
    edit(desk, programme, description_0="One.\r\n\r\n- two\r\n- three\r\n")
    assert reread(programme).description.data["en"] == "One.\n\n- two\n- three"


def test_lists_are_filled_in_without_a_script(desk):
    programme = ProgrammeFactory(places=[place("SI", town="Ptuj")])
    answer = edit(
        desk,
        programme,
        topics=["renewal-and-brownfields", "green-marketing"],
        keywords="mesta\n trg \n\nmesta",
        **new_row(
            "places", 1, country="IT", nuts="ITH44", nuts_version="2021", town="Trieste", lat="45.65", lng="13.77"
        ),
        **new_row("source_notes", 0, field="title", document="002.txt", line="15", note_1="Kot piše."),
        **new_row("source_notes", 1, field="end", publication="keep.eu", url="https://keep.eu/1"),
    )
    assert answer.status_code == 302
    programme = reread(programme)
    assert programme.topics == ["green-marketing", "renewal-and-brownfields"]
    assert programme.keywords == ["mesta", "trg"]
    assert programme.places == [
        place("SI", town="Ptuj"),
        place("IT", nuts="ITH44", nuts_version=2021, town="Trieste", lat=45.65, lng=13.77),
    ]
    assert programme.source_notes == [
        {"field": "title", "document": "002.txt", "line": 15, "note": {"sl": "Kot piše."}},
        {
            "field": "end",
            "document": None,
            "line": None,
            "publication": "keep.eu",
            "url": "https://keep.eu/1",
            "note": None,
        },
    ]


def test_a_region_without_a_version_is_one_of_the_newest(desk):
    programme = ProgrammeFactory()
    edit(desk, programme, **new_row("places", 0, country="SI", nuts="SI032"))
    assert reread(programme).places == [place("SI", nuts="SI032", nuts_version=2024)]


def test_a_row_is_removed(desk):
    programme = ProgrammeFactory(places=[place("SI", town="Ptuj"), place("HR", town="Varaždin")])
    edit(desk, programme, **new_row("places", 0, DELETE="on"))
    assert reread(programme).places == [place("HR", town="Varaždin")]


def test_what_nobody_touched_is_not_changed(desk):
    """Rows may hold more than the form shows, as what was loaded from documents does."""
    programme = ProgrammeFactory(
        priorities=[{"code": "3", "title": texts("Towns", "Mesta"), "source": {"document": "a.txt", "line": 2}}],
        places=[place("CSXX")],
        description={"sl": "Prva vrstica.\n\nDruga vrstica."},
        source_notes=[
            {"field": "name", "document": "a.txt", "line": 2, "note": texts("As printed.", "Kot piše.")},
            {"field": "cci", "document": None, "line": None, "publication": "keep.eu", "url": None, "note": None},
        ],
    )
    publish(programme)
    before = programme.entry.document
    edit(desk, programme, "publish")
    assert programme.entry.document == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"country": "", "town": "Trieste"}, "Row 2, Country: This field is required."),
        ({"country": "XX"}, "Row 2, Country: Select a valid choice. XX is not one of the available choices."),
        (
            {"country": "IT", "nuts": "IT999", "nuts_version": "2021"},
            "Row 2, NUTS code: IT999 is not a region of NUTS 2021.",
        ),
        ({"country": "IT", "nuts": "IT999"}, "Row 2, NUTS code: IT999 is not a region of NUTS."),
        (
            {"country": "IT", "lat": "45.6"},
            "Row 2, Longitude: A latitude needs its longitude, and the other way round.",
        ),
        ({"country": "IT", "lat": "99", "lng": "1"}, "Row 2, Latitude: Ensure this value is less than or equal to 90."),
        ({"country": "IT", "town": "Tri\x01este"}, "Row 2, Town: There are characters in it that cannot be stored."),
    ],
)
def test_a_faulty_row_is_said_beside_its_field_and_kept(desk, typed, said):
    programme = ProgrammeFactory(places=[place("SI", town="Ptuj")])
    page = edit(desk, programme, keywords="mesta", **new_row("places", 1, **typed))
    assert page.status_code == 200
    assert errors_of(page) == {"places": [said]}
    kept = drawn_fields(page.content.decode())
    assert kept["keywords"] == "mesta"
    assert {name: kept[f"places-1-{name}"] for name in typed if name != "country"} == {
        name: value for name, value in typed.items() if name != "country"
    }
    assert reread(programme).places == [place("SI", town="Ptuj")]


@pytest.mark.parametrize("typed", [{"places-rows": "many"}, {"places-rows": "99999999999"}, {"places-0-rest": "{"}])
def test_a_broken_form_is_no_accident(desk, typed):
    assert edit(desk, ProgrammeFactory(), **typed).status_code in (200, 302)


@pytest.mark.parametrize("field", ["name_1", "acronym", "description_0"])
def test_what_cannot_be_stored_is_refused_beside_its_field(desk, field):
    page = edit(desk, ProgrammeFactory(), **{field: "a\x02b"})
    assert errors_of(page) == {field.partition("_")[0]: ["There are characters in it that cannot be stored."]}


def test_an_address_is_that_of_a_publication(desk):
    page = edit(desk, ProgrammeFactory(), **new_row("source_notes", 0, field="cci", url="https://keep.eu/1"))
    assert errors_of(page) == {"source_notes": ["Row 1, Publication: An address needs the name of the publication."]}
