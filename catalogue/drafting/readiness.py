"""What drafts of every kind may lack, in the words of the form. A draft may lack everything; a submission may not."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from catalogue.drafting.texts import texts_of
from catalogue.email_addresses import tells_one
from catalogue.problems import Problem
from catalogue.records import NO_EMAIL_ADDRESSES, Record
from pages.languages import language_in_words


def missing_texts(draft: Record, names: Iterable[str]) -> Iterator[Problem]:
    original = draft.original_language
    for name, texts in texts_of(draft, names).items():
        if original not in texts:
            message = _("This text is needed in %(language)s, the original language.")
            yield Problem(name, message % {"language": language_in_words(original)}, original)


def untitled_translations(draft: Record, title: str, names: Iterable[str]) -> Iterator[Problem]:
    """Pages and API offer a language when the title exists in it."""
    texts = texts_of(draft, names)
    begun = {language for each in texts.values() for language in each}
    for language in sorted(begun - set(texts[title]) - {draft.original_language}):
        message = _(
            "A title is needed wherever there is another text: without it nobody is shown the %(language)s texts."
        )
        yield Problem(title, message % {"language": language_in_words(language)}, language)


def long_texts(draft: Record, names: Iterable[str]) -> Iterator[Problem]:
    for name, texts in texts_of(draft, names).items():
        limit = draft._meta.get_field(name).limit
        for language, text in texts.items():
            if len(text) > limit:
                message = _("At most %(limit)s characters fit; there are %(length)s.")
                yield Problem(name, message % {"limit": limit, "length": len(text)}, language)


def told_addresses(
    draft: Record, texts: Mapping[str, Mapping[str, str]], others: Mapping[str, object], elsewhere: Iterable[str] = ()
) -> Iterator[Problem]:
    """E-mail addresses in the form's `texts` and its `others`; those that it does not show, for the whole.

    `elsewhere` names what is looked at by somebody else.
    """
    message = str(NO_EMAIL_ADDRESSES)
    for name, each in texts.items():
        yield from (Problem(name, message, language) for language, text in each.items() if tells_one(text))
    yield from (Problem(name, message) for name, value in others.items() if tells_one(value))
    if {*draft.telling_email_addresses()} - {*texts, *others, *elsewhere}:
        yield Problem("", ask_an_editor())


def ask_an_editor() -> str:
    return _("An e-mail address stands in what this form does not show. Please ask an editor to take it out.")
