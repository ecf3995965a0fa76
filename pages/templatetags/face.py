"""What the frame of every page asks for: addresses, sections, languages."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_path

from pages import languages, navigation

register = template.Library()


@register.simple_tag
def address(path: str) -> str:
    """{% address 'practices/new' %} → /en/practices/new/"""
    return navigation.address(path)


@register.simple_tag
def page_address(slug: str) -> str:
    """Of the page that editors write below the home page, by its English slug; "" if there is none."""
    return navigation.page_address(slug)


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[dict]:
    return navigation.sections(context["request"])


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict]:
    return languages.language_links(context["request"])


@register.simple_tag(takes_context=True)
def footer_columns(context: Context) -> list[dict]:
    return navigation.footer_columns(context["request"])


@register.simple_tag(takes_context=True)
def draw_story(context: Context, segments: list[dict], app: str = "pages") -> SafeString:
    """What was told stands as it is; places are drawn by templates of the app, which see the whole page's context."""
    drawn = [_draw(context, segment | {"id": f"section-{n}"}, app) for n, segment in enumerate(segments)]
    return mark_safe("".join(drawn))  # noqa: S308 (of our templates, or of their output when the page was published)


@register.simple_tag(takes_context=True)
def draw_segment(context: Context, segment: dict, app: str = "pages") -> SafeString:
    """One that stands inside another."""
    inside = segment | {"id": f"{context['segment']['id']}-{context['forloop']['counter']}"}
    return mark_safe(_draw(context, inside, app))  # noqa: S308 (as above)


def _draw(context: Context, segment: dict, app: str) -> str:
    if "place" not in segment:
        return segment["html"]
    names = [f"{folder}/places/{segment['place']}.html" for folder in dict.fromkeys((app, "pages"))]
    with context.push(segment=segment):
        return context.template.engine.select_template(names).render(context)


@register.simple_tag
def localized(url: str) -> str:
    """{% localized '/en/practices/' %} → /it/practices/ on an Italian page, which shows the English text."""
    return navigation.in_this_language(url)


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
    told = getattr(request, "told_languages", None)
    spoken = context.get("alternates") or told or settings.INTERFACE_LANGUAGES
    found = {
        link["code"]: public_url + urlsplit(iri_to_uri(link["url"])).path
        for link in languages.language_links(request)
        if link["url"] and link["code"] in spoken
    }
    shown = get_language_from_path(request.path_info)
    canonical = found.get(shown) or found.get(settings.LANGUAGE_CODE) or public_url + iri_to_uri(request.path)
    return {"canonical": canonical, "alternates": [{"code": code, "url": url} for code, url in found.items()]}
