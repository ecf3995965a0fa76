"""Who was asked for advice, on the page where it is decided."""

from django import template
from wagtail.models import TaskState

from reviews.outside import OutsideReview

register = template.Library()


@register.simple_tag
def outside_reviews(step: TaskState) -> list[OutsideReview]:
    asked = OutsideReview.objects.filter(review=step.workflow_state_id)
    return list(asked.select_related("reviewer"))
