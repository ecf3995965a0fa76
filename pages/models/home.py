"""The home page: one a language, at the top of its tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from operations.panels import RefusalPanel
from pages.addresses import validate_goal
from pages.blocks import MOST_BLOCKS
from pages.home_blocks import home_sections
from pages.models.told import ToldPage


class BeginningBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=60)
    address = blocks.CharBlock(
        label=_("Address"),
        max_length=500,
        help_text=_("A path of the portal, such as /en/practices/?topic=green-marketing"),
        validators=[validate_goal],
    )

    class Meta:
        icon = "link"
        label = _("Link")


class HomePage(ToldPage):
    """Its slug is its language: so every page's path in the tree is its address."""

    headline = models.CharField(_("headline"), max_length=160)
    lede = models.TextField(_("lede"), max_length=600, help_text=_("One or two sentences below the headline."))
    beginnings = StreamField(
        [("link", BeginningBlock())],
        verbose_name=_("begin with"),
        blank=True,
        max_num=6,
        help_text=_("Links below the search, for those who do not know yet what to look for."),
    )
    body = StreamField(
        home_sections(),
        verbose_name=_("sections"),
        blank=True,
        max_num=MOST_BLOCKS,
        block_counts={"trail": {"max_num": 1}},  # each costs a query
    )

    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    show_in_menus_default = False
    content_panels = [
        RefusalPanel(),
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("beginnings"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def _set_core_field_defaults(self):
        super()._set_core_field_defaults()
        self.slug = self.locale.language_code

    @classmethod
    def can_create_at(cls, parent):
        """Another language's home is made by translating this one."""
        return False

    def told(self):
        beginnings = [{"label": link.value["label"], "address": link.value["address"]} for link in self.beginnings]
        hero = {"headline": self.headline, "lede": self.lede, "beginnings": beginnings}
        return [{**hero, "block": "hero", "place": "hero"}, *super().told()]
