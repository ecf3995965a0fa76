"""What a practice took, what came of it, and where more can be read: as components draw it."""

from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import format_decimal
from django import template
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.cards import told
from catalogue.models import Entry
from catalogue.templatetags.catalogue_text import money
from catalogue.texts import in_language
from catalogue.translated import words_beside
from operations.dates import long_date
from operations.languages import interface_language, locale_of
from practices.models import Evidence

register = template.Library()
WEB = ("https://", "http://")


@register.simple_tag
def resource_facts(record: dict) -> list[dict]:
    """Money and posts, to set the practice up and to keep it running; documents of earlier versions have none."""
    return told(resources_of(record))


def resources_of(record: dict) -> list[dict]:
    """Both facts, empty ones too: facts of several practices stand beside each other by their place."""
    return [
        {"label": _("Setting it up"), "lines": _resource_lines(record.get("resources_setup"), "%(amount)s")},
        {"label": _("Running it"), "lines": _resource_lines(record.get("resources_running"), _("%(amount)s a year"))},
    ]


def _resource_lines(resources: dict | None, amount_told: str) -> list[dict]:
    if not resources:
        return []
    amount, year, posts = resources["amount"], resources["year"], resources["fte"]
    lines = []
    if amount is not None:
        note = _("in the money of %(year)s") % {"year": year} if year else ""
        lines.append({"text": amount_told % {"amount": money(amount, resources["currency"])}, "note": note})
    if posts is not None:
        lines.append({"text": _("full-time posts: %(number)s") % {"number": number_in_words(posts)}})
    return lines


def number_in_words(value: str) -> str:
    return format_decimal(Decimal(value), locale=locale_of(interface_language()), decimal_quantization=False)


@register.simple_tag
def evidence_columns() -> list[dict]:
    labels = [{"label": _("What was measured")}, {"label": _("Value"), "number": True}]
    return [*labels, {"label": _("Year"), "number": True}, {"label": _("Source")}]


@register.simple_tag
def evidence_rows(record: dict) -> list[list[dict]]:
    """One row for each figure, with how sure it is below it."""
    words = words_beside(record)
    return [_evidence_row(evidence, record["original_language"], words) for evidence in record["evidence"]]


def _evidence_row(evidence: dict, original: str, words: Mapping[int, str]) -> list[dict]:
    measured = in_language(evidence["indicator"], get_language(), original)
    unit = in_language(evidence["unit"], get_language(), original).text
    value = "" if evidence["value"] is None else f"{number_in_words(evidence['value'])} {unit}".strip()
    sure = evidence["confidence"]
    return [
        {
            "text": measured.text,
            "lang": "" if measured.language == get_language() else measured.language,
            "behind": words.get(id(evidence["indicator"]), ""),
        },
        {
            "text": value,
            "number": True,
            "behind": words.get(id(evidence["unit"]), "") if value else "",
            "sub": str(Evidence.Confidence(sure).label) if sure else "",
        },
        {"text": evidence["year"] or "", "number": True},
        _source_cell(evidence["source"] or {}),
    ]


def _source_cell(source: dict) -> dict:
    named = source.get("publication") or source.get("document") or ""
    return {"text": named, "url": source.get("url") if _is_web(source.get("url")) else ""}


@register.simple_tag
def links_onward(record: dict) -> list[dict]:
    """{text, lang, url, site, behind}: where more can be read; an address without a title is called by its site."""
    words, links = words_beside(record), [link for link in record.get("links") or [] if _is_web(link["url"])]
    return [_link(link, record["original_language"]) | {"behind": words.get(id(link["title"]), "")} for link in links]


def _link(link: dict, original: str) -> dict:
    title = in_language(link["title"], get_language(), original)
    site = link["url"].split("://")[1].split("/")[0].removeprefix("www.")
    lang = "" if title.language in ("", get_language()) else title.language
    return {"text": title.text or site, "lang": lang, "url": link["url"], "site": site if title.text else ""}


def _is_web(url: str | None) -> bool:
    return (url or "").lower().startswith(WEB)


@register.simple_tag
def signed(opinion: dict, version: int | None = None, entry: Entry | None = None) -> str:
    """Who gave the opinion, for whom, and when; and that it was on an earlier version, where the one at hand is another: on
    which, where that is among the latest that can be read; a withdrawal leaves none.
    """
    read, earlier = opinion.get("version"), ""
    if read and version and read < version:
        is_known = bool(entry) and read in dict(entry.latest_versions)
        earlier = _("on version %(number)s") % {"number": read} if is_known else _("on an earlier version")
    parts = (opinion["name"], opinion["network"], long_date(opinion["date"]), earlier)
    return capfirst(", ".join(part for part in parts if part))
