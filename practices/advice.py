"""What would make a practice better, and keeps nobody from submitting it: its author and its reviewer read the same."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.drafting.texts import texts_of
from catalogue.problems import Problem, advice
from catalogue.search import folded_words
from pages.languages import language_in_words
from practices.part_readiness import in_form

if TYPE_CHECKING:  # the models read this module
    from practices.models import GoodPractice

NEW_WORDS = 4  # a summary that has fewer beside those of the title says the title again
LOUD_WORD = 4  # letters; shorter words in capitals are names: EU, SME
RESOURCES = ("resources_setup", "resources_running")


def advice_of(practice: "GoodPractice", texts: Iterable[str]) -> Iterator[Problem]:
    """In the order of the form; asks no database. `texts` are the names of all its texts."""
    written = texts_of(practice, texts)
    yield from _loud_titles(written["title"])
    yield from _summaries_that_say_the_title(written["title"], written["summary"])
    yield from _translations_begun(written, practice.original_language)
    for name in RESOURCES:
        yield from _bare_amount(practice, name)
    for figure in practice.evidence.all():
        yield from _bare_figure(figure)


def _loud_titles(titles: dict[str, str]) -> Iterator[Problem]:
    for language, title in titles.items():
        words = [word for word in title.split() if sum(map(str.isalpha, word)) >= LOUD_WORD]
        loud = [word for word in words if word.isupper()]
        if len(loud) > 1 and 2 * len(loud) > len(words):
            yield advice("title", _("Capitals throughout read like shouting: write it as in a sentence."), language)


def _summaries_that_say_the_title(titles: dict[str, str], summaries: dict[str, str]) -> Iterator[Problem]:
    for language, summary in summaries.items():
        known, words = {*folded_words(titles.get(language, ""))}, {*folded_words(summary)}
        if len(words - known) < min(NEW_WORDS, len(words & known)):
            told = _("It says the title again. Say in it what the title leaves out: for whom, how, or what came of it.")
            yield advice("summary", told, language)


def _translations_begun(texts: dict[str, dict[str, str]], original: str) -> Iterator[Problem]:
    """Where a third of what could be read in a language is missing there, or more."""
    whole = [name for name in texts if original in texts[name]]
    begun = {language for each in texts.values() for language in each} - {original}
    for language in sorted(begun):
        missing = [name for name in whole if language not in texts[name]]
        if missing and 3 * len(missing) >= len(whole):
            told = ngettext(
                "The translation into %(language)s is begun; %(number)s of %(all)s texts is not there yet.",
                "The translation into %(language)s is begun; %(number)s of %(all)s texts are not there yet.",
                len(missing),
            )
            words = {"language": language_in_words(language), "number": len(missing), "all": len(whole)}
            yield advice(missing[0], told % words, language)


def _bare_amount(practice: "GoodPractice", name: str) -> Iterator[Problem]:
    if getattr(practice, f"{name}_amount") is None:
        return
    if not getattr(practice, f"{name}_currency"):
        yield advice(f"{name}_currency", _("Say in which currency: the amount says little without it."))
    if not getattr(practice, f"{name}_year"):
        yield advice(f"{name}_year", _("Say of which year the prices are: others reckon with it."))


def _bare_figure(figure) -> Iterator[Problem]:
    if figure.value is None:
        return
    if not figure.year:
        yield advice(in_form("evidence", figure, "year"), _("Say of which year the figure is."))
    if not figure.source:
        told = _("Say where the figure can be read, or who counted: it is believed more easily then.")
        yield advice(in_form("evidence", figure, "source_publication"), told)
