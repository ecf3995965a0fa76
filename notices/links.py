"""The links in letters, of which some open a door to whoever has them."""

import re

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

HIDDEN = "[…]"
SECRETS = ("key", "token", "uidb36")  # what addresses call them


def without_secrets(text: str) -> str:
    """Where they led, and no way in any more."""
    return re.sub(rf"({re.escape(settings.PUBLIC_URL)})(/[^\s<>\"?#]*)([^\s<>\"]*)", _hide, text)


def _hide(link: re.Match) -> str:
    portal, path, rest = link.groups()
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            found = resolve(path).kwargs
    except Resolver404:
        return f"{portal}/{HIDDEN}"
    for name in SECRETS:
        path = path.replace(found[name], HIDDEN) if name in found else path
    return f"{portal}{path}{rest}"
