"""What keeps a page from being published: by its form, from a list, by a workflow, at its time, by code, all the same.

Wagtail asks the fields only when a form is sent. Here the page itself is asked, in the one place that every way passes.
"""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from wagtail import blocks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.fields import StreamField
from wagtail.hooks import search_for_hooks
from wagtail.models import Page

Faults = dict[str, list[ValidationError]]  # field → what is wrong with it


class NotPublishable(ValidationError):
    """Names the page, too: what was refused may be one of many."""

    def __init__(self, page: Page, faults: Mapping[str, object]):
        super().__init__(dict(faults))
        self.page = page


def refuse(page: Page) -> None:
    """Raises NotPublishable for a page that its own form would not publish as it is."""
    if faults := faults_of(page):
        raise NotPublishable(page, faults)


def faults_of(page: Page) -> Faults:
    found: Faults = {}
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            found |= _faults_of_story(field, getattr(page, field.name))
    for name, fault in page.faults().items():
        found.setdefault(name, [fault])
    try:
        page.full_clean(exclude=found, validate_constraints=False)
    except ValidationError as error:
        found = error.update_error_dict(found)
    return found


def guard() -> None:
    """Wagtail's action publishes for its forms, its lists, its workflows, its API and `Revision.publish` alike."""
    check = PublishPageRevisionAction.check
    if check.__name__ == "check_page_too":
        return

    def check_page_too(action: PublishPageRevisionAction, *args, **kwargs) -> None:
        check(action, *args, **kwargs)
        if hasattr(action.object, "faults"):  # a page of ours
            refuse(action.object)

    PublishPageRevisionAction.check = check_page_too


# The blocks of a story


def _faults_of_story(field: StreamField, body: blocks.StreamValue) -> Faults:
    """What the blocks' own `clean` says, which the form asks, too; each fault with the way to its place."""
    search_for_hooks()  # choosers among them know their records only then, and a command has no admin yet
    try:
        field.stream_block.clean(body)
    except ValidationError as error:
        return {field.name: [ValidationError(_said_later(*leaf)) for leaf in _leaves(field.stream_block, body, error)]}
    return {}


def _said(way: tuple, fault: ValidationError) -> str:
    """`2. Quotation, Text: This field is required.`"""
    place, words = ", ".join(str(label) for label in way if label), " ".join(fault.messages)
    return f"{place}: {words}" if place else words


_said_later = lazy(_said, str)  # in the language in which it is read


def _leaves(block: blocks.Block, value, error: ValidationError, way: tuple = ()) -> Iterator[tuple]:
    if not hasattr(error, "block_errors"):
        yield way, error
        return
    for fault in error.non_block_errors.as_data():
        yield way, fault
    for key, fault in error.block_errors.items():
        label, child, held = _child(block, value, key)
        yield from _leaves(child, held, fault, (*way, label))


def _child(block: blocks.Block, value, key: int | str) -> tuple[object, blocks.Block, object]:
    """Its label, itself, and what it holds."""
    if isinstance(block, blocks.StreamBlock):
        child = value[key]
        return format_lazy("{}. {}", key + 1, child.block.label), child.block, child.value
    if isinstance(block, blocks.ListBlock):
        return format_lazy("{}. {}", key + 1, block.child_block.label), block.child_block, value[key]
    child = block.child_blocks[key]
    return child.label, child, value.get(key) if isinstance(value, Mapping) else None
