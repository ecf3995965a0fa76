"""Full text in all languages, with the same answers on SQLite and PostgreSQL.

A text is stored as its folded words (č = c) and their lemmas in the text's language; a query word finds an entry that
holds the word itself or its lemma in any of the portal's languages. So *industrijskih con* finds *industrijske cone*.
`@` counts as a letter a, as in addresses: *smart* finds *Sm@rt*.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db import connections, models
from django.db.models.expressions import RawSQL
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory
from simplemma.strategies.fallback import LemmatizationFallbackStrategy

from catalogue.endings import lemma_by_ending

MOST_QUERY_WORDS = 12
LONGEST_WORD = 64  # characters; PostgreSQL refuses lexemes of more than 2 kB
_WORD = re.compile(r"[^\W_]+(?:@[^\W_]+)*")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_UNDECOMPOSED = str.maketrans(
    {"@": "a", "đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)


class _Unknown(LemmatizationFallbackStrategy):
    """What becomes of words that simplemma does not know."""

    def get_lemma(self, token: str, lang: str) -> str:
        return lemma_by_ending(fold(token), lang)


# The streaming dictionaries keep five languages in 28 MB; the default ones need 200.
_lemmatizer = Lemmatizer(
    lemmatization_strategy=DefaultStrategy(dictionary_factory=StreamDictionaryFactory(cache_max_size=5)),
    fallback_lemmatization_strategy=_Unknown(),
)


def fold(text: str) -> str:
    """Lower case, compatibility forms, no marks: `Žalec` → `zalec`, `Straße` → `strasse`."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_UNDECOMPOSED))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.lower().translate(_UNDECOMPOSED)  # a compatibility form such as 𝕊 has become a capital


