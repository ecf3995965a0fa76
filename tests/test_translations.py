"""The interface in Slovenian: no sentence missing or left over, none broken, and pages that really speak it."""

import re
from collections import Counter
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings as portal_settings
from django.http import QueryDict
from django.test import Client
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext, override

from catalogue.listing import Listing
from catalogue.viewsets import choice_column
from partners.models import Membership
from practices.cards import practice_meta
from projects import plates
from projects.cards import project_kicker
from tests.pages.furnished import NAVIGATES, furnish, page_types
from tools import messages

TRANSLATED = [language for language in portal_settings.INTERFACE_LANGUAGES if language != "en"]
IN_ENGLISH = [code for code, _name in portal_settings.LANGUAGES if code not in portal_settings.INTERFACE_LANGUAGES]

# What a page says of the language that it is read in.
ON_LANGUAGES = re.compile(r"^(Italiano|Deutsch|Français|Not translated yet\.)$|English|Slovenian")

# What a translation has to keep as it is.
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w+\}")
TAG = re.compile(r"</?[a-z][^>]*>")
CODE = re.compile(r"`[^`]+`")

# Attributes of drawings: a browser reads `x="1,5"` as two numbers.
GEOMETRY = ("x", "y", "cx", "cy", "r", "font-size")


@cache
def catalog(language: str) -> Catalog:
    with (messages.ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


# The file


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_with_all_its_plurals(language):
    known = {(message.context, message.id): message for message in catalog(language) if message.id}
    missing = []
    for sentence, context, where in messages.sentences():
        message = known.get((context, sentence))
        forms = catalog(language).num_plurals if isinstance(sentence, tuple) else 1
        done = message and len(texts(message)) == forms and all(map(str.strip, texts(message))) and not message.fuzzy
        if not done:
            missing.append(f"{where}: {sentence!r}")

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_file_holds_the_sentences_of_the_code_and_no_others(language):
    in_code = {(context, sentence) for sentence, context, _where in messages.sentences()}
    in_file = {(message.context, message.id) for message in catalog(language) if message.id}

    assert sorted(map(str, in_file ^ in_code)) == []  # `make messages` brings them together
    assert list(catalog(language).obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kept", [PLACEHOLDER, TAG, CODE], ids=["placeholders", "tags", "code"])
def test_a_translation_keeps_what_is_not_words(language, kept):
    broken = []
    for message in catalog(language):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        for number, text in enumerate(texts(message)):
            original = originals[min(number, len(originals) - 1)]
            if Counter(kept.findall(original)) != Counter(kept.findall(text)):
                broken.append(f"{original!r}: {text!r}")

    assert broken == []


# The pages


@pytest.fixture
def fresh(settings, tmp_path):
    """Django reads the sentences as they stand in the files now, whether or not somebody has compiled them."""
    for language in TRANSLATED:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, catalog(language))
    settings.LOCALE_PATHS = [tmp_path]


class Reader(HTMLParser):
    """What a page says to people: its texts and the words in its attributes, but nothing in another language."""

    def __init__(self, html: str):
        super().__init__()
        self.language, self.said, self._open = "", set(), []
        self.with_comma = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.language = attrs["lang"]
        self.with_comma |= {f'{name}="{attrs[name]}"' for name in GEOMETRY if "," in (attrs.get(name) or "")}
        silent = tag in ("script", "style", "code", "pre") or attrs.get("lang", self.language) != self.language
        if tag not in ("meta", "link", "img", "input", "br", "hr"):
            self._open.append((tag, silent))
        if not silent:
            self.said |= {attrs[name] for name in ("alt", "aria-label", "placeholder", "title") if attrs.get(name)}

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(silent for _tag, silent in self._open):
            self.said.add(" ".join(data.split()))


@cache
def slovenian() -> dict[str, str]:
    """English sentence → Slovenian sentence, of those that tell the two languages apart on a page."""
    pairs = {message.id: message.string for message in catalog("sl") if message.id and isinstance(message.id, str)}
    right_anyway = {*pairs.values()} | {name for _code, name in portal_settings.LANGUAGES}
    return {sentence: text for sentence, text in pairs.items() if sentence not in right_anyway}


# What somebody wrote into the page of every block, and the interface happens to say, too.
WRITTEN = {"page of every block": {"Manager"}}


def is_code(text: str, path: str) -> bool:
    """A single word may be one of the API's: a parameter, and in its guide the name of a schema."""
    return text.isalpha() and (text.islower() or path.startswith("/api/"))


def slovenian_pages(world):
    """Every type of page as a Slovenian sees it: the type, the answer, and what was read in it."""
    for page_type in page_types(world):
        client = Client(headers={"accept-language": "sl", **NAVIGATES})
        if page_type.role:
            user = getattr(world, page_type.role)
            user.language = "sl"
            user.save()
            client.force_login(user)
        answer = client.get(page_type.url("sl"))
        yield page_type, answer, Reader(answer.content.decode())


def test_every_page_speaks_slovenian_and_draws_with_decimal_points(fresh, db):
    wrong = {}
    for page_type, answer, page in slovenian_pages(furnish()):
        said = page.said - WRITTEN.get(page_type.name, set())
        english = {text for text in slovenian().keys() & said if not is_code(text, page_type.path)}
        speaks = page.language == "sl" and {"Skoči na vsebino", "Oddaj dobro prakso"} <= page.said
        if english or page.with_comma or not speaks:
            wrong[page_type.name] = (answer.status_code, page.language, english, page.with_comma)

    assert wrong == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 zapisov"),
        (1, "1 zapis"),
        (2, "2 zapisa"),
        (3, "3 zapisi"),
        (4, "4 zapisi"),
        (5, "5 zapisov"),
        (11, "11 zapisov"),
        (101, "101 zapis"),
        (202, "202 zapisa"),
    ],
)
def test_slovenian_counts_in_four_ways(fresh, number, words):
    with override("sl"):
        assert ngettext("%(count)s record", "%(count)s records", number) % {"count": number} == words


