"""Which words a page directly below a home page may not have as its address: the portal answers there itself."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, get_resolver, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

TREES_DEPTH = 2  # of the home pages; the root that holds the trees of all languages has depth 1
RESERVED = _("The portal itself answers at “%(slug)s”. Choose another word for the address.")


def is_below_home(parent: Page | None) -> bool:
    return parent is not None and parent.depth == TREES_DEPTH


def is_reserved(slug: str) -> bool:
    """Whether the address belongs to a view of the portal, as its URLconf says, or to a language."""
    if slug in dict(settings.LANGUAGES) or slug in _first_words():
        return True
    try:
        found = resolve(f"/{settings.LANGUAGE_CODE}/{slug}/")
    except Resolver404:
        return False
    return found.url_name != "wagtail_serve"


def _first_words() -> set[str]:
    """`api`, `cms`, `media`, …: with what the addresses without a language begin."""
    outer = get_resolver().url_patterns
    inner = [each for include in outer if not str(include.pattern) for each in getattr(include, "url_patterns", ())]
    return {str(each.pattern).strip("^").partition("/")[0] for each in [*outer, *inner]} - {""}


def refuse_reserved(page: Page) -> None:
    if page.path and is_below_home(page.get_parent()) and is_reserved(page.slug):
        raise ValidationError({"slug": RESERVED % {"slug": page.slug}})
