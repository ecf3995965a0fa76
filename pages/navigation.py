"""The sections of the portal: as editors arrange them, else at the addresses that its public contract names."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.models import Page

from operations.addresses import parts_of
from pages.site import state_of

SECTIONS = (
    ("practices", gettext_lazy("Practices")),
    ("events", gettext_lazy("Events")),
    ("action-plans", gettext_lazy("Action plans")),
    ("projects", gettext_lazy("Projects")),
    ("programmes", gettext_lazy("Programmes")),
    ("partners", gettext_lazy("Partners")),
    ("areas", gettext_lazy("Areas")),
    ("library", gettext_lazy("Library")),
    ("search", gettext_lazy("Search")),
)


def address(path: str) -> str:
    """`practices` → `/en/practices/`, in the language of the page."""
    return f"{reverse('pages:home')}{path}/"


def page_address(slug: str) -> str:
    """Of the live page that stands below the English home page with the slug, in the language at hand if it is there."""
    found = (
        Page.objects.live().public().filter(depth=3, slug=slug, locale__language_code=settings.LANGUAGE_CODE).first()
    )
    if found is None:
        return ""
    translations = Page.objects.live().public().filter(translation_key=found.translation_key)
    return (translations.filter(locale__language_code=get_language()).first() or found).url_path


def sections(request: HttpRequest) -> list[dict]:
    """{label, url, current, items}; `current` is the value of `aria-current`: the page itself, or something inside it."""
    arranged = _arranged(request).get("sections") or _own_sections()
    return [_told(section, request.path) | {"items": _items(section, request.path)} for section in arranged]


def footer_columns(request: HttpRequest) -> list[dict]:
    """{heading, items: [{label, url}]}"""
    arranged = _arranged(request).get("columns") or _own_columns(request)
    return [column | {"items": _items(column, "")} for column in arranged]


def _arranged(request: HttpRequest) -> dict:
    frame = state_of(request).frame
    return frame.get(get_language()) or frame.get(settings.LANGUAGE_CODE) or {}


def _own_sections() -> list[dict]:
    return [{"label": label, "url": address(path), "items": []} for path, label in SECTIONS]


def _own_columns(request: HttpRequest) -> list[dict]:
    api = [
        {"label": _("Take the catalogue with you"), "url": address("network/dumps")},
        {"label": _("Guide to the API"), "url": "/api/docs/"},
        {"label": _("All doors of the API"), "url": "/api/v1/"},
    ]
    return [
        {"heading": _("Use the catalogue"), "items": sections(request)},
        {"heading": _("For other networks"), "items": api},
    ]


def _items(parent: dict, here: str) -> list[dict]:
    return [_told(item, here) for item in parent["items"]]


def _told(link: dict, here: str) -> dict:
    url = in_this_language(link["url"])
    parts = parts_of(url)
    path = parts.path if parts else ""
    inside = "true" if url and url == path and here.startswith(path) and path != reverse("pages:home") else ""
    return {"label": link["label"], "url": url, "current": "page" if url and here == url else inside}


def in_this_language(url: str) -> str:
    """Languages without a menu have the English one, with addresses of their own."""
    language = get_language_from_path(url)
    if language != settings.LANGUAGE_CODE or language == get_language():
        return url
    return f"/{get_language()}{url.removeprefix(f'/{language}')}"
