"""News: an index a language, and its articles."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from operations.panels import RefusalPanel
from pages.blocks import MOST_BLOCKS, PictureBlock, story_blocks
from pages.models.told import ToldPage

ON_A_PAGE = 12
AFTER = "after"


class NewsIndexPage(ToldPage):
    """The list of the news, newest first."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(story_blocks(), verbose_name=_("body"), blank=True, max_num=MOST_BLOCKS)

    template = "pages/news_index.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    content_panels = [RefusalPanel(), *Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = NewsPage.objects.child_of(self).live().newest_first().after(request.GET.get(AFTER, ""))
        shown = list(articles.defer("body", "segments")[: ON_A_PAGE + 1])
        last = shown[ON_A_PAGE - 1] if len(shown) > ON_A_PAGE else None
        onward = f"?{AFTER}={last.date}_{last.pk}" if last else ""
        return context | {"articles": shown[:ON_A_PAGE], "next_url": onward}

    @classmethod
    def can_create_at(cls, parent):
        """One in each language's tree."""
        return super().can_create_at(parent) and not cls.objects.child_of(parent).exists()


class NewsQuerySet(PageQuerySet):
    def newest_first(self) -> "NewsQuerySet":
        return self.order_by("-date", "-pk")

    def after(self, place: str) -> "NewsQuerySet":
        """What stands in the list below an article, named as `2026-11-16_42`; all for no name. Raises Http404."""
        if not place:
            return self
        try:
            day, pk = place.split("_")
            day, pk = date.fromisoformat(day), Page._meta.pk.to_python(pk)
            Page._meta.pk.run_validators(pk)
        except (ValueError, ValidationError):
            raise Http404 from None
        return self.filter(Q(date__lt=day) | Q(date=day, pk__lt=pk))


class NewsPage(ToldPage):
    date = models.DateField(_("date"), default=date.today, db_index=True)
    intro = models.TextField(_("introduction"), max_length=600, help_text=_("What the list shows below the title."))
    image = models.ForeignKey(
        Image, verbose_name=_("image"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField(
        _("what the image shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who do not see it. Leave it empty if the image only decorates."),
    )
    body = StreamField(story_blocks(), verbose_name=_("body"), blank=True, max_num=MOST_BLOCKS)
    example = models.BooleanField(
        _("example"), default=False, help_text=_("An invented piece that shows how it looks.")
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    template = "pages/news.html"
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    content_panels = [
        RefusalPanel(),
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("image_alt"),
        FieldPanel("body"),
        FieldPanel("example"),
    ]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="news_newest_first")]

    def told(self):
        story = super().told()
        if not self.image:
            return story
        self.image.contextual_alt_text, self.image.decorative = self.image_alt, not self.image_alt
        with override(self.locale.language_code):
            html = PictureBlock().render({"image": self.image}, {"page": self})
        return [{"block": "image", "html": html}, *story]
