"""The sections of the portal, at the addresses that its public contract names."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SECTIONS = (
    ("practices", _("Practices")),
    ("projects", _("Projects")),
    ("programmes", _("Programmes")),
    ("partners", _("Partners")),
    ("search", _("Search")),
)


def address(path: str) -> str:
    """`practices` → `/en/practices/`, in the language of the page."""
    return f"{reverse('pages:home')}{path}/"


def sections(request: HttpRequest) -> list[dict]:
    """{label, url, current}; `current` is the value of `aria-current`: the page itself, or something inside it."""
    found = []
    for path, label in SECTIONS:
        url = address(path)
        inside = "true" if request.path.startswith(url) else ""
        found.append({"label": label, "url": url, "current": "page" if request.path == url else inside})
    return found
