"""Word search: the same answers on both databases, in every language, to whatever is typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.endings import lemma_by_ending
from catalogue.models import Entry, EntryWords
from catalogue.search import LONGEST_WORD, MOST_QUERY_WORDS, alternatives_of, fold, words_of
from catalogue.words import title_and_body
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    ProjectFactory,
    ResultFactory,
    bare_entries,
    publish,
    republish,
    withdraw,
)

pytestmark = [pytest.mark.core, pytest.mark.every_row, pytest.mark.django_db]

TEXTS = {
    "zones": {"sl": "Industrijske cone v Žalcu", "en": "Industrial zones in Žalec"},
    "market": {"sl": "Zelena tržnica Škofja Loka", "en": "A green market"},
    "german": {"de": "Städte fördern Gewerbegebiete an der Hauptstraße"},
    "italian": {"it": "Distretti industriali e zone produttive"},
    "french": {"fr": "Les zones d’activités économiques du Nord"},
    "greek": {"en": "Βιομηχανική περιοχή"},
    "codes": {"en": "EN 15232, CO2 and Interreg III-B"},
    "renewal": {"sl": "Prenova degradiranih območij in pilotno parkiranje", "en": "Brownfields"},
    "at sign": {"en": "Sm@rt Region of maja.novak@example.org, eco-industrial"},
}


@pytest.fixture
def library():
    """The texts above as titles of entries."""
    for name, entry in zip(TEXTS, bare_entries(len(TEXTS), slug=lambda index: list(TEXTS)[index]), strict=True):
        words = words_of({language: [text] for language, text in TEXTS[name].items()})
        EntryWords.objects.create(entry=entry, title=words)


def found(query):
    return {entry.slug for entry in Entry.objects.visible().matching(query)}


ANSWERS = [
    # Slovenian: cases, marks, capitals
    ("industrijskih con", {"zones"}),
    ("industrijska cona", {"zones"}),
    ("industrijskimi conami", {"zones"}),
    ("INDUSTRIJSKE CONE", {"zones"}),
    ("Žalec", {"zones"}),
    ("zalec", {"zones"}),
    ("žalcu", {"zones"}),
    ("zalcu", {"zones"}),
    ("tržnice", {"market"}),
    ("trznica", {"market"}),
    ("škofja", {"market"}),
    ("skofja loka", {"market"}),
    ("ŠKOFJA", {"market"}),
    ("zelene tržnice", {"market"}),
    # the same letter written with a combining mark
    ("trz\u030cnica", {"market"}),
    # English
    ("zone", {"zones", "french", "italian"}),
    ("industrial zone", {"zones"}),
    ("markets", {"market"}),
    # German
    ("Stadt", {"german"}),
    ("städte", {"german"}),
    ("stadte", {"german"}),
    ("gewerbegebiet", {"german"}),
    ("Hauptstraße", {"german"}),
    ("hauptstrasse", {"german"}),
    # Italian
    ("distretto industriale", {"italian"}),
    ("zona produttiva", {"italian"}),
    # French
    ("activité économique", {"french"}),
    ("activites economiques", {"french"}),
    ("nord", {"french"}),
    # other scripts, numbers
    ("βιομηχανικη", {"greek"}),
    ("15232", {"codes"}),
    ("co2", {"codes"}),
    ("CO₂", {"codes"}),
    ("III-B", {"codes"}),
    # words that no dictionary knows
    ("degradirana območja", {"renewal"}),
    ("degradirano območje", {"renewal"}),
    ("degradiranih območij", {"renewal"}),
    ("pilotnega", {"renewal"}),
    ("brownfield", {"renewal"}),
    # the sign for a, in names and in addresses
    ("smart region", {"at sign"}),
    ("SM@RT", {"at sign"}),
    ("maja.novak@example.org", {"at sign"}),
    ("maja novak", {"at sign"}),
    ("example.org", {"at sign"}),
    ("novak@example", {"at sign"}),
    # a compound in one word
    ("eco-industrial", {"at sign"}),
    ("ecoindustrial", {"at sign"}),
    # words across languages of one record; all words are needed
    ("industrijske zones", {"zones"}),
    ("green tržnica", {"market"}),
    ("green zone", set()),
    ("industrijske neznanka", set()),
    ("unknown", set()),
    # the beginning of a word is not the word
    ("indus", set()),
]


def test_every_query_has_the_same_answer_on_both_databases(library):
    assert {query: found(query) for query, _answer in ANSWERS} == dict(ANSWERS)


HOSTILE = [
    *("", " ", "\x00", "\x00\x00", "!!!", "...", "'", '"', "''", '""', "\\", "%", "_", "*", "&", "|", "!", "()", ":*"),
    *("-", "--", "—", ";", "/*", "😀", "\u200b", "\ud800", "\udfff\ud800", "\u0301", "\ufffe"),
]


def test_a_query_without_a_word_finds_nothing_and_breaks_nothing(library):
    assert {query: found(query) for query in HOSTILE} == dict.fromkeys(HOSTILE, set())


QUOTED = [
    "'market'",
    '"market"',
    "market'; DROP TABLE catalogue_entry; --",
    "market' OR '1'='1",
    'market" OR "zones',
    "market & !green",
    "market <-> green",
    "market:*",
    "market*",
    "-market",
    "NOT market",
    "title:market",
    "market AND",
    "AND OR NOT NEAR",
    "NEAR(market green)",
    "(market",
    "market)",
    "market\x00green",
    "market\ud800green",
    "market\\",
    "mark%et",
    "a" * 10_000,
    "market " * 5_000,
    "š" * 10_000,
    "' " * 5_000,
]


def test_operators_and_quotes_are_only_words(library):
    as_words = {query: "".join(char if char.isalnum() else " " for char in query) for query in QUOTED}

    assert {query: found(query) for query in QUOTED} == {query: found(words) for query, words in as_words.items()}
    assert Entry.objects.count() == len(TEXTS)


def test_quotes_around_a_word_do_not_hide_it(library):
    assert [found(query) for query in ("'market'", '"market"', "(market)", "market!")] == [{"market"}] * 4


def test_no_more_than_a_dozen_words_are_looked_for(library):
    assert len(alternatives_of("word " * 100)) == MOST_QUERY_WORDS
    assert found("market " * MOST_QUERY_WORDS + "unknown") == {"market"}


def test_words_too_long_for_a_database_are_cut_alike_in_texts_and_queries():
    word = "x" * 5_000
    publish(OrganisationFactory(description={"en": word}))

    assert Entry.objects.matching(word).count() == 1
    assert max(len(form) for forms in alternatives_of(word) for form in forms) == LONGEST_WORD


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])


@given(text=st.text(LETTERS, min_size=1, max_size=40))
@example(text="ǅ ʼn ﬁ ① ½ x² İ ß ẞ")
@example(text="क्षि ไทย 漢字 한국어 עברית العربية")
@example(text="1e5 0x10 3.14 -1 a@b.example http://example.org/x 10:30 1.2.3.4")
def test_whatever_stands_in_a_title_is_found_by_each_of_its_words(text):
    Entry.objects.all().delete()
    EntryWords.objects.create(entry=bare_entries(1)[0], title=words_of({"en": [text]}))

    missing = [
        word for word in [text, *text.split()] if alternatives_of(word) and not Entry.objects.matching(word).exists()
    ]

    assert missing == []


@given(query=st.text(max_size=60))
def test_no_query_breaks_anything(query):
    assert list(Entry.objects.visible().matching(query)) == []


# Relevance


def test_a_word_in_the_title_weighs_more_than_in_the_text():
    in_text = publish(GoodPracticeFactory(title={"en": "Courtyards"}, how_it_works={"en": "There is a market."}))
    in_title = publish(GoodPracticeFactory(title={"en": "A market"}, how_it_works={"en": "There are courtyards."}))

    by_relevance = Entry.objects.matching("market").order_by("-relevance")

    assert [entry.uid for entry in by_relevance] == [in_title.uid, in_text.uid]


# What is searched


def test_names_results_and_texts_of_parts_are_searched():
    project = ProjectFactory(acronym="ECOLE")
    ResultFactory(project=project, text={"en": "A pocketbook"})
    publish(project)
    organisation = publish(OrganisationFactory(name_original="ZRS Bistra", abbreviation="ZRSB", town="Ormož"))

    answers = [list(Entry.objects.matching(word)) for word in ("ecole", "pocketbook", "bistra", "zrsb", "ormoz")]

    assert answers == [[project.entry]] * 2 + [[organisation.entry]] * 3


def test_topics_are_found_by_their_names_in_every_language():
    publish(GoodPracticeFactory(title={"en": "Courtyards"}, topics=["renewal-and-brownfields", "investor-attraction"]))
    queries = ["brownfield renewal", "investor attraction", "privabljanje vlagateljev", "prenova degradiranih območij"]

    queries += ["attrazione investitori", "Anwerbung von Investoren", "attraction des investisseurs"]

    assert [query for query in queries if not Entry.objects.matching(query).exists()] == []
    assert not Entry.objects.matching("green marketing").exists()


def test_keywords_and_types_of_organisations_are_searched():
    practice = publish(GoodPracticeFactory(title={"en": "Courtyards"}, keywords=["lime trees"]))
    university = publish(OrganisationFactory(partner_type="higher_education_and_research"))

    assert found_uids("lime tree") == [practice.uid]
    assert found_uids("raziskovalne organizacije") == found_uids("higher education") == [university.uid]


def test_codes_of_another_network_that_are_not_ours_are_left_alone():
    document = {"original_language": "en", "title": {"en": "Zones"}, "topics": ["moon-marketing"], "strand": None}

    assert title_and_body(document) == ("zones zone", "")


def test_addresses_codes_and_notes_about_the_record_are_not_searched():
    practice = publish(
        GoodPracticeFactory(title={"en": "Courtyards"}, source_notes=[{"field": "x", "note": "leaflet"}])
    )

    words = ["practices", "running", "leaflet", "original", str(practice.uid), "null", "cc"]

    assert [word for word in words if Entry.objects.matching(word).exists()] == []


def test_what_is_no_longer_said_is_no_longer_found():
    practice = publish(GoodPracticeFactory(title={"en": "Courtyards"}))

    republish(practice, title={"en": "Gardens"})
    assert (found_uids("courtyards"), found_uids("gardens")) == ([], [practice.uid])

    withdraw(practice)
    assert found_uids("gardens") == []

    publish(practice)
    assert found_uids("gardens") == [practice.uid]


def found_uids(query):
    return [entry.uid for entry in Entry.objects.visible().matching(query)]


def test_a_draft_is_not_found():
    GoodPracticeFactory(title={"en": "Courtyards"}).save_revision()

    assert found_uids("courtyards") == []


def test_title_words_and_other_words_are_kept_apart():
    document = {"original_language": "sl", "title": {"sl": "Cone"}, "summary": {"en": "Zones"}, "kind": "projects"}

    assert title_and_body(document) == ("cone cona", "zones zone")
    assert title_and_body(document | {"acronym": "SR"})[0] == "cone cona sr"


# Words that no dictionary knows


JOINED = {
    "degradiran": ("degradirana", "degradirano", "degradirani", "degradiranega", "degradiranih", "degradiranim"),
    "razvrednoten": ("razvrednotena", "razvrednotenih", "razvrednoteno"),
    "nacrtovan": ("nacrtovana", "nacrtovanimi"),
    "trajnosten": ("trajnostna", "trajnostnega", "trajnostni"),
    "inovativen": ("inovativne", "inovativno"),
    "podjetniski": ("podjetniška", "podjetniskim", "podjetniških"),
    "obnovljiv": ("obnovljivi", "obnovljivih"),
}


def test_forms_of_an_adjective_that_no_dictionary_knows_are_one_word():
    assert {lemma: {lemma_by_ending(fold(form), "sl") for form in forms} for lemma, forms in JOINED.items()} == {
        lemma: {lemma} for lemma in JOINED
    }


# Names, nouns, verbs, short words and words of other languages.
LEFT_ALONE = (
    "cona mesta tovarna elektrarna arena iran irana meta maske cene žena delavnica vlagatelji pogasne Slovani Jovana"
)


def test_other_words_keep_their_form():
    assert [lemma_by_ending(fold(word), "sl") for word in LEFT_ALONE.split()] == fold(LEFT_ALONE).split()
    assert [lemma_by_ending(word, "en") for word in ("campus", "glass", "gas", "economics", "co2s")] == [
        *("campus", "glass", "gas", "economics", "co2s")
    ]
    assert lemma_by_ending("degradirana", "it") == "degradirana"


def test_the_dictionarys_own_words_stay_the_dictionarys_matter():
    assert words_of({"sl": ["gostilna sestrična vojska karantena"]}) == ("gostilna sestricna vojska karantena")


# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Žalec", "zalec"),
        ("ČŠŽĆĐ", "cszcd"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("perché", "perche"),
        ("œuvre", "oeuvre"),
        ("İzmir", "izmir"),
        ("ﬁn", "fin"),
        ("x²", "x2"),
        ("Sm@rt ＠", "smart a"),
        ("", ""),
    ],
)
def test_folding_takes_away_marks_and_capitals(text, folded):
    assert fold(text) == folded


@given(st.text())
@example("𝕊 ĳ ﬆ")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
