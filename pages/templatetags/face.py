"""What the frame of every page asks for: addresses, sections, languages."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_from_path

from pages import languages, navigation

register = template.Library()


@register.simple_tag
def address(path: str) -> str:
    """{% address 'practices/new' %} → /en/practices/new/"""
    return navigation.address(path)


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[dict]:
    return navigation.sections(context["request"])


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict]:
    return languages.language_links(context["request"])


@register.filter
def under(row: list[dict], columns: list[dict]) -> list[tuple[dict, dict]]:
    """The cells of a table's row, each with its column."""
    return list(zip(row, columns, strict=True))


@register.inclusion_tag("components/page_links.html", takes_context=True)
def page_links(context: Context) -> dict:
    """Canonical and alternate addresses for search engines.

    A record's page sets `alternates` to the languages its text exists in; other pages exist in the interface's languages.
    A page that only answers in English says so: its canonical address is the English one.
    """
    request, public_url = context["request"], context["public_url"]
    spoken = context.get("alternates") or settings.INTERFACE_LANGUAGES
    found = {
        link["code"]: public_url + urlsplit(iri_to_uri(link["url"])).path
        for link in languages.language_links(request)
        if link["url"] and link["code"] in spoken
    }
    shown = get_language_from_path(request.path_info)
    canonical = found.get(shown) or found.get(settings.LANGUAGE_CODE) or public_url + iri_to_uri(request.path)
    return {"canonical": canonical, "alternates": [{"code": code, "url": url} for code, url in found.items()]}
