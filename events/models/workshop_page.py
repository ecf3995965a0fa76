"""The pages that tell the story of an event: in the page tree, one for each event and language.

The event is the record, and the only switch: its page shows the facts, and in that language the story. A story has no facts
and no title of its own, and is read only while its event is public.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from catalogue import publication
from catalogue.locking import in_publication, publishing
from catalogue.reading import page_context
from events.models.event import Event
from operations.panels import RefusalPanel
from pages.blocks import MOST_BLOCKS, story_blocks
from pages.telling import NotPublishable, PlaceBlock, ToldPage, ToldPageForm

TAKEN = _("This event has a page in this language already: “%(page)s”. Edit that one.")
NEEDED = _("Choose the event; a new one can be begun there, too.")
WITHDRAWN = _("This event has been withdrawn: nobody would see the page. Choose another, or publish the event again.")


class EventPlaceBlock(PlaceBlock):
    """What the event itself says, at this place of the story."""

    introduction = blocks.CharBlock(
        label=_("Introduction"), max_length=500, required=False, help_text=_("A sentence above it, if it needs one.")
    )


def place_block(icon: str, label: str, help_text: str) -> EventPlaceBlock:
    return EventPlaceBlock(icon=icon, label=label, help_text=help_text)


# What the event tells by itself: by the names of `templates/events/places/`, in the order of its page without a story.
PLACES = {
    "programme": place_block("calendar-alt", _("Programme"), _("The event's own programme, day by day.")),
    "speakers": place_block("group", _("Speakers"), _("Who speaks, as the event says.")),
    "practices": place_block("list-ul", _("Practices shown"), _("The good practices that the event shows.")),
    "map": place_block("site", _("Map and way there"), _("Where it is, with the notes on how to get there.")),
}


class WorkshopIndexPage(ToldPage):
    """The shelf of these pages in the tree of a language. Visitors find the events in their list, so it leads there."""

    in_sitemap = False
    max_count_per_parent = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["events.WorkshopPage"]
    show_in_menus_default = False

    class Meta:
        verbose_name = _("shelf of workshop pages")
        verbose_name_plural = _("shelves of workshop pages")

    def told(self):
        return []

    def serve(self, request, *args, **kwargs):
        return HttpResponsePermanentRedirect(reverse("catalogue:list", args=["events"]))


def is_withdrawn(event: Event) -> bool:
    return event.was_public and not event.live


class StandingPanel(Panel):
    """Says why nobody sees the page, where that is so."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/standing.html"

        def is_shown(self):
            return bool(self.instance.pk and self.instance.event and not self.instance.event.live)

        def get_context_data(self, parent_context=None):
            event = self.instance.event
            return super().get_context_data(parent_context) | {"event": event, "is_withdrawn": is_withdrawn(event)}


class WorkshopPageForm(ToldPageForm):
    def refuses(self, name):
        """Whose story it is, a draft must know, too; but what happened to the event since keeps nothing from being saved."""
        is_chosen_now = "event" in self.changed_data or self.instance.event is None
        return super().refuses(name) or (name == "event" and is_chosen_now)


class WorkshopPage(ToldPage):
    """The story of an event in one language."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pages",
        help_text=_("It has the title, the days and all other facts. The page is visible as long as the event is."),
    )
    language = models.CharField(max_length=10, editable=False)  # that of its tree, where the database can compare it
    body = StreamField(
        [*story_blocks(), *PLACES.items()],
        verbose_name=_("story"),
        blank=True,
        max_num=MOST_BLOCKS,
        help_text=_(
            "Words, pictures and files around what the event says by itself. Its programme, speakers, practices and map"
            " stand where you put them; what you leave out follows below the story."
        ),
    )

    base_form_class = WorkshopPageForm
    in_sitemap = False
    parent_page_types = ["events.WorkshopIndexPage"]
    subpage_types = []
    show_in_menus_default = False
    content_panels = [RefusalPanel(), StandingPanel(), FieldPanel("event"), FieldPanel("body")]
    promote_panels = []

    class Meta:
        verbose_name = _("workshop page")
        verbose_name_plural = _("workshop pages")
        constraints = [
            models.UniqueConstraint(fields=["event", "language"], name="event_has_one_page_a_language"),
        ]

    def _set_core_field_defaults(self):
        """Its title is the event's, told in its language: for the lists of the admin alone."""
        if self.event:
            title = self.event.title_map.in_language(self.locale.language_code, self.event.original_language).text
            self.title = Truncator(title).chars(Page._meta.get_field("title").max_length)
        self.title = self.title or str(_("A page without its event"))
        super()._set_core_field_defaults()

    def take_title(self) -> bool:
        """Writes the event's title into the row; no revision is made of it. Whether it was another one before."""
        before = self.title, self.draft_title
        self._set_core_field_defaults()
        self.draft_title = self.get_latest_revision_as_object().title
        if (self.title, self.draft_title) == before:
            return False
        Page.objects.filter(pk=self.pk).update(title=self.title, draft_title=self.draft_title)
        index.insert_or_update_object(self)
        return True

    def with_content_json(self, content):
        """A draft, too, has the title that its event has now."""
        draft = super().with_content_json(content)
        draft._set_core_field_defaults()
        return draft

    # Publishing

    def faults(self):
        if self.event is None:
            return {"event": NEEDED}
        if is_withdrawn(self.event):
            return {"event": WITHDRAWN}
        if other := self.event.pages.filter(language=self.locale.language_code).exclude(pk=self.pk).first():
            return {"event": ValidationError(TAKEN, params={"page": other.get_admin_display_title()})}
        return {}

    @in_publication
    def publish(self, revision, *args, **kwargs):
        return super().publish(revision, *args, **kwargs)

    publish.alters_data = True

    def save(self, *args, **kwargs):
        with publishing():  # so that two at once cannot both be the first
            self._join_the_others()
            return super().save(*args, **kwargs)

    save.alters_data = True

    def _join_the_others(self) -> None:
        """A new page is a translation of the event's others.

        A second one in the same language cannot be: copies and aliases tell of no event, and a page that is published
        beside another is refused rather than parted from its event.
        """
        self.language = self.locale.language_code
        pages = self.event.pages.exclude(pk=self.pk) if self.event else []
        others = {page.language: page for page in pages}
        if self.language not in others:
            if others and not self.pk:
                self.translation_key = next(iter(others.values())).translation_key
        elif self.pk and self.live and not self.alias_of_id:
            raise NotPublishable(self, self.faults())
        else:
            self.event = None
            self.live = self.live and bool(self.alias_of_id)  # an alias is as live as its source

    # Its address in the tree leads to the event's.

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        return (*parts[:2], self._address()) if parts and self._address() else parts

    def _address(self) -> str:
        if not self.event or not self.event.slug:
            return ""
        with override(self.language):
            return reverse("catalogue:record", args=["events", self.event.slug])

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        entry = self.event.entry if self.event else None
        if entry is None:
            raise Http404
        return HttpResponsePermanentRedirect(self._address() if entry.is_visible else f"/id/{entry.uid}/")

    # A preview is the event's page with the story at hand.

    def serve_preview(self, request, mode_name):
        with override(self.locale.language_code):
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request, mode_name):
        return "events/event.html" if self.event else "events/page_without_event.html"

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name) | {"story": self.draft_segments()}
        return context | page_context(publication.render_draft(self.event)) if self.event else context

    @property
    def is_read(self) -> bool:
        """Whether visitors see it."""
        return self.live and self.event is not None and self.event.live
