"""What the templates of blocks ask for while a page is told."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.documents.models import Document
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError

register = template.Library()

WIDTHS = (400, 800, 1600)


@register.simple_tag
def picture(image: AbstractImage | None, sizes: str = "100vw") -> SafeString | str:
    """The image in fixed widths, none wider than the original; nothing where it was deleted or its file is lost."""
    renditions = _renditions(image) if image else []
    if not renditions:
        return ""
    middle = renditions[min(1, len(renditions) - 1)]
    alt = "" if getattr(image, "decorative", False) else image.contextual_alt_text or image.default_alt_text
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        middle.url,
        ", ".join(f"{each.url} {each.width}w" for each in renditions),
        sizes,
        middle.width,
        middle.height,
        alt,
    )


def _renditions(image: AbstractImage) -> list[AbstractRendition]:
    widths = [width for width in WIDTHS if width < image.width] or [image.width]
    try:
        return [_rendition(image, Filter(spec=f"width-{width}")) for width in widths]
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return []


def _rendition(image: AbstractImage, wanted: Filter) -> AbstractRendition:
    """As Wagtail makes one, but the file in which it was drawn is closed."""
    found = image.find_existing_renditions(wanted)
    if wanted in found:
        return found[wanted]
    drawn = image.generate_rendition_file(wanted)
    try:
        return image.renditions.get_or_create(
            filter_spec=wanted.spec, focal_point_key=wanted.get_cache_key(image), defaults={"file": drawn}
        )[0]
    finally:
        drawn.close()


@register.filter
def kind_of_file(document: Document) -> str:
    """`PDF`"""
    return document.file_extension.upper()


@register.filter
def size_of_file(document: Document) -> str:
    """`1.2 MB`, in the language of the page; empty where nobody knows."""
    size = document.get_file_size()
    return filesizeformat(size) if size else ""
