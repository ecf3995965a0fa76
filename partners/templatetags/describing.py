"""What the page of one's own organisation shows of what can be written for it."""

from django import template

from partners.describing import groups_of
from partners.models import Organisation

register = template.Library()


@register.inclusion_tag("partners/describing.html")
def written_of(organisation: Organisation) -> dict:
    return {"groups": groups_of(organisation)}
