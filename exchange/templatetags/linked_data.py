"""What pages tell search engines: a block of data, which no browser runs."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalogue.publication import dumps
from exchange.linked import schema_org

register = template.Library()
# As in Django's json_script: no text can end the element, whatever it is.
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def record_for_machines(document: dict) -> SafeString:
    return _script(schema_org.record(document, get_language()))


@register.simple_tag
def portal_for_machines() -> SafeString:
    return _script(schema_org.portal())


def _script(node: dict) -> SafeString:
    told = dumps(node).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308  escaped above
