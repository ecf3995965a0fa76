"""The blocks of stories: how pictures stand, and what is said to those who arrange them."""

import pytest
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from pages.blocks import story_blocks
from tests.pages.factories import image, image_block, standard_page

DESCRIBED_BY_ITSELF = {"text", "quote", "image", "gallery", "downloads", "people", "document"}


def fields_of(block: blocks.Block, name: str):
    """All that an editor fills in, by its path."""
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):  # which is Wagtail's own
        for child, inner in block.child_blocks.items():
            yield from fields_of(inner, f"{name}.{child}")
    elif isinstance(block, blocks.ListBlock):
        yield name, block
        yield from fields_of(block.child_block, name)
    else:
        yield name, block


def test_what_an_editor_may_be_unsure_of_has_a_word_of_help():
    told = {
        path: getattr(block.meta, "help_text", "") or getattr(getattr(block, "field", None), "help_text", "")
        for name, each in story_blocks()
        for path, block in fields_of(each, name)
    }
    obvious = {path for path in told if path in DESCRIBED_BY_ITSELF or path.rpartition(".")[2] in ("image", "document")}

    assert {path for path, words in told.items() if not words} <= obvious
    assert "Two pictures at least" in str(told["gallery.pictures"])


@pytest.mark.core
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["image", "gallery"])
def test_caption_and_credit_are_parted(client, name):
    shown = image_block(image(), caption="A view", credit="Somebody, CC BY 4.0")[1]
    value = shown if name == "image" else {"pictures": [shown, shown]}
    page = standard_page((name, value))

    html = client.get(page.url_path).content.decode()

    assert "<figcaption><span>A view</span> <small>Somebody, CC BY 4.0</small></figcaption>" in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1440])
def test_a_gallery_of_many_formats_leaves_no_hole(page, live_server, width):
    formats = [(900, 600), (400, 900), (1600, 400)]
    pictures = [
        image_block(image(width=wide, height=high), caption="A view " * 9, credit="Somebody")[1]
        for wide, high in formats
    ]
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(standard_page(("gallery", {"pictures": pictures})).url_path)
    drawn = [
        figure.evaluate("""figure => {
        const at = node => node.getBoundingClientRect();
        const [image, caption, credit] = ["img", "figcaption span", "small"].map(it => at(figure.querySelector(it)));
        return {image, caption, credit};
    }""")
        for figure in page.locator(".told-gallery figure").all()
    ]

    for each in drawn:
        assert (
            each["image"]["bottom"] <= each["caption"]["top"] < each["caption"]["bottom"] <= each["credit"]["top"] + 1
        )
        assert each["caption"]["right"] <= each["image"]["right"] + 1 <= width
    rows = {}
    for each in drawn:
        rows.setdefault(round(each["image"]["top"]), set()).add(round(each["image"]["bottom"]))
    assert all(len(ends) == 1 for ends in rows.values())
