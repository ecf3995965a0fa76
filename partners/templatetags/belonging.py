"""What the pages about belonging to an organisation have around them."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.cards import country
from operations.dates import long_date, moment
from partners.models import Organisation

register = template.Library()
register.filter("moment", moment)
register.filter("long_date", long_date)


@register.simple_tag
def steps_to(title: str, organisation: Organisation | None = None) -> list[dict]:
    """The folio: one's organisations, the one at hand, the page."""
    steps = [{"label": _("My organisations"), "url": reverse("partners:mine")}]
    if organisation:
        steps.append({"label": str(organisation), "url": reverse("partners:people", args=[organisation.uid])})
    return [*steps, {"label": title}]


@register.simple_tag
def steps_here(title: str) -> list[dict]:
    """My work, then the page."""
    return [{"label": _("My work"), "url": reverse("notices:my_work")}, {"label": title}]


@register.filter
def where(organisation: Organisation) -> str:
    """Town and country, as far as they are known."""
    named = country(organisation.country) if organisation.country else ""
    return ", ".join(filter(None, [organisation.town, named]))
