"""Where the story of an event and what it says by itself meet on its page."""

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def event_story(context: Context) -> dict:
    """{segments, placed}: the story, that of the draft in a preview, and what of the event has its place in it.

    An earlier version of the facts is shown without a story: it is told of the latest.
    """
    told = context.get("story")
    if told is None and not context.get("version"):
        told = getattr(context.get("entry"), "story", None)
    segments = told or []
    return {"segments": segments, "placed": [segment.get("place") for segment in segments]}
