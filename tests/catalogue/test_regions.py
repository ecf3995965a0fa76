"""Regions are found by a part of their name, in whatever letters, or by their code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.codes import regions


def codes(query, country=""):
    return [region.code for region in regions.find(query, country).regions]


@pytest.mark.parametrize(
    ("query", "country", "found"),
    [
        ("korosk", "SI", ["SI033", "SI013"]),
        ("KOROŠKA", "SI", ["SI033", "SI013"]),
        ("si032", "", ["SI032"]),
        ("koros", "AT", []),
        ("notranjska primorsko", "SI", ["SI038"]),
        ("vzhodna slov", "SI", ["SI03", "SI037", "SI01", "SI017"]),
        ("", "", []),
        ("<script>", "SI", []),
    ],
)
def test_a_part_of_the_name_is_enough(query, country, found):
    assert sorted(codes(query, country)) == sorted(found)


def test_former_regions_are_told_from_those_of_today():
    today, former = regions.find("koroska", "SI").regions

    assert (today.code, today.former, former.code, former.former, former.last) == ("SI033", False, "SI013", True, 2010)


def test_of_a_state_that_has_left_the_list_its_last_regions_count_as_todays():
    assert {region.former for region in regions.find("london", "GB").regions} == {False}


def test_a_long_list_says_how_many_are_left():
    found = regions.find("", "DE")

    assert (len(found.regions), found.regions[0].code) == (20, "DE")
    assert (
        found.more
        == len(regions.all_of("DE"))
        + sum(region.former for region, _folded in regions._all() if region.country == "DE")
        + 1
        - 20
    )


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [("Podravska", "SI", "SI032"), ("wien", "AT", "AT130"), ("Podravska", "AT", ""), ("", "SI", "")],
)
def test_a_name_is_a_code_where_only_one_place_is_called_so(name, country, code):
    assert regions.named(name, country) == code


@given(st.text(max_size=120), st.sampled_from(["", "SI", "GR", "XX"]))
def test_nothing_that_one_types_is_too_strange(query, country):
    assert len(regions.find(query, country).regions) <= regions.MOST
    assert isinstance(regions.named(query, country), str)


# Pages


@pytest.mark.django_db
def test_the_page_lists_a_countrys_regions(client):
    page = client.get("/en/nuts/", {"country": "SI"}).content.decode()

    assert "Podravska" in page
    assert "SI013" not in page
    assert "Extra-Regio" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{"q": "\x00"}, {"q": "x" * 3000}, {"country": "ZZ", "q": "korosk"}, {"q": "<q9>", "country": "si"}]
)
def test_no_question_breaks_the_page(client, asked):
    for address in ("/en/nuts/", "/en/nuts/found/", "/en/nuts/map/"):
        response = client.get(address, asked)
        assert response.status_code == 200
        assert "<q9>" not in response.content.decode()


@pytest.mark.django_db
def test_forms_ask_without_a_query_and_may_keep_the_answer(client, django_assert_num_queries):
    client.cookies["messages"] = "x"  # as for somebody of whom the page cache knows nothing
    with django_assert_num_queries(0):
        found = client.get("/en/nuts/found/", {"country": "SI", "q": "korosk"})
        drawn = client.get("/en/nuts/map/", {"country": "SI"})

    assert 'data-region="SI033" data-country="SI" data-name="Koroška"' in found.content.decode()
    assert 'class="in" data-country="SI"' in drawn.content.decode()
    assert found["Cache-Control"] == drawn["Cache-Control"] == "max-age=86400"
    assert len(drawn.content) < 30_000


@pytest.mark.django_db
def test_a_country_beyond_the_map_is_none_that_is_near(client):
    drawn = client.get("/en/nuts/map/", {"country": "JP"}).content.decode()

    assert ("data-near" in drawn, 'class="in"' in drawn) == (False, False)
