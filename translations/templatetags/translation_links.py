"""The ways to where a draft is translated beside its original: {% translation_links written original %}"""

from django import template
from django.conf import settings
from django.urls import reverse

from catalogue.records import Record
from pages.languages import language_label
from partners.models import ReviewedRecord

register = template.Library()


@register.inclusion_tag("translations/links.html")
def translation_links(record: Record | None, original: str, current: str = "") -> dict:
    """One for each language but the original; nothing for what nobody has saved yet, and for what is written in parts."""
    if not isinstance(record, ReviewedRecord) or not record.writing_path:
        return {"links": []}
    codes = [code for code, _name in settings.LANGUAGES if code not in (original, current)]
    links = [
        {"name": language_label(code), "url": reverse("translations:edit", args=[record.uid, code])} for code in codes
    ]
    return {"links": links, "current": current}
