from django import template
from django.template import Context

from accounts.second_factor import is_missing

register = template.Library()


@register.simple_tag(takes_context=True)
def second_factor_is_missing(context: Context) -> bool:
    """Whether the reader has to set one up before she may go on to the editors' desk."""
    return is_missing(context["user"])
