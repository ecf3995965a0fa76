"""Choosing an event, where it can be begun, too: with the little that makes it one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from catalogue.choosers import RecordChooserViewSet
from catalogue.widgets import TextLineWidget, TextMapFormField
from events.models import Event


class BegunEventForm(forms.ModelForm):
    """A draft: everything else is told in its own form."""

    title = TextMapFormField(label=_("Title"), widget=TextLineWidget)

    class Meta:
        model = Event
        fields = ["title", "type", "starts_on", "ends_on"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("starts_on", "ends_on")}

    def save(self, commit=True):
        event = super().save(commit)
        event.save_revision()
        return event


class EventChooserViewSet(RecordChooserViewSet):
    creation_form_class = BegunEventForm
    creation_tab_label = _("Begin a new one")
    create_action_label = _("Begin the event")
    create_action_clicked_label = _("Saving …")

    def get_urlpatterns(self):
        return SnippetChooserViewSet.get_urlpatterns(self)
