"""What a template needs to draw a record's page from its document."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.codes import LICENCE_URLS
from catalogue.models import Entry, EntryVersion
from catalogue.sources import source_columns, source_rows
from catalogue.surroundings import Surroundings
from catalogue.texts import in_language, texts_within
from catalogue.translated import reading_of_translations
from catalogue.versions import changes_address, version_lines
from operations.dates import long_date
from pages.languages import language_in_words


def page_context(document: dict, *, entry: Entry | None = None, version: EntryVersion | None = None, **more) -> dict:
    """The record, its kind, its title in the reader's language, and all that stands around it on every record's page.

    Without an `entry` it is a draft that is looked at.
    """
    language = get_language()
    kind = kinds.get(document["kind"])
    title = in_language(document["title"], language, document["original_language"])
    read = _languages_read(document)
    translation = reading_of_translations(document, read)
    is_latest = version is None or version.number == entry.version
    return {
        "record": document,
        "around": Surroundings(document),
        "entry": entry,
        "kind": kind,
        "version": version,
        "is_latest": is_latest,
        "is_draft": entry is None,
        "title": title.text,
        "title_lang": "" if title.language == language else title.language,
        "kicker": kind.kicker(document) if kind.kicker else str(kind.label),
        "summary": in_language(document["summary"], language, document["original_language"]).text,
        "untranslated": _untranslated(read),
        "translation": translation,
        "original_links": _original_links(translation),
        "reading_language_name": language_in_words(language),
        "other_language_links": _language_links(document),
        "latest_links": [] if is_latest else _latest_links(document, entry, version),
        "alternates": sorted(document["title"] or {}),
        "steps": _steps(document, kind, version),
        "colophon_facts": _colophon(document, entry, version),
        "source_columns": source_columns(),
        "source_notes": source_rows(document, kind),
        **more,
    }


def _languages_read(document: dict) -> list[str]:
    """Of each text of the page, in which language it stands before the reader.

    Names are nobody's to translate: an organisation's, and the acronym by which a project is called.
    """
    original = document["original_language"]
    return [in_language(texts, get_language(), original).language for texts in texts_within(_to_translate(document))]


def _untranslated(read: list[str]) -> dict | None:
    """Whether the page speaks another language than its reader's: {whole, languages}; None when it does nowhere."""
    others = [language for language in read if language != get_language()]
    if not others:
        return None
    names = [language_in_words(code) for code in sorted(set(others), key=others.index)]
    return {"whole": len(others) == len(read), "languages": ", ".join(names)}


def _original_links(translation: dict | None) -> list[dict]:
    if not (translation and translation["url"]) or translation["code"] == get_language():
        return []
    return [{"label": _("Read the original"), "url": translation["url"], "hreflang": translation["code"]}]


def _to_translate(document: dict) -> dict:
    title = document["title"] or {}
    is_name = "name_original" in document or set(title.values()) == {document.get("acronym")}
    return document | {"title": None} if is_name else document


def language_name(code: str) -> str:
    """A language in its own words, as links to it say it: `Slovenščina`."""
    return dict(settings.LANGUAGES).get(code, code)


def _address(document: dict, language: str | None = None) -> str:
    some = next(iter(document["pages"].values()), "")
    return f"/{language or get_language()}/{some.split('/', 2)[2]}" if some else ""


def _latest_links(document: dict, entry: Entry, version: EntryVersion) -> list[dict]:
    changed = f"{changes_address(entry, entry.version)}?since={version.number}"
    return [
        {"label": _("Read the latest version"), "url": _address(document)},
        {"label": _("What has changed since"), "url": changed},
    ]


def _language_links(document: dict) -> list[dict]:
    return [
        {"label": language_name(code), "url": url, "lang": code}
        for code, url in document["pages"].items()
        if code != get_language()
    ]


def _steps(document: dict, kind: kinds.Kind, version: EntryVersion | None) -> list[dict]:
    reading = in_language(document["title"], get_language(), document["original_language"])
    name = document.get("acronym") or reading.text
    lang = "" if document.get("acronym") or reading.language == get_language() else reading.language
    steps = [
        {"label": kind.plural, "url": reverse("catalogue:list", args=[kind.name])},
        {"label": name, "lang": lang, "url": _address(document) if version else ""},
    ]
    if version:
        steps.append({"label": _("Version %(number)s") % {"number": version.number}})
    return steps


def _colophon(document: dict, entry: Entry | None, version: EntryVersion | None) -> list[dict]:
    """A draft has neither days nor addresses: they are those of what is published."""
    licence = document["licence"]
    rights = [
        {"label": _("Licence"), "value": licence, "url": LICENCE_URLS.get(licence, "")},
        {"label": _("Original language"), "value": language_in_words(document["original_language"])},
    ]
    if entry is None:
        return rights
    permanent = version.url if version else document["url"]
    for_machines = f"/api/v1/{document['kind']}/{document['uid']}/" + (f"versions/{version.number}/" if version else "")
    return [
        {"label": _("Published"), "value": long_date(document["published"])},
        {"label": _("Last changed"), "value": long_date(document["modified"])},
        {"label": _("Versions"), "lines": version_lines(entry)},
        *rights,
        {"label": _("Permanent address"), "value": permanent, "url": permanent},
        {"label": _("For machines"), "value": "JSON", "url": for_machines},
    ]
