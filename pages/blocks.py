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
    by_whom = blocks.CharBlock(
        label=_("By whom"),
        max_length=200,
        required=False,
        help_text=_("Stands below the words. Only people who agreed to be quoted here."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "pages/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=300,
        required=False,
        help_text=_("What is to be known of it; stands below the picture, where everybody reads it."),
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=200,
        required=False,
        help_text=_("Who made the picture, and its licence; stands below the caption."),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "pages/blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(
        PictureBlock(),
        label=_("Pictures"),
        min_num=2,
        max_num=MOST_PICTURES,
        help_text=_("Two pictures at least; for one alone there is the block “Image”. They stand in this order."),
    )

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
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, required=False, help_text=_("Stands above the files, if it is needed.")
    )
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
    name = blocks.CharBlock(label=_("Name"), max_length=200, help_text=_("As the person wants to be called in public."))
    function = blocks.CharBlock(
        label=_("Function"), max_length=200, required=False, help_text=_("Such as “manager of the zone”.")
    )
    organisation = blocks.CharBlock(
        label=_("Organisation"), max_length=200, required=False, help_text=_("Its name; it is no link.")
    )
    photo = ImageBlock(
        label=_("Photo"), required=False, help_text=_("Shown small and square; best with the face in the middle.")
    )
    agreed = blocks.BooleanBlock(
        label=_("Agreed to be shown here"),
        help_text=_("Who is named on a public page has said yes to it. Without the tick the page cannot be published."),
    )

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, required=False, help_text=_("Stands above the people, if it is needed.")
    )
    people = blocks.ListBlock(
        PersonBlock(),
        label=_("People"),
        max_num=40,
        help_text=_("Only people who agreed to be shown here. No e-mail addresses and telephone numbers."),
    )

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
