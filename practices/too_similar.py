"""Whether the same practice is published already, perhaps by somebody else: which one, and how much alike the two are.

Only what everybody can read is compared. The words are compared as search has them: folded, in their basic forms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue import search
from catalogue.cards import line
from catalogue.drafting.texts import texts_of
from catalogue.models import Entry
from catalogue.models.entry import KindName
from catalogue.problems import Problem, advice

if TYPE_CHECKING:  # the models read this module
    from practices.models import GoodPractice

GUIDED = ("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries")
COMPARED = 20  # published practices, those first whose words are most alike
TOLD = 3
ASKED = 5  # words of a title, and of a summary, by which they are found; the longest say most
LANGUAGES = 3
SHORTEST = 3  # letters of a word that says something
# How many words there must be before a share of them means anything, and from which share on it is told.
TITLE_WORDS, TITLE_ALIKE = 3, 0.75
SUMMARY_WORDS, GUIDED_WORDS, ALIKE = 5, 25, 0.66


@dataclass(frozen=True)
class Alike:
    """How much of each is the same, from 0 to 1; `language` is the one in which it is."""

    entry: Entry
    language: str
    title: float
    summary: float
    guided: float

    @property
    def is_told(self) -> bool:
        return self.title >= TITLE_ALIKE or self.summary >= ALIKE or self.guided >= ALIKE

    @property
    def score(self) -> float:
        return self.title + self.summary + self.guided


def too_similar(practice: "GoodPractice") -> Iterator[Problem]:
    """At most three, with one query; the most alike first."""
    texts = texts_of(practice, ("title", "summary", *GUIDED))
    languages = sorted(texts["title"], key=lambda language: language != practice.original_language)[:LANGUAGES]
    found = [
        most for entry in _candidates(practice, texts, languages) if (most := _most_alike(entry, texts, languages))
    ]
    for each in sorted(found, key=lambda each: (-each.score, each.entry.pk))[:TOLD]:
        yield _told(each)


def _candidates(practice: "GoodPractice", texts: dict, languages: list[str]) -> list[Entry]:
    """Those that share two words of the title in theirs, or three of the summary anywhere."""
    titles, anywhere = set(), set()
    for language in languages:
        titles |= _groups(texts["title"].get(language, ""), language, 2)
        anywhere |= _groups(texts["summary"].get(language, ""), language, 3)
    if not titles | anywhere:
        return []
    others = Entry.objects.exclude(uid=practice.uid).select_related("words").defer("document")
    return list(
        search.sharing(others, KindName.PRACTICES, in_title=sorted(titles), anywhere=sorted(anywhere), most=COMPARED)
    )


def _groups(text: str, language: str, size: int) -> set[tuple[str, ...]]:
    longest = sorted(_words(text, language), key=lambda word: (-len(word), word))[:ASKED]
    return set(combinations(sorted(longest), min(size, len(longest)))) if longest else set()


def _most_alike(entry: Entry, texts: dict, languages: list[str]) -> Alike | None:
    card = entry.short
    theirs = set(f"{entry.words.title} {entry.words.body}".split())
    alike = []
    for language in languages:
        if language in (card["title"] or {}):
            title = _title_alike(texts["title"][language], card["title"][language], language)
            summary, guided = _words(texts["summary"].get(language, ""), language), set()
            for name in GUIDED:
                guided |= _words(texts[name].get(language, ""), language)
            told = _words((card["summary"] or {}).get(language, ""), language)
            of_summary = _share(summary, told) if len(summary) >= SUMMARY_WORDS else 0
            of_guided = _share(guided, theirs) if len(guided) >= GUIDED_WORDS else 0
            alike.append(Alike(entry, language, title, of_summary, of_guided))
    most = max(alike, key=lambda each: each.score, default=None)
    return most if most and most.is_told else None


def _title_alike(mine: str, theirs: str, language: str) -> float:
    if search.folded_words(mine) == search.folded_words(theirs):
        return 1
    ours, others = _words(mine, language), _words(theirs, language)
    if min(len(ours), len(others)) < TITLE_WORDS:
        return 0
    return min(len(ours & others) / len(ours | others), 0.99)


def _words(text: str, language: str) -> set[str]:
    return {word for word in search.lemmas(text, language) if len(word) >= SHORTEST}


def _share(mine: set[str], theirs: set[str]) -> float:
    return len(mine & theirs) / len(mine) if mine else 0


def _told(alike: Alike) -> Problem:
    card = line(alike.entry.short)
    field = "title" if alike.title >= TITLE_ALIKE else "summary" if alike.summary >= ALIKE else GUIDED[0]
    told = _(
        "Much like “%(title)s”, which is published: %(how)s. If it is the same, write there; else say what differs."
    )
    link = (_("Read “%(title)s”") % {"title": card["title"]}, card["url"])
    message = told % {"title": card["title"], "how": ", ".join(_how(alike))}
    return advice(field, message, alike.language, (link,))


def _how(alike: Alike) -> Iterator[str]:
    if alike.title == 1:
        yield _("the title is the same")
    elif alike.title >= TITLE_ALIKE:
        yield _("the title has almost the same words")
    if alike.summary >= ALIKE:
        yield _("%(share)s of the summary’s words are the same") % {"share": _in_words(alike.summary)}
    if alike.guided >= ALIKE:
        yield _("%(share)s of the description’s words stand there, too") % {"share": _in_words(alike.guided)}


def _in_words(share: float) -> str:
    told = ((0.9, _("all or nearly all")), (0.8, _("four fifths")), (0.75, _("three quarters")))
    return next((words for least, words in told if share >= least), _("two thirds"))
