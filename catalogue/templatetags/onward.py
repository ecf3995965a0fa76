"""What can be done with a record that one has read: pass it on, cite it, say what is wrong with it, write to its people."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from catalogue import kinds
from catalogue.citations import one_line
from catalogue.models import Entry, EntryVersion

register = template.Library()


@register.inclusion_tag("catalogue/onward.html", takes_context=True)
def onward(context: Context) -> dict:
    """The links below a published record; on the page of a version one cites and passes on that version."""
    entry, version, title = context["entry"], context["version"], one_line(context["title"])
    at = [entry.kind, entry.slug]
    address = f"{settings.PUBLIC_URL}{version.url if version else entry.url}"
    return {
        "address": address,
        "title": title,
        "mail_url": f"mailto:?subject={quote(title)}&body={quote(address)}",
        "suggest_url": reverse("feedback:suggest", args=at),
        "contact_url": reverse("feedback:contact", args=at),
        "cite_url": reverse("catalogue:cite_version", args=[*at, version.number])
        if version
        else reverse("catalogue:cite", args=at),
        "pdf_url": _pdf_url(entry, version),
    }


def _pdf_url(entry: Entry, version: EntryVersion | None) -> str:
    """Empty for kinds without one."""
    if not (names := kinds.get(entry.kind).pdf):
        return ""
    latest, of_version = names
    at = {"slug": entry.slug, "file": entry.slug}
    return reverse(of_version, kwargs=at | {"number": version.number}) if version else reverse(latest, kwargs=at)
