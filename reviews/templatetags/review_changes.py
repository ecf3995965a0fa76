"""{% review_changes %} on the page of a review: what is submitted, beside what is public and what was read before."""

from django import template
from django.template import Context

from reviews import changes

register = template.Library()


@register.inclusion_tag("reviews/changes.html", takes_context=True)
def review_changes(context: Context) -> dict:
    document, step, user = context["record"], context["step"], context["request"].user
    asked = context["asked"]
    return {
        "changes": changes.beside_public(document, asked),
        "sent_back": changes.since_sent_back(step, document, user, asked),
        "part_of": context["part_of"],
    }
