"""What the HTML part of a letter carries with it: a mail reader loads nothing."""

import functools
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@functools.cache
def letter_style() -> SafeString:
    """The style sheet of letters, in the letter."""
    sheet = Path(finders.find("css/letter.css")).read_text(encoding="utf-8")
    return format_html("<style>\n{}</style>", mark_safe(sheet))  # noqa: S308 (our own file)
