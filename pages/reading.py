"""How visitors come to the pages that editors write: by few queries, and only to what is published."""

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from pages.models import HomePage


def tree_of(language: str | None) -> str:
    """The language whose tree is shown: Italian, German and French readers meet the English one."""
    return language if language in dict(settings.WAGTAIL_CONTENT_LANGUAGES) else settings.LANGUAGE_CODE


def open_to_all() -> QuerySet[Page]:
    """Live pages, but for those that somebody has closed together with a page above them."""
    own = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    closed = PageViewRestriction.objects.alias(own=own).filter(own__startswith=F("page__path"))
    return Page.objects.live().exclude(Exists(closed))


def chain_to(path: str) -> list[Page]:
    """The page at `path` below the language, with the pages above it, the home page first; empty if it is not there.

    A home page whose translation is not there yet stands in its own tree all the same.
    """
    tree = tree_of(get_language())
    words = [word for word in path.split("/") if word]
    addresses = [f"/{'/'.join([tree, *words[:end]])}/" for end in range(len(words) + 1)]
    found = {page.url_path: page for page in open_to_all().filter(url_path__in=addresses)}
    return [found[each] for each in addresses if each in found] if addresses[-1] in found else []


def home() -> HomePage | None:
    """The home page in the reader's language, else the English one."""
    homes = HomePage.objects.filter(live=True, slug__in=[tree_of(get_language()), settings.LANGUAGE_CODE], depth=2)
    return max(homes, key=lambda page: page.slug == tree_of(get_language()), default=None)


def tell_addresses(request: HttpRequest, page: Page) -> None:
    """Notes where the page's translations are, for the links between languages and those for search engines."""
    translations = open_to_all().filter(translation_key=page.translation_key)
    own = {url_path.split("/")[1]: url_path for url_path in translations.values_list("url_path", flat=True)}
    english = own.get(settings.LANGUAGE_CODE, "")
    others = {code: f"/{code}{english[3:]}" for code, _name in settings.LANGUAGES if english and tree_of(code) != code}
    request.told_addresses, request.told_languages = own | others, sorted(own)
