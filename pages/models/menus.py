"""The menus that editors arrange, one row a language: the sections in the masthead, the columns of the footer."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Locale, Orderable, Page

from pages.addresses import NO_ADDRESS, is_goal
from pages.models.site import SiteState


def is_read(page: Page) -> bool:
    """Whether visitors can read it: a page of the portal says so itself, as it may need more than to be live."""
    return getattr(page.specific, "is_read", page.live)


class Link(Orderable):
    """What a menu leads to: a page of the portal, or an address."""

    label = models.CharField(_("label"), max_length=60)
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("It is shown only while the page is published."),
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Where there is no page: a path of the portal, such as /en/practices/, or an address with https."),
    )

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        self.label = (self.label or "").strip()
        if not self.label:
            raise ValidationError({"label": _("Say what the link is called.")})
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"address": _("Choose a page or give an address, one of the two.")})
        if self.address and not is_goal(self.address):
            raise ValidationError({"address": NO_ADDRESS})

    @property
    def goal(self) -> str:
        """Where it leads; empty while its page is not published. Trees are named by their language: see HomePage."""
        if self.page_id:
            return self.page.url_path if is_read(self.page) else ""
        return self.address

    def drawn(self) -> dict:
        return {"label": self.label, "url": self.goal}


class MenuManager(models.Manager):
    def redraw(self) -> None:
        """The menus as pages show them go into the state of the site; nothing is written where nothing changed."""
        frame = {menu.locale.language_code: menu.drawn() for menu in self.select_related("locale")}
        with transaction.atomic():
            state = SiteState.objects.select_for_update().get(pk=1)
            if state.frame != frame:
                state.frame = frame
                state.version += 1
                state.save(update_fields=["frame", "version"])


class Menu(ClusterableModel):
    """The menus of one language. A language without a row has the portal's own."""

    locale = models.OneToOneField(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")

    objects = MenuManager()

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self):
        return str(self.locale)

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            Menu.objects.redraw()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            Menu.objects.redraw()
        return deleted

    def drawn(self) -> dict:
        """{sections: [{label, url, items}], columns: [{heading, items}]}; what leads nowhere is left out."""
        sections = [section.drawn() for section in self.sections.select_related("page")]
        columns = [column.drawn() for column in self.columns.all()]
        return {
            "sections": [section for section in sections if section["url"] or section["items"]],
            "columns": [column for column in columns if column["items"]],
        }


def _drawn(links) -> list[dict]:
    return [drawn for link in links.select_related("page") if (drawn := link.drawn())["url"]]


class MenuSection(Link, ClusterableModel):
    """A section in the masthead, with what lies in it."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="sections")

    class Meta(Link.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(address=""), name="menu_section_leads_to_one_place"
            )
        ]

    def drawn(self) -> dict:
        return super().drawn() | {"items": _drawn(self.items)}


class MenuSectionItem(Link):
    section = ParentalKey(MenuSection, on_delete=models.CASCADE, related_name="items")

    class Meta(Link.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(condition=Q(page__isnull=True) | Q(address=""), name="menu_item_leads_to_one_place")
        ]


class FooterColumn(Orderable, ClusterableModel):
    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="columns")
    heading = models.CharField(_("heading"), max_length=60)

    class Meta(Orderable.Meta):
        verbose_name = _("column of the footer")
        verbose_name_plural = _("columns of the footer")

    def __str__(self):
        return self.heading

    def drawn(self) -> dict:
        return {"heading": self.heading, "items": _drawn(self.items)}


class FooterLink(Link):
    column = ParentalKey(FooterColumn, on_delete=models.CASCADE, related_name="items")

    class Meta(Link.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(address=""), name="footer_link_leads_to_one_place"
            )
        ]