@pytest.mark.parametrize(
    ("partners", "countries", "caption"),
    [
        (1, 1, "1 partner v 1 državi."),
        (2, 2, "2 partnerja v 2 državah."),
        (4, 3, "4 partnerji v 3 državah."),
        (15, 101, "15 partnerjev v 101 državi."),
    ],
)
def test_two_numbers_in_a_sentence_are_counted_each_by_itself(fresh, partners, countries, caption):
    with override("sl"):
        assert plates.caption(partners, countries) == caption


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ("project", "finished", "Projekt, dokončan"),
        ("national_programme", "cancelled", "Nacionalni program, preklican"),
        ("initiative", "finished", "Pobuda, dokončana"),
        ("initiative", "", "Pobuda"),
    ],
)
def test_a_status_has_the_gender_of_what_it_is_said_of(fresh, form, status, words):
    with override("sl"):
        assert project_kicker({"form": form, "status": status}) == words


@pytest.mark.parametrize(("titles", "words"), [(["MER"], "Iz projekta MER"), (["MER", "Eko"], "Iz projektov MER, Eko")])
def test_a_practice_comes_from_one_project_or_from_several(fresh, titles, words):
    projects = [{"title": {"sl": title}, "acronym": title} for title in titles]
    with override("sl"):
        card = {"places": [], "projects": projects, "status": "running", "example": False}
        assert practice_meta(card)[1] == words


def test_words_that_were_searched_for_stand_in_slovenian_quotes(fresh, db):
    with override("sl"):
        [chip] = Listing.for_people(QueryDict("q=tržnica"), None).chips

    assert chip.label == "»tržnica«"


def test_columns_of_choices_are_headed_in_the_readers_language(fresh):
    column = choice_column(Membership, "role")
    with override("sl"):
        assert column.label == "Vloga"


@pytest.mark.parametrize("language", IN_ENGLISH)
def test_an_address_in_a_language_of_the_content_alone_answers_in_english(fresh, db, client, language):
    page = Reader(client.get(f"/{language}/").content.decode())

    assert page.language == "en"
    assert {"Skip to content", "Submit a practice"} <= page.said
    assert not page.said.intersection(slovenian().values())


@pytest.mark.parametrize("language", IN_ENGLISH)
def test_pages_there_say_what_the_english_ones_say_but_for_the_note_on_languages(db, language):
    apps.get_app_config("pages").ready()
    foreign = {}
    for page_type in page_types(furnish()):
        if not page_type.role and page_type.url("en") != page_type.url(language):
            english, other = (Reader(Client().get(page_type.url(code)).content.decode()) for code in ("en", language))
            foreign[page_type.name] = {text for text in other.said - english.said if not ON_LANGUAGES.search(text)}

    assert {name: said for name, said in foreign.items() if said} == {}


@pytest.mark.parametrize("language", IN_ENGLISH)
def test_djangos_own_sentences_are_english_there_too(language):
    apps.get_app_config("pages").ready()  # changed settings made Django forget it

    with override(language):
        said = (gettext("This field is required."), ngettext("%(num)d day", "%(num)d days", 2) % {"num": 2})
        written = localize(date(2026, 3, 1))

    assert said == ("This field is required.", "2 days")
    assert "March" in written
