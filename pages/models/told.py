"""The base of every page type, and what follows for other pages when one changes."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, ReferenceIndex

from pages import slugs
from pages.models.menus import Menu
from pages.models.site import SiteState
from pages.story import Segment, segments_of

TELLING_FIELDS = {"body", "live", "locale", "locale_id"}


class ToldPageForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and slugs.is_below_home(self.parent_page) and slugs.is_reserved(slug):
            self.add_error("slug", slugs.RESERVED % {"slug": slug})
        return cleaned

    def _post_clean(self):
        """When fields and instance are clean, the page itself is asked: by the same rules as when it is published."""
        super()._post_clean()
        for name, fault in self.instance.faults().items():
            if name not in self.errors and self.refuses(name):
                self.add_error(name if name in self.fields else None, fault)

    def refuses(self, name: str) -> bool:
        """Whether a fault of the field counts already: a draft may lack what it likes."""
        is_sent_back = self.data.get("workflow-action-name") == "reject" or "action-cancel-workflow" in self.data
        return not (self.is_deferred_validation or is_sent_back)


class ToldPage(Page):
    """The base of every page type; the subclass gives `body`, a StreamField."""

    # Not in revisions: what an old draft was drawn as says nothing about what it would be now.
    segments = models.JSONField(_("story as it is drawn"), default=list, editable=False, serialize=False)

    in_sitemap = True  # not, where the story is read at another address
    base_form_class = ToldPageForm
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("Address and search engines"),
        )
    ]
    private_page_options = []  # what is published is public; drafts are how pages are kept to oneself

    class Meta:
        abstract = True

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        update_fields = kwargs.get("update_fields")
        if update_fields is None or TELLING_FIELDS & set(update_fields):
            self._set_core_field_defaults()
            self.segments = self.told() if self.live else []
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "segments"}
        with transaction.atomic():
            before = Page.objects.filter(pk=self.pk).values("url_path", "live").first() if self.pk else None
            result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            _note_change(self, before)
        return result

    save.alters_data = True

    def faults(self) -> dict[str, object]:
        """By field, what keeps it from being published beyond what is missing or wrong in a field by itself."""
        return {}

    @property
    def is_read(self) -> bool:
        """Whether visitors can read it; a page may need more for that than to be live."""
        return self.live

    def told(self) -> list[Segment]:
        """The story in the page's language; renditions of its images are made on the way."""
        with translation.override(self.locale.language_code):
            return segments_of(self.body, self)

    def draft_segments(self) -> list[Segment]:
        """The story as the body at hand tells it, for previews."""
        return self.told()

    def get_context(self, request, *args, **kwargs):
        is_preview = getattr(request, "is_preview", False)
        segments = self.draft_segments() if is_preview else self.segments
        return super().get_context(request, *args, **kwargs) | {"segments": segments}

    def serve_preview(self, request, mode_name):
        """In the language of the page, whatever the editor's is."""
        with translation.override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()

    def _check_slug_is_unique(self):
        super()._check_slug_is_unique()
        slugs.refuse_reserved(self)


# What follows from a change


def _note_change(page: ToldPage, before: dict | None) -> None:
    """A page was saved: if visitors see it, or pages below it, their caches are out of date; and links to all that came,
    went or moved. `before` has its address and whether it was live.
    """
    was_live = bool(before and before["live"])
    moved = [page] if page.live != was_live else []
    if before and before["url_path"] != page.url_path:
        below = list(page.get_descendants().live())
        moved = [page, *below] if page.live or was_live or below else []
    if moved:
        follow(*moved)
    if moved or page.live:
        SiteState.objects.bump()


def follow(*pages: Page) -> None:
    """Links and menus that lead to the pages are drawn anew."""
    retell_users_of(*pages)
    Menu.objects.redraw()


def retell(pages: Iterable[ToldPage] | None = None) -> int:
    """Draws live pages again, all of them if none are named; returns how many came out otherwise than before."""
    if pages is None:
        pages = (page for model in told_models() for page in model.objects.filter(live=True).select_related("locale"))
    changed = 0
    for page in pages:
        segments = page.told()
        if segments != page.segments:
            type(page).objects.filter(pk=page.pk).update(segments=segments)
            changed += 1
    if changed:
        SiteState.objects.bump()
    return changed


def told_models() -> list[type[ToldPage]]:
    return [model for model in apps.get_models() if issubclass(model, ToldPage)]


def users_of(*used: models.Model) -> models.QuerySet[Page]:
    """The live pages whose rows name any of the images, documents or pages."""
    references = ReferenceIndex.objects.none()
    for instance in used:
        references = references | ReferenceIndex.get_references_to(instance)
    sources = references.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    return Page.objects.live().filter(pk__in=sources.values_list(Cast("object_id", models.BigIntegerField())))


def retell_users_of(*used: models.Model) -> int:
    return retell(page for page in users_of(*used).specific() if isinstance(page, ToldPage))
