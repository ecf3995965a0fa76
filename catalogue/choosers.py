"""Choosing a record in the Wagtail admin: searched for as in the list of its kind, told in the reader's language."""

import functools

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from catalogue.widgets import RecordChooser


class RecordChooserForm(BaseFilterForm):
    """Searches in the fields that the list of the kind searches in."""

    search_fields: tuple[str, ...] = ()
    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects):
        self.search_query = self.cleaned_data.get("q", "").replace("\0", "")
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            objects = objects.filter(any_contains(self.search_fields, word))
        return objects


def any_contains(fields, word: str) -> Q:
    return functools.reduce(Q.__or__, (Q(**{f"{name}__icontains": word}) for name in fields))


class SearchedChooser:
    ordering = ["-saved"]
    results_template_name = "catalogue/admin/choose_results.html"

    def get_filter_form_class(self):
        fields = {"search_fields": self.model_class.snippet_viewset.search_fields}
        return type("ChooserForm", (RecordChooserForm,), fields)


class RecordChooseView(SearchedChooser, ChooseView):
    pass


class RecordChooseResultsView(SearchedChooser, ChooseResultsView):
    pass


class RecordChooserViewSet(SnippetChooserViewSet):
    page_title = _("Choose")  # Wagtail's own words are read once for all, in English
    search_tab_label = _("Search")
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView

    @cached_property
    def widget_class(self):
        return RecordChooser(model=self.model, icon=self.icon)

    def get_urlpatterns(self):
        """Records are made in their own pages, never in a chooser's window."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("create", "create_multiple")]
