from django import template
from django.conf import settings
from django.http import QueryDict
from django.template import Context
from django.urls import reverse

from accounts.language import NEXT, page_left

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_in_address(context: Context) -> str:
    """Where to sign in, and come back from to the page at hand; from an account page to where that would lead."""
    request, address = context["request"], reverse("account_login")
    is_account_page = request.path_info.startswith(address.removesuffix("login/"))
    left = page_left(request) if is_account_page else request.get_full_path()
    if not left:
        return address
    query = QueryDict(mutable=True)
    query[NEXT] = left
    return f"{address}?{query.urlencode(safe='/')}"


@register.simple_tag
def sign_up_is_open() -> bool:
    return settings.SIGN_UP == "open"


@register.filter
def without_placeholder(field):
    """allauth writes the label into the field, too, where it goes with the first letter and is read out twice."""
    field.field.widget.attrs.pop("placeholder", None)
    return field
