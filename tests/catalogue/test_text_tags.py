"""Texts, dates, money and code names as templates draw them: escaped, and marked where they are in another language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from catalogue.templatetags.catalogue_text import paragraphs

pytestmark = pytest.mark.core

BOTH = {"en": "Market", "sl": "Tržnica"}
EVIL = "<script>alert('1')</script> & \"more\""
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;more&quot;"


def drawn(source, language="en", **context):
    with override(language):
        return Template("{% load catalogue_text %}" + source).render(Context(context))


# Lines


@pytest.mark.parametrize(
    ("texts", "language", "html"),
    [
        (BOTH, "en", "Market"),
        (BOTH, "sl", "Tržnica"),
        (BOTH, "it", '<span lang="en">Market</span>'),
        ({"sl": "Tržnica"}, "en", '<span lang="sl">Tržnica</span>'),
        ({"it": "Mercato", "fr": "Marché"}, "en", '<span lang="it">Mercato</span>'),
        ({}, "en", ""),
        (None, "en", ""),
    ],
)
def test_a_line_is_marked_when_it_is_not_in_the_pages_language(texts, language, html):
    assert drawn("{% text texts %}", language, texts=texts, record={"original_language": "it"}) == html


def test_without_a_record_any_language_will_do():
    assert drawn("{% text texts %}", texts={"fr": "Marché"}) == '<span lang="fr">Marché</span>'


@pytest.mark.parametrize("language", ["en", "sl"])
def test_html_in_a_line_is_only_text(language):
    marked = {"en": ESCAPED, "sl": f'<span lang="en">{ESCAPED}</span>'}

    assert drawn("{% text texts %}", language, texts={"en": EVIL}) == marked[language]


def test_the_bare_text_is_escaped_by_the_template():
    title = "{{ texts|plain:record }}"

    assert drawn(title, "de", texts={"sl": EVIL}, record={"original_language": "sl"}) == ESCAPED
    assert drawn(title, "sl", texts=BOTH, record=None) == "Tržnica"
    assert drawn("{{ texts|plain }}", "en", texts=None) == ""


# Paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("\n\n \n\n", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nStill one.", "<p>One.<br>Still one.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\n\n\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Before:\n- a\n- b\nAfter.", "<p>Before:</p><ul><li>a</li><li>b</li></ul><p>After.</p>"),
        ("- a\n\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("-no list\n -neither", "<p>-no list<br> -neither</p>"),
        (EVIL, f"<p>{ESCAPED}</p>"),
        (f"- {EVIL}", f"<ul><li>{ESCAPED}</li></ul>"),
        ("{{ x }} {% y %} {0} %s", "<p>{{ x }} {% y %} {0} %s</p>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists(text, html):
    assert paragraphs(text) == html


def test_prose_in_another_language_is_marked_as_a_whole():
    two = {"sl": "Ena.\n\nDve."}

    assert drawn("{% prose texts %}", "sl", texts=two) == "<p>Ena.</p><p>Dve.</p>"
    assert drawn("{% prose texts %}", "en", texts=two) == '<div lang="sl"><p>Ena.</p><p>Dve.</p></div>'
    assert drawn("{% prose texts %}", "en", texts={}) == ""


@given(st.text(st.sampled_from("<>&\"'\n- ab{}%/")))
def test_no_text_becomes_a_tag_of_its_own(text):
    html = paragraphs(text)

    for tag in ("<p>", "</p>", "<br>", "<ul>", "</ul>", "<li>", "</li>"):
        html = html.replace(tag, "")
    assert "<" not in html and ">" not in html


# Names, dates, money


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("SI", "en", "Slovenia"),
        ("SI", "sl", "Slovenija"),
        ("AT", "it", "Austria"),
        ("CSXX", "sl", "Srbija in Črna gora"),
        ("", "en", ""),
        (None, "en", ""),
        ("ZZZ", "en", "ZZZ"),
    ],
)
def test_countries_have_names(code, language, name):
    assert drawn("{{ code|country }}", language, code=code) == name


def test_topics_have_names_and_unknown_ones_stay():
    assert drawn("{{ 'circular-economy'|topic }}") == "Circular economy"
    assert drawn("{{ 'unknown'|topic }}") == "unknown"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("2006-10-01", "en", "1 October 2006"),
        ("2006-10-01", "sl", "1. oktobra 2006"),
        ("2006-10-01", "de", "1 October 2006"),  # as the page around it speaks
        ("2026-11-22T10:00:00Z", "en", "22 November 2026"),
        ("2026-11-22T23:30:00Z", "en", "23 November 2026"),  # past midnight where the network is at home
        (date(2008, 3, 31), "en", "31 March 2008"),
        (datetime(2008, 3, 31, 12, tzinfo=UTC), "sl", "31. marca 2008"),
        (None, "en", ""),
        ("", "en", ""),
    ],
)
def test_dates_are_written_as_people_write_them(value, language, text):
    assert drawn("{{ value|day }}", language, value=value) == text


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("2591200.00", "EUR", "en", "€2,591,200"),
        ("2591200", "EUR", "en", "€2,591,200"),
        ("1234.50", "EUR", "en", "€1,234.50"),
        ("2591200.00", "EUR", "sl", "2.591.200 €"),
        ("1234.50", "EUR", "sl", "1.234,50 €"),
        ("-5.00", "EUR", "en", "-€5"),
        ("0.00", "EUR", "en", "€0"),
        (Decimal("10"), None, "en", "€10"),
        ("10", "CHF", "en", "CHF10"),
        (None, "EUR", "en", ""),
        ("", "EUR", "en", ""),
    ],
)
def test_money_is_written_with_its_currency_and_cents_only_where_there_are_any(amount, currency, language, text):
    plain = drawn("{{ amount|money:currency }}", language, amount=amount, currency=currency)

    assert plain.replace("\u00a0", " ").replace("CHF ", "CHF") == text


# Kinds


def test_kinds_have_a_label_and_a_symbol():
    assert (drawn("{{ 'practices'|kind_label }}"), drawn("{{ 'practices'|kind_symbol }}")) == (
        "good practice",
        "practice",
    )
    assert (drawn("{{ 'unicorns'|kind_label }}"), drawn("{{ 'unicorns'|kind_symbol }}")) == ("unicorns", "")
