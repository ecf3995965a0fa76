"""Where exactly a practice is: degrees as people write them, a region by its name, and what was looked up on the way."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.drafting.places import NOT_A_REGION
from catalogue.drafting.spots import DECIMALS, DraftDegrees, degrees_in_words
from catalogue.places import place
from practices.models import GoodPractice
from tests.factories import reread
from tests.practices.typed import form_of, shown_in, written
from tests.practices.writing import begun, filled, sent_from

LATITUDE, LONGITUDE = DraftDegrees(limit=90), DraftDegrees(limit=180)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("46.42", 46.42),
        (" 46,42 ", 46.42),
        ("46,42° N", 46.42),
        ("33.9 s", -33.9),
        ("−3,7", -3.7),
        ("-0", 0.0),
        ("46.", 46.0),
        ("46.123456789", 46.12346),
        ("", None),
    ],
)
def test_degrees_are_read_as_people_write_them(typed, read):
    assert LATITUDE.clean(typed) == read


@pytest.mark.parametrize(
    "typed", ["46° 25′", "nan", "1e1", "91", "-90.1", "46.4.2", "46 N S", "15 E", "-3 S", "٤٦", "1,2,3"]
)
def test_what_are_no_degrees_is_refused(typed):
    with pytest.raises(Exception, match=r"degrees|Degrees"):
        LATITUDE.clean(typed)


@given(st.floats(-180, 180))
def test_what_is_shown_is_read_again(degrees):
    read = LONGITUDE.clean(degrees_in_words(degrees)) or 0.0

    assert abs(read - degrees) <= 0.6 * 10**-DECIMALS
    assert LONGITUDE.clean(degrees_in_words(read)) == read
    assert math.copysign(1, read) == 1 or read < 0


@given(st.text(max_size=30))
def test_nothing_typed_breaks_the_field(typed):
    try:
        read = LONGITUDE.clean(typed)
    except Exception as refused:
        assert type(refused).__name__ == "ValidationError"
    else:
        assert read is None or -180 <= read <= 180


pytestmark = pytest.mark.django_db
KNOWN = place("SI", town="Ptuj", nuts="SI032", nuts_version=2013, lat=46.4200001, lng=15.87)


def test_a_spot_is_saved_and_taken_out(nina):
    draft = written(nina, filled(place_1_lat="46,42", place_1_lng="15.87"))
    assert draft.places == [place("SI", town="Ptuj", lat=46.42, lng=15.87)]

    written(nina, filled(place_1_lat="", place_1_lng=""), draft)
    assert draft.places == [place("SI", town="Ptuj")]


def test_what_is_known_more_closely_than_the_form_tells_stays_so(nina):
    draft = GoodPractice(places=[dict(KNOWN)])

    written(nina, filled(**{name: value for name, value in shown_in(draft, nina).items() if "place_" in name}), draft)

    assert draft.places == [KNOWN]


def test_a_spot_moves_without_the_rest(nina):
    draft = written(
        nina, filled(place_1_nuts="SI032", place_1_lat="46.5", place_1_lng="15.87"), GoodPractice(places=[KNOWN])
    )

    assert draft.places == [KNOWN | {"lat": 46.5}]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"place_1_lat": "91", "place_1_lng": "1"}, "place_1_lat", "Degrees here lie between −90 and 90."),
        ({"place_1_lat": "1", "place_1_lng": "181"}, "place_1_lng", "Degrees here lie between −180 and 180."),
        ({"place_1_lat": "here"}, "place_1_lat", "These are not degrees. Write them like 46.42 or 46,42."),
        (
            {"place_1_lat": "46"},
            "place_1_lng",
            "A latitude needs its longitude, and the other way round. Fill in both, or neither.",
        ),
        (
            {"place_2_lat": "46", "place_2_lng": "15"},
            "place_2_country",
            "Say in which country this place is.",
        ),
        (
            {"place_1_nuts": "Vzhodna Koroška"},
            "place_1_nuts",
            NOT_A_REGION,
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(nina, typed, field, message):
    form = form_of(nina, filled(**typed))

    assert dict(form.errors) == {field: [message]}


def test_a_region_may_be_called_by_its_name(nina):
    assert written(nina, filled(place_1_nuts=" podravska ")).places == [
        place("SI", town="Ptuj", nuts="SI032", nuts_version=2024)
    ]


# Looked up


def test_a_region_is_looked_for_and_nothing_is_saved_or_lost(as_nina, nina):
    practice = begun(nina)
    sent = sent_from(practice, title_en="Typed", place_1_nuts="korosk", change="find:place_1_nuts")

    response = as_nina.post(f"/en/my/practices/{practice.uid}/", sent)
    form = response.context["form"]

    assert (response.status_code, form["title_en"].value(), form.errors) == (200, "Typed", {})
    assert [region.code for region in form.place_rows[0].found.regions] == ["SI033", "SI013"]
    assert 'value="take:place_1_nuts:SI033"' in response.content.decode()
    assert reread(practice).latest_draft().title.data["en"] == "Open-yard day"


def test_what_was_found_is_taken_with_its_country(as_nina, nina):
    practice = begun(nina)
    sent = sent_from(practice, title_en="Typed", place_1_country="AT", change="take:place_1_nuts:SI033")

    response = as_nina.post(f"/en/my/practices/{practice.uid}/", sent)
    form, page = response.context["form"], response.content.decode()

    assert [form[f"place_1_{name}"].value() for name in ("country", "nuts")] == ["SI", "SI033"]
    assert (form["title_en"].value(), form.place_rows[0].region) == ("Typed", "Koroška")
    assert "data-named>Koroška<" in page


@pytest.mark.parametrize(
    "change",
    ["take:place_1_nuts:XX999", "take:title_en:SI033", "take:x", "find:", "find:nothing", "take:organisation:SI033"],
)
def test_a_lookup_that_cannot_be_brings_the_form_back(as_nina, nina, change):
    practice = begun(nina)

    response = as_nina.post(f"/en/my/practices/{practice.uid}/", sent_from(practice, title_en="Typed", change=change))

    assert (response.status_code, response.context["form"]["title_en"].value()) == (200, "Typed")
    assert reread(practice).latest_draft().title.data["en"] == "Open-yard day"


def test_a_new_practice_looks_up_too(as_nina):
    response = as_nina.post("/en/practices/new/", filled(place_1_nuts="gorenj", change="find:place_1_nuts"))

    assert response.status_code == 200
    assert [region.code for region in response.context["form"].place_rows[0].found.regions] == ["SI042", "SI022"]
    assert not GoodPractice.objects.exists()


def test_two_who_wrote_at_once_see_the_regions_by_name(as_nina, nina):
    practice = begun(nina)
    sent = sent_from(practice, place_1_nuts="SI032", place_1_lat="46.42", place_1_lng="15.87")
    as_nina.post(f"/en/my/practices/{practice.uid}/", sent_from(practice, place_1_nuts="SI033"))

    response = as_nina.post(f"/en/my/practices/{practice.uid}/", sent)

    [difference] = response.context["differences"]
    assert (difference.mine, difference.theirs) == (
        "Slovenia, Ptuj, Podravska (SI032), 46.42, 15.87",
        "Slovenia, Ptuj, Koroška (SI033)",
    )
