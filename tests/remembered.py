"""What the test client remembers of an answer: the templates of the page and of its parts, with their contexts.

Django's own client copies the context of each field and widget in the parts of parts, too: a tenth of the time of all tests.
"""

from threading import local

from django.template import Context, Template
from django.template.loader_tags import ExtendsNode
from django.test.signals import template_rendered

DEEPEST = 2  # a block in a page's stream, an inclusion tag in a block; a template that is extended is no deeper
_state = local()


def render(template: Template, context: Context) -> str:
    """For `Template._render`, as Django's `instrumented_test_render`."""
    depth = getattr(_state, "depth", 0)
    if depth <= DEEPEST:
        template_rendered.send(sender=template, template=template, context=context)
    _state.depth = depth + (not any(isinstance(node, ExtendsNode) for node in template.nodelist))
    try:
        return template.nodelist.render(context)
    finally:
        _state.depth = depth
