"""What the pages about registered networks are drawn with."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.models import Client
from operations import dates

register = template.Library()
register.filter("long_date", dates.long_date)
register.filter("moment", dates.moment)


@register.simple_tag
def steps_of_networks(title: str, client: Client | None = None) -> list[dict]:
    """My work, the networks, perhaps the one, then the page."""
    steps = [
        {"label": _("My work"), "url": reverse("notices:my_work")},
        {"label": _("Keys for networks"), "url": reverse("network:mine")},
    ]
    if client and client.pk:
        steps.append({"label": client.name, "url": reverse("network:show", args=[client.uid])})
    return [*steps, {"label": title}]


@register.simple_tag
def steps_of_oversight(title: str, client: Client | None = None) -> list[dict]:
    """The editors' desk, its list of registered networks, perhaps the one, then the page."""
    steps = [
        {"label": _("Editors’ desk"), "url": reverse("wagtailadmin_home")},
        {"label": _("Registered networks"), "url": reverse("registered_networks")},
    ]
    if client:
        steps.append({"label": client.name, "url": reverse("network:oversee", args=[client.uid])})
    return [*steps, {"label": title}]
