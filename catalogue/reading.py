"""What a template needs to draw a record's page from its document."""

from babel import Locale
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.codes import LICENCE_URLS
from catalogue.dates import long_date
from catalogue.models import Entry, EntryVersion
from catalogue.texts import in_language
from pages.languages import interface_language

VERSIONS_SHOWN = 5


def page_context(document: dict, *, entry: Entry | None = None, version: EntryVersion | None = None, **more) -> dict:
    """The record, its kind, its title in the reader's language, and all that stands around it on every record's page.

    Without an `entry` it is a draft that is looked at.
    """
    language = get_language()
    kind = kinds.get(document["kind"])
    title = in_language(document["title"], language, document["original_language"])
    is_latest = version is None or version.number == entry.version
    return {
        "record": document,
        "entry": entry,
        "kind": kind,
        "version": version,
        "is_latest": is_latest,
        "is_draft": entry is None,
        "title": title.text,
        "title_lang": "" if title.language == language else title.language,
        "kicker": kind.kicker(document) if kind.kicker else str(kind.label),
        "summary": in_language(document["summary"], language, document["original_language"]).text,
        "is_fallback": title.language != language,
        "reading_language_name": language_in_words(language),
        "title_language_name": language_in_words(title.language),
        "other_language_links": _language_links(document),
        "latest_links": [] if is_latest else [{"label": _("Read the latest version"), "url": _address(document)}],
        "alternates": sorted(document["title"] or {}),
        "steps": _steps(document, kind, version),
        "colophon_facts": _colophon(document, entry),
        "source_columns": [{"label": label} for label in (_("Fact"), _("Source"), _("Note"))],
        "source_notes": _source_rows(document, kind),
        **more,
    }


def language_name(code: str) -> str:
    """A language in its own words, as links to it say it: `Slovenščina`."""
    return dict(settings.LANGUAGES).get(code, code)


def language_in_words(code: str) -> str:
    """A language as the page around the content calls it: `Slovenian`, `slovenščina`."""
    return Locale(interface_language()).languages.get(code, code)


def _address(document: dict, language: str | None = None) -> str:
    some = next(iter(document["pages"].values()), "")
    return f"/{language or get_language()}/{some.split('/', 2)[2]}" if some else ""


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


def _colophon(document: dict, entry: Entry | None) -> list[dict]:
    licence = document["licence"]
    facts = [
        {"label": _("Published"), "value": long_date(document["published"])},
        {"label": _("Last changed"), "value": long_date(document["modified"])},
        {"label": _("Licence"), "value": licence, "url": LICENCE_URLS.get(licence, "")},
        {"label": _("Original language"), "value": language_in_words(document["original_language"])},
        {"label": _("Permanent address"), "value": document["url"], "url": document["url"]},
        {"label": _("For machines"), "value": "JSON", "url": f"/api/v1/{document['kind']}/{document['uid']}/"},
    ]
    if entry:
        facts.insert(2, {"label": _("Versions"), "lines": _version_lines(document, entry)})
    return facts


def _version_lines(document: dict, entry: Entry) -> list[dict]:
    address = _address(document)
    return [
        {"text": _("Version %(number)s") % {"number": number}, "url": f"{address}v/{number}/", "note": long_date(when)}
        for number, when in entry.versions.exclude(etag="").values_list("number", "published")[:VERSIONS_SHOWN]
    ]


def _source_rows(document: dict, kind: kinds.Kind) -> list[list[dict]]:
    """One row per note on a source: the fact, where it stands, and what is to be said about it."""
    return [
        [
            {"text": _field_name(kind.model, str(note.get("field") or ""))},
            _source_cell(note),
            {"text": in_language(note.get("note"), get_language(), document["original_language"]).text},
        ]
        for note in document.get("source_notes") or []
    ]


def _field_name(model: type, path: str) -> str:
    """`address.country` → Country: what the record's model calls the field, in the reader's language."""
    try:
        field = model._meta.get_field(path.rpartition(".")[2])
    except FieldDoesNotExist:
        return capfirst(path.replace("_", " "))
    # The other end of a relation has no name of its own.
    return capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)


def _source_cell(source: dict) -> dict:
    if source.get("document"):
        return {"text": _("%(document)s, line %(line)s") % source}
    return {"text": source.get("publication") or "", "url": source.get("url") or ""}
