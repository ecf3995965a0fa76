"""What the pages of requests for translations call things."""

from django import template

from pages.languages import language_label
from translations import task_pages
from translations.models import TranslationRequest

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    return language_label(code)


@register.filter
def writing_address(task: TranslationRequest) -> str:
    return task_pages.writing_address(task)