def _form(word: str) -> str:
    """The folded word, safe to stand in either database's query language: letters and digits only."""
    return "".join(char for char in fold(word) if char.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def _lemma(word: str, language: str) -> str:
    return _form(_lemmatizer.lemmatize(word.replace("@", "a"), lang=language))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _said_otherwise(text: str) -> list[str]:
    """What else people look for: compounds as one word (*ekoindustrijski*), and the parts of `jane@example.org`."""
    compounds = _COMPOUND.findall(unicodedata.normalize("NFC", text).lower())
    with_at = [word for word in _words(text) if "@" in word]
    return [*(_HYPHEN.sub("", word) for word in compounds), *(part for word in with_at for part in word.split("@"))]


def words_of(texts: dict[str, Iterable[str]]) -> str:
    """The folded words and lemmas of texts by language, in reading order, separated by spaces."""
    found = []
    for language, several in texts.items():
        for text in several:
            for word in (*_words(text), *_said_otherwise(text)):
                form, lemma = _form(word), _lemma(word, language)
                found += [form] if lemma == form else [form, lemma]
    return " ".join(found)


def folded_words(text: str) -> list[str]:
    """The text's words as they are compared: `Žalec, Ptuj` → zalec, ptuj."""
    return [_form(word) for word in _words(text)]


def lemmas(text: str, language: str) -> list[str]:
    """The text's words in their basic forms, as they are stored."""
    return [_lemma(word, language) for word in _words(text)]


def alternatives_of(query: str) -> list[list[str]]:
    """Per query word, the forms of which one must stand in an entry."""
    languages = [code for code, _name in settings.LANGUAGES]
    words = _words(query)[:MOST_QUERY_WORDS]
    forms = [{_form(word), *(_lemma(word, language) for language in languages)} - {""} for word in words]
    return [sorted(some) for some in forms if some]


def matching(queryset: models.QuerySet, query: str) -> models.QuerySet:
    """The entries that hold all words of the query, annotated with `relevance` (more is better; titles weigh most)."""
    alternatives = alternatives_of(query)
    if not alternatives:
        return queryset.none()
    if connections[queryset.db].vendor == "postgresql":
        return _matching_postgresql(queryset, alternatives)
    return _matching_sqlite(queryset, alternatives)


def _matching_postgresql(queryset, alternatives):
    asked = " & ".join("(" + " | ".join(f"'{form}'" for form in forms) + ")" for forms in alternatives)
    found = RawSQL(
        "SELECT entry_id FROM catalogue_entrywords WHERE vector @@ to_tsquery('simple', %s)",
        [asked],
    )
    relevance = RawSQL(
        "(SELECT ts_rank_cd(vector, to_tsquery('simple', %s)) FROM catalogue_entrywords w"
        " WHERE w.entry_id = catalogue_entry.id)",
        [asked],
        output_field=models.FloatField(),
    )
    return queryset.filter(pk__in=found).annotate(relevance=relevance)


def _matching_sqlite(queryset, alternatives):
    asked = " AND ".join("(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in alternatives)
    found = RawSQL("SELECT rowid FROM catalogue_entryfts WHERE catalogue_entryfts MATCH %s", [asked])
    relevance = RawSQL(
        "(SELECT -bm25(catalogue_entryfts, 10.0, 1.0) FROM catalogue_entryfts"
        " WHERE catalogue_entryfts MATCH %s AND rowid = catalogue_entry.id)",
        [asked],
        output_field=models.FloatField(),
    )
    return queryset.filter(pk__in=found).annotate(relevance=relevance)


# What shares words with a text

_SHARING = {
    # Titles have an index of their own: in that of whole records, a title's words could only be told by reading the record.
    # What is asked stands apart, as the planner would else guess that most records are meant, and read them all.
    "postgresql": (
        "WITH asked AS MATERIALIZED (SELECT to_tsquery('simple', %s) AS in_title, to_tsquery('simple', %s) AS anywhere,"
        " to_tsquery('simple', %s) AS either), found AS MATERIALIZED ("
        " SELECT entry_id FROM asked, catalogue_entrywords WHERE to_tsvector('simple', title) @@ asked.in_title"
        " UNION SELECT entry_id FROM asked, catalogue_entrywords WHERE vector @@ asked.anywhere)"
        " SELECT e.id FROM asked, found JOIN catalogue_entrywords w ON w.entry_id = found.entry_id"
        " JOIN catalogue_entry e ON e.id = found.entry_id WHERE e.kind = %s AND e.withdrawn IS NULL"
        " ORDER BY ts_rank(w.vector, asked.either) DESC, e.id LIMIT %s"
    ),
    "sqlite": (
        "SELECT e.id FROM catalogue_entryfts JOIN catalogue_entry e ON e.id = catalogue_entryfts.rowid"
        " WHERE catalogue_entryfts MATCH %s AND e.kind = %s AND e.withdrawn IS NULL"
        " ORDER BY bm25(catalogue_entryfts, 10.0, 1.0), e.id LIMIT %s"
    ),
}


def sharing(
    queryset: models.QuerySet,
    kind: str,
    *,
    in_title: Iterable[tuple[str, ...]],
    anywhere: Iterable[tuple[str, ...]],
    most: int,
) -> models.QuerySet:
    """Visible entries of the kind that hold all words of any of the groups, at most so many, those first in which they
    weigh most; the words as `lemmas` gives them.
    """
    vendor = connections[queryset.db].vendor
    in_title, anywhere = list(in_title), list(anywhere)
    if vendor == "postgresql":
        titles, whole = ([_all_of(group, "'%s'", " & ") for group in groups] for groups in (in_title, anywhere))
        weighed = [_all_of(group, "'%s':A", " & ") for group in in_title]
        asked = [" | ".join(groups) for groups in (titles, whole, weighed + whole)]
    else:
        titles, whole = ([_all_of(group, '"%s"', " AND ") for group in groups] for groups in (in_title, anywhere))
        asked = [" OR ".join([f"title : {group}" for group in titles] + whole)]
    return queryset.filter(pk__in=RawSQL(_SHARING[vendor], [*asked, str(kind), most]))  # noqa: S611


def _all_of(words: Iterable[str], written: str, joined: str) -> str:
    return "(" + joined.join(written % word for word in words) + ")"
