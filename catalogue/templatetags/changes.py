"""What changed, in templates: {% marked pieces %} {% marked_beside mine theirs %} {% state_of change %} {% alt_of picture %}"""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.differences import ADDED, CHANGED, MOVED, REMOVED, Change
from catalogue.marks import Mark, marks
from catalogue.wording import reading

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[Mark]) -> SafeString:
    """`<del>` and `<ins>`, with words for those who hear the page."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in pieces))


def _drawn(piece: Mark) -> SafeString | str:
    if piece.kind == "same":
        return piece.text
    tag, said = ("del", _("removed:")) if piece.kind == "removed" else ("ins", _("added:"))
    unseen = "" if piece.text.strip() else SafeString(' class="unseen"')  # a line more or less
    return format_html('<{0}{1}><span class="vh">{2} </span>{3}</{0}>', tag, unseen, said, piece.text)


@register.simple_tag
def marked_beside(text: str, other: str) -> SafeString:
    """The text, with the words marked that the other has not."""
    shapes = {"same": "{}", "added": "<mark>{}</mark>"}
    pieces = (piece for piece in marks(other, text) if piece.kind in shapes)
    return format_html_join("", "{}", ((format_html(shapes[piece.kind], piece.text),) for piece in pieces))


@register.simple_tag
def state_of(change: Change) -> str:
    names = {ADDED: _("Added"), REMOVED: _("Removed"), MOVED: _("Moved"), CHANGED: _("Changed")}
    return names.get(change.state, "")


@register.simple_tag
def alt_of(picture: Mapping) -> str:
    return reading(picture["alt"]).text if picture.get("alt") else _("Picture without a description")
