"""How editors come from an event to its pages, and back, in the Wagtail admin."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import Panel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events.models import PLACES, Event, WorkshopIndexPage, WorkshopPage
from events.models.workshop_page import WITHDRAWN, is_withdrawn
from pages.languages import language_label

ARRANGED = "arranged"
LANGUAGES = tuple(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)


class EventPagesPanel(Panel):
    """The event's pages, one line a language: the way to each, or to writing it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/pages_panel.html"

        def get_context_data(self, parent_context=None):
            told = {"event": self.instance, "languages": self._languages(), "withdrawn": is_withdrawn(self.instance)}
            return super().get_context_data(parent_context) | told

        def _languages(self) -> list[dict]:
            found = {page.language: page for page in self.instance.pages.all()} if self.instance.pk else {}
            return [{"code": code, "name": language_label(code), "page": found.get(code)} for code in LANGUAGES]


NO_SHELF = _(
    "Below the home page of this language stands no shelf of workshop pages, on which the page would have its place. Make"
    " one there in the page tree first."
)


class WritePageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    begin_with = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect, initial=ARRANGED)

    def __init__(self, event: Event, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.pages = {page.language: page for page in event.pages.all()}
        free = [code for code in LANGUAGES if code not in self.pages]
        self.fields["language"].choices = [(code, language_label(code)) for code in free]
        copies = [(code, _("A copy of the page in %s") % language_label(code)) for code in self.pages]
        self.fields["begin_with"].choices = [
            (ARRANGED, _("The programme, the speakers, the practices and the map, to write around")),
            *copies,
        ]

    def clean_language(self):
        language = self.cleaned_data["language"]
        if shelf_of(language) is None:
            raise ValidationError(NO_SHELF)
        return language

    def clean(self):
        if is_withdrawn(self.event):
            raise ValidationError(WITHDRAWN)
        return super().clean()

    def story(self) -> list:
        """What the new page begins with, as the body's raw data."""
        begin = self.cleaned_data["begin_with"]
        if begin != ARRANGED:
            return self.pages[begin].get_latest_revision_as_object().body.get_prep_value()
        return [{"type": name, "value": {"introduction": ""}} for name in PLACES]


class WritePageView(WagtailAdminTemplateMixin, FormView):
    """*Write its page*: a first draft, in one language, in its place in the page tree."""

    form_class = WritePageForm
    template_name = "events/admin/write_page.html"
    page_title = _("Write its page")
    header_icon = "doc-empty"

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        policy = Event.snippet_viewset.permission_policy
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        listed = reverse(Event.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": listed, "label": capfirst(Event._meta.verbose_name_plural)},
            {"url": _edit_url(self.event), "label": str(self.event)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_initial(self):
        return {"language": self.request.GET.get("language", "")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"event": self.event}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "event": self.event,
            "event_url": _edit_url(self.event),
            "withdrawn": is_withdrawn(self.event),
        }

    def form_valid(self, form):
        shelf = shelf_of(form.cleaned_data["language"])
        if not shelf.permissions_for_user(self.request.user).can_add_subpage():
            raise PermissionDenied
        page = WorkshopPage(event=self.event, locale=shelf.locale, live=False, owner=self.request.user)
        page.body = WorkshopPage.body.field.to_python(form.story())
        shelf.add_child(instance=page)
        page.save_revision(user=self.request.user, log_action=True)
        if page.event is None:  # somebody else was a little sooner
            page.delete()
            messages.error(self.request, _("Somebody has just begun this page. Here it is."))
            page = self.event.pages.get(language=form.cleaned_data["language"])
        return redirect("wagtailadmin_pages:edit", page.pk)


def shelf_of(language: str) -> WorkshopIndexPage | None:
    return WorkshopIndexPage.objects.filter(locale__language_code=language).first()


def _edit_url(event: Event) -> str:
    return reverse(event.snippet_viewset.get_url_name("edit"), args=[event.pk])
