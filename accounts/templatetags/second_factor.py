from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import is_held_back
from accounts.language import NEXT
from accounts.second_factor import is_missing

register = template.Library()


@register.simple_tag(takes_context=True)
def second_factor_is_missing(context: Context) -> bool:
    """Whether the reader has to set one up before anything of staff's is open to her."""
    return is_missing(context["user"])


@register.inclusion_tag("account/second_factor_due.html", takes_context=True)
def second_factor_due(context: Context) -> dict:
    """Says to staff what keeps staff's work from her; no query for anybody else."""
    request = context["request"]
    back = QueryDict(mutable=True)
    back[NEXT] = request.get_full_path()
    address = f"{reverse('mfa_index')}?{back.urlencode(safe='/')}"
    links = [{"label": _("Set up a second factor"), "url": address}]
    return {"is_due": is_held_back(request.user), "links": links}
