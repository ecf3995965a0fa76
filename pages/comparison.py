"""How two versions of a story are set side by side in the Wagtail admin: every block by its name."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import (
    BlockComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    register_comparison_class,
)
from wagtail.fields import StreamField

from pages.story import PlaceBlock


class NamedBlocksComparison(StreamBlockComparison):
    def htmldiff(self) -> SafeString:
        shown = [each for each in self.get_block_comparisons() if not (_is_empty(each) and _is_unchanged(each))]
        return format_html_join("\n", '<div class="{}"><strong>{}</strong>{}</div>', map(_row, shown))


def _row(comparison: BlockComparison) -> tuple[str, str, str]:
    state = "addition" if comparison.is_new() else "deletion" if comparison.is_deleted() else ""
    return f"comparison__child-object {state}".strip(), comparison.block.label, _content(comparison)


def _content(comparison: BlockComparison) -> str:
    if _is_empty(comparison):
        return ""
    if comparison.is_new() or comparison.is_deleted() or _is_unchanged(comparison):
        held = comparison.val_b if comparison.exists_b else comparison.val_a
        return format_html("<div>{}</div>", comparison.htmlvalue(held))
    return format_html("<div>{}</div>", comparison.htmldiff())


def _is_unchanged(comparison: BlockComparison) -> bool:
    return comparison.exists_a and comparison.exists_b and not comparison.has_changed()


def _is_empty(comparison: BlockComparison) -> bool:
    """A place of which nothing is said but that it stands here."""
    values = [comparison.val_a if comparison.exists_a else {}, comparison.val_b if comparison.exists_b else {}]
    return isinstance(comparison.block, PlaceBlock) and not any(value for held in values for value in held.values())


class StoryComparison(StreamFieldComparison):
    def htmldiff(self) -> SafeString:
        if not (self.has_block_ids(self.val_a) and self.has_block_ids(self.val_b)):
            return super().htmldiff()
        return NamedBlocksComparison(self.field.stream_block, True, True, self.val_a, self.val_b).htmldiff()


def register() -> None:
    register_comparison_class(StreamField, comparison_class=StoryComparison)
