"""What a template needs to draw a record's page from its document."""

from django.utils.translation import get_language

from catalogue import kinds
from catalogue.texts import in_language


def page_context(document: dict, *, language: str | None = None, **more) -> dict:
    """The record, its kind, its title in the reader's language, and whether it is read in another one."""
    language = language or get_language()
    title = in_language(document["title"], language, document["original_language"])
    return {
        "record": document,
        "kind": kinds.get(document["kind"]),
        "title": title.text,
        "title_language": title.language,
        "summary": in_language(document["summary"], language, document["original_language"]).text,
        "reading_language": language,
        "is_fallback": title.language != language,
        **more,
    }
