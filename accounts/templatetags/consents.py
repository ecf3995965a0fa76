from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import consents

register = template.Library()


@register.inclusion_tag("account/consents_due.html", takes_context=True)
def consents_due(context: Context) -> dict:
    """Says, from signing in on, that there are new terms; nobody is kept from her work by them."""
    request = context["request"]
    due = consents.due(request.user) if request.session.get(consents.ASK) else []
    is_anew = bool(due) and consents.has_ever(request.user, due)
    links = [{"label": _("Read and agree"), "url": reverse("consents")}]
    return {"titles": ", ".join(str(purpose.title) for purpose in due), "is_anew": is_anew, "links": links}
