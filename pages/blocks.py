"""The blocks that every story is made of. Few, and shared: a page type adds its own places to `story_blocks()`."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

MOST_BLOCKS = 60
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
MOST_PICTURES = 24


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options):
        options.setdefault("features", TEXT_FEATURES)
        super().__init__(**options)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), rows=3, help_text=_("Without quotation marks: the page sets them."))
    by_whom = blocks.CharBlock(label=_("By whom"), max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "pages/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), max_length=200, required=False, help_text=_("Who made the picture, and its licence.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "pages/blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=MOST_PICTURES)

    class Meta:
        icon = "grip"
        label = _("Gallery")
        template = "pages/blocks/gallery.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(
        label=_("Label"), max_length=200, required=False, help_text=_("If it is not to be called by its own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DownloadsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    documents = blocks.ListBlock(
        DownloadBlock(),
        label=_("Documents"),
        max_num=30,
        help_text=_("Anybody may download them as soon as the page is published. Type and size are told beside each."),
    )

    class Meta:
        icon = "download"
        label = _("Downloads")
        template = "pages/blocks/downloads.html"


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=200)
    function = blocks.CharBlock(label=_("Function"), max_length=200, required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), max_length=200, required=False)
    photo = ImageBlock(label=_("Photo"), required=False)
    agreed = blocks.BooleanBlock(
        label=_("Agreed to be shown here"),
        help_text=_("Who is named on a public page has said yes to it. Without the tick the page cannot be published."),
    )

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    people = blocks.ListBlock(PersonBlock(), label=_("People"), max_num=40)

    class Meta:
        icon = "group"
        label = _("People")
        template = "pages/blocks/people.html"


def story_blocks() -> list[tuple[str, blocks.Block]]:
    """The shared blocks, by the names under which they stand in a body."""
    return [
        ("text", TextBlock()),
        ("quote", QuoteBlock()),
        ("image", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("downloads", DownloadsBlock()),
        ("people", PeopleBlock()),
    ]
