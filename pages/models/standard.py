from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from operations.panels import RefusalPanel
from pages.blocks import MOST_BLOCKS, story_blocks
from pages.models.told import ToldPage


class StandardPage(ToldPage):
    """A page of text: about the portal, a statement, a guide."""

    intro = models.TextField(
        _("introduction"), max_length=600, blank=True, help_text=_("One or two sentences below the title.")
    )
    body = StreamField(story_blocks(), verbose_name=_("body"), blank=True, max_num=MOST_BLOCKS)

    template = "pages/standard.html"
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    content_panels = [RefusalPanel(), *Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
