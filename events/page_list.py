"""The pages of events, all languages in one list of the Wagtail admin, and how one is begun from there."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events.models import Event, WorkshopPage
from events.models.workshop_page import WITHDRAWN, is_withdrawn
from operations.dates import long_date
from pages.lists import PageList, PageListView


class StandingColumn(Column):
    """Whether visitors see the page, or what it waits for: in the words of the event's tab “Its pages”."""

    cell_template_name = "events/admin/page_state_cell.html"


class EventPageListView(PageListView):
    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        return super().annotate_queryset(pages).prefetch_related("event")


class EventToWrite(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chooser = Event.snippet_viewset.chooser_viewset.widget_class
        self.fields["event"] = forms.ModelChoiceField(
            Event.objects.all(),
            label=_("Event"),
            widget=chooser,
            help_text=_("Choose the event that the page will tell of; a new one can be begun there, too."),
        )

    def clean_event(self):
        event = self.cleaned_data["event"]
        if is_withdrawn(event):
            raise forms.ValidationError(WITHDRAWN)
        return event


class BeginPageView(WagtailAdminTemplateMixin, FormView):
    """Which event is it? What follows is *Write its page*."""

    form_class = EventToWrite
    template_name = "events/admin/begin_page.html"
    page_title = _("Begin an event's page")
    header_icon = "doc-empty"
    index_url_name = None

    def dispatch(self, request, *args, **kwargs):
        if not Event.snippet_viewset.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        listed = {"url": reverse(self.index_url_name), "label": EventPageList.menu_label}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media, "index_url": reverse(self.index_url_name)}

    def form_valid(self, form):
        return redirect("event_write_page", form.cleaned_data["event"].pk)


class EventPageList(PageList):
    model = WorkshopPage
    name = "event-pages"
    icon = "doc-full-inverse"
    menu_label = _("Pages of events")
    menu_order = 12
    index_view_class = EventPageListView
    choose_parent_view_class = BeginPageView
    about = _(
        "The stories that are told on the pages of events, in every language. Begin with “Write a page”, and choose its"
        " event there; the days and all other facts stand in the event itself."
    )
    add_label = _("Write a page")
    state_column = StandingColumn("standing", label=_("State"), sort_key="live")

    @cached_property
    def kind_columns(self):
        return (
            TitleColumn(
                "event",
                label=_("Event"),
                accessor=lambda page: page.event or "—",
                get_url=_event_url,
                sort_key="event__starts_on",
            ),
            Column("day", label=_("First day"), accessor=_first_day, sort_key="event__starts_on"),
        )


def _first_day(page: WorkshopPage) -> str:
    return long_date(page.event.starts_on.isoformat()) if page.event and page.event.starts_on else ""


def _event_url(page: WorkshopPage) -> str | None:
    return reverse(Event.snippet_viewset.get_url_name("edit"), args=[page.event_id]) if page.event_id else None
