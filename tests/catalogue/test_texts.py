"""Texts in many languages: what they hold, and which of them a reader is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from i18nfield.strings import LazyI18nString

from catalogue.texts import Reading, Text, clean_text, clean_text_map, in_language, is_storable, storable

pytestmark = pytest.mark.core

ALL = {"en": "English", "sl": "Slovensko", "it": "Italiano"}


@pytest.mark.parametrize(
    ("texts", "language", "original", "reading"),
    [
        (ALL, "sl", "it", ("Slovensko", "sl")),
        (ALL, "de", "it", ("English", "en")),
        ({"sl": "Slovensko", "it": "Italiano"}, "de", "it", ("Italiano", "it")),
        ({"sl": "Slovensko", "it": "Italiano"}, "de", "fr", ("Italiano", "it")),
        ({"sl": "Slovensko", "en": ""}, "en", "sl", ("Slovensko", "sl")),
        ({}, "en", "sl", ("", "")),
        (None, "en", None, ("", "")),
        ({"en": ""}, "en", "en", ("", "")),
    ],
)
def test_the_readers_language_then_english_then_the_original_then_any(texts, language, original, reading):
    assert in_language(texts, language, original) == Reading(*reading)


def test_a_text_reads_itself():
    assert Text(ALL).in_language("it", "sl") == Reading("Italiano", "it")


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (None, {}),
        ("", {}),
        ({}, {}),
        ({"sl": "Žalec"}, {"sl": "Žalec"}),
        ('{"sl": "Žalec"}', {"sl": "Žalec"}),
        ('{"en": "2014"}', {"en": "2014"}),
        (LazyI18nString({"sl": "Žalec"}), {"sl": "Žalec"}),
        (LazyI18nString("Plain"), {"en": "Plain"}),
        (Text({"sl": "Žalec"}), {"sl": "Žalec"}),
    ],
)
def test_a_text_is_only_ever_a_map(written, held):
    assert Text(written).data == held


@pytest.mark.parametrize("guess", ["Plain words", "2014", "null", "[]", "true", '"quoted"', "{", "NaN"])
def test_a_string_that_is_no_map_is_refused_rather_than_guessed_at(guess):
    with pytest.raises(ValueError, match="JSON object"):
        Text(guess)


def test_a_text_is_a_copy_of_the_map_it_was_made_of():
    written = {"en": "Before"}
    text = Text(written)

    written["en"] = "After"

    assert text.data == {"en": "Before"}


def test_texts_are_equal_when_their_maps_are():
    assert Text({"en": "One"}) == Text({"en": "One"}) == {"en": "One"}
    assert Text({"en": "One"}) != Text({"sl": "One"})
    assert len({Text({"en": "One"}), Text({"en": "One"}), Text({"en": "Two"})}) == 2


@pytest.mark.parametrize(("texts", "is_there"), [({}, False), ({"en": ""}, False), ({"sl": "x"}, True)])
def test_a_text_is_true_when_any_language_has_words(texts, is_there):
    assert bool(Text(texts)) is is_there


def test_the_length_is_that_of_the_longest_language():
    assert (len(Text({"en": "four", "sl": "petka"})), len(Text({}))) == (5, 0)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  ends \n", "ends"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\n\n- b", "a\n\n- b"),
        ("\u00a0no-break\u00a0", "no-break"),
    ],
)
def test_ends_are_trimmed_and_newlines_are_one_kind(written, clean):
    assert clean_text(written) == clean


@pytest.mark.parametrize("text", ["\u200b", "\u00ad", "\u2060\ufeff", "\u3164", " \u2800 ", "\u2028"])
def test_a_text_in_which_nothing_can_be_seen_is_none(text):
    assert clean_text_map({"en": text, "sl": "vidno"}) == {"sl": "vidno"}


def test_a_clean_map_is_sorted_and_has_no_empty_language():
    assert list(clean_text_map({"sl": " dva ", "fr": "  ", "en": "one", "de": ""}).items()) == [
        ("en", "one"),
        ("sl", "dva"),
    ]


def test_nothing_is_no_text():
    assert clean_text_map({"en": "one", "sl": None}) == {"en": "one"}


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1f", "\x7f", "\ud800", "\udfff", "\ufffe", "\uffff", "\u202e", "\u2066"]
)
def test_what_a_database_or_xml_refuses_or_turns_the_text_is_not_storable(character):
    assert is_storable(f"a{character}b") is False


@pytest.mark.parametrize("text", ["", "č š ž", "tab\tand\nnewline", "😀", "Ελλάδα", "\u200b"])
def test_what_people_write_is_storable(text):
    assert is_storable(text) is True


def test_what_is_given_back_keeps_its_words_apart():
    assert storable("One\x0btwo\x0cthree f\x00our") == "One two three four"


@given(st.dictionaries(st.sampled_from(["en", "sl", "it", "de", "fr"]), st.text()))
def test_cleaning_twice_is_cleaning_once(texts):
    once = clean_text_map(texts)

    assert clean_text_map(once) == once
