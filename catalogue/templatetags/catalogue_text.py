"""Texts, dates, money and code names in templates.

{% load catalogue_text %}
{% text record.title %}                   the text in the reader's language, marked with `lang` where it is another
{% prose record.how_it_works %}           the same as paragraphs and lists
{% behind record.title %}                 that it is older than its original, or a machine's, where it stands as a heading
{{ record.title|plain:record }}           the bare text, for attributes and <title>; |foreign:record is its language
"""

from collections.abc import Iterable
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language

from catalogue import kinds
from catalogue.codes import Topic, countries
from catalogue.prose import parts_of
from catalogue.texts import Reading, in_language
from operations.dates import long_date
from operations.languages import interface_language, locale_of

register = template.Library()


def _reading(context, texts) -> Reading:
    record = context.get("record") or {}
    return in_language(texts, get_language(), record.get("original_language"))


@register.simple_tag(takes_context=True)
def text(context, texts) -> str:
    """A line of text; in a `<span lang>` when it is not in the language of the page."""
    reading = _reading(context, texts)
    return _beside(
        context, texts, _marked("span", reading.language, reading.text), ' <small class="behind">({})</small>'
    )


@register.simple_tag(takes_context=True)
def prose(context, texts) -> str:
    """Paragraphs (blank lines between) and lists (`- ` lines) of plain text, as HTML."""
    reading = _reading(context, texts)
    if not reading.text:
        return ""
    drawn = _marked("div", reading.language, paragraphs(reading.text))
    return _beside(context, texts, drawn, '<p class="behind">{}</p>', capitalised=True)


@register.simple_tag(takes_context=True)
def behind(context, texts) -> str:
    """What the reader is told of a text that stands by itself, as a title does."""
    return _beside(context, texts, "", '<p class="small behind">{}</p>', capitalised=True)


def _beside(context, texts, drawn: str, shape: str, *, capitalised: bool = False) -> str:
    """With what the reader is told of this text alone (`catalogue.translated`)."""
    words = words_beside(context, texts)
    if not words:
        return drawn
    return format_html(f"{{}}{shape}", drawn, capfirst(words) if capitalised else words)


@register.simple_tag(takes_context=True)
def words_beside(context, texts) -> str:
    """The same alone, for a text that stands where no words can be: what a picture shows."""
    return ((context.get("translation") or {}).get("behind") or {}).get(id(texts), "")


@register.filter
def plain(texts, record=None) -> str:
    """The bare text in the reader's language, else English, else the original."""
    return in_language(texts, get_language(), (record or {}).get("original_language")).text


@register.filter
def foreign(texts, record=None) -> str:
    """The language of the text that `plain` gives, where it is not the page's: for `lang` beside an attribute."""
    language = in_language(texts, get_language(), (record or {}).get("original_language")).language
    return "" if language == get_language() else language


@register.filter
def paragraphs(plain_text: str) -> SafeString:
    """Plain text as `<p>` and `<ul>`; everything in it is escaped."""
    return _joined(_list(part.lines) if part.is_list else _paragraph(part.lines) for part in parts_of(plain_text))


def _list(items: list[str]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))


def _paragraph(lines: list[str]) -> SafeString:
    return format_html("<p>{}</p>", _joined(lines, SafeString("<br>")))


def _joined(parts: Iterable[str], between: str = "") -> SafeString:
    return format_html_join(between, "{}", ((part,) for part in parts))


def _marked(tag: str, language: str, content: str) -> str:
    if language and language != get_language():
        return format_html('<{0} lang="{1}">{2}</{0}>', tag, language, content)
    return conditional_escape(content) if tag == "span" else content


@register.filter
def country(code: str) -> str:
    """`SI` → Slovenia, in the reader's language."""
    return countries.country_name(code, interface_language()) if code else ""


@register.filter
def topic(code: str) -> str:
    """The topic's name in the reader's language."""
    return str(Topic(code).label) if code in Topic.values else code


register.filter("day", long_date)


@register.filter
def money(amount: str | Decimal | None, currency: str | None = "EUR") -> str:
    """A decimal string with its currency: €2,591,200."""
    if amount in (None, ""):
        return ""
    value = Decimal(amount)
    locale = locale_of(interface_language())
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    if value == value.to_integral():
        pattern = pattern.replace("0.00", "0")
    return format_currency(value, currency or "EUR", format=pattern, locale=locale, currency_digits=False)


@register.filter
def kind_label(name: str) -> str:
    """One record of the kind: Good practice."""
    kind = kinds.find(name)
    return str(kind.label) if kind else name


@register.filter
def kind_symbol(name: str) -> str:
    """The kind's mark in lists, maps and trails."""
    kind = kinds.find(name)
    return kind.symbol if kind else ""
