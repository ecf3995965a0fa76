"""How the blocks of a story become segments: HTML that is drawn once, and places that are drawn when the page is read."""

from typing import Any

from wagtail import blocks
from wagtail.models import Page

Segment = dict[str, Any]


class PlaceBlock(blocks.StructBlock):
    """Stands in a body for content that is drawn when the page is read."""

    def told(self, value: blocks.StructValue, page: Page) -> dict[str, Any]:
        """What the place's template needs, as plain values of JSON; records are named by their uids."""
        return self.get_prep_value(value)

    class Meta:
        form_classname = "struct-block place-block"


def segments_of(body: blocks.StreamValue, page: Page) -> list[Segment]:
    return [segment_of(child, page) for child in body]


def segment_of(child: blocks.StreamValue.StreamChild, page: Page) -> Segment:
    """`{"block": "text", "html": "…"}`, or `{"block": "latest", "place": "latest", …}`."""
    name = child.block_type
    if isinstance(child.block, PlaceBlock):
        return {**child.block.told(child.value, page), "block": name, "place": name}
    return {"block": name, "html": child.render(context={"page": page})}
