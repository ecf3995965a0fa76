"""Menus in the Wagtail admin."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.admin.viewsets.model import ModelViewSet

from pages.lists import HelpfulIndexView, HelpfulList
from pages.models import Menu

AGAIN = _("The same goal stands in this menu above or beside this link. It would only lead round in a circle.")


class MenuForm(WagtailAdminModelForm):
    """Nothing leads to where it stands already: no section contains itself, no link is there twice."""

    def clean(self):
        cleaned = super().clean()
        for parts in ("sections", "columns"):
            if parts in self.formsets:
                self._refuse_repetitions(self._kept(self.formsets[parts]))
        return cleaned

    def _refuse_repetitions(self, forms: list) -> None:
        seen = set()
        for form in forms:
            around = set()
            if "label" in form.fields:  # a section leads somewhere itself; a column only holds links
                self._note(form, seen)
                around = {_goal(form)}
            for item in self._kept(form.formsets["items"]) if "items" in form.formsets else ():
                self._note(item, around)

    def _note(self, form, seen: set) -> None:
        goal = _goal(form)
        if goal and goal in seen:
            form.add_error("address" if form.cleaned_data.get("address") else "page", ValidationError(AGAIN))
        seen.add(goal)

    @staticmethod
    def _kept(formset) -> list:
        return [form for form in formset.forms if form.is_valid() and form not in formset.deleted_forms]

    def is_valid(self):
        """Errors that `clean` adds to the forms of parts count, too."""
        return super().is_valid() and all(_has_no_errors(formset) for formset in self.formsets.values())

    def save(self, commit=True):
        with transaction.atomic():
            menu = super().save(commit=commit)
            if commit:
                Menu.objects.redraw()  # the parts are saved after the menu itself
        return menu


def _has_no_errors(formset) -> bool:
    return all(
        not form.errors and all(_has_no_errors(inner) for inner in getattr(form, "formsets", {}).values())
        for form in formset.forms
        if form not in formset.deleted_forms
    )


def _goal(form) -> object:
    page = form.cleaned_data.get("page")
    return page.url_path if page else form.cleaned_data.get("address")


def link_panels() -> list:
    return [FieldPanel("label"), FieldRowPanel([PageChooserPanel("page"), FieldPanel("address")])]


class MenuViewSet(HelpfulList, ModelViewSet):
    model = Menu
    name = "menus"
    icon = "bars"
    menu_label = _("Menus and footer")
    menu_order = 60
    index_view_class = HelpfulIndexView
    about = _(
        "The sections in the masthead and the columns of the footer, for each language. Open a language to arrange them; a"
        " language that is not here has the portal's own."
    )
    add_label = _("Add menus of a language")
    list_display = ["locale"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_edit_handler(self):
        return TabbedInterface(
            [
                ObjectList(
                    [
                        FieldPanel("locale"),
                        InlinePanel(
                            "sections",
                            [
                                *link_panels(),
                                InlinePanel(
                                    "items", link_panels(), heading=_("Links below it"), label=_("Link"), max_num=12
                                ),
                            ],
                            heading=_("Sections"),
                            label=_("Section"),
                            max_num=12,
                            help_text=_("What stands in the masthead, from left to right."),
                        ),
                    ],
                    heading=_("Masthead"),
                ),
                ObjectList(
                    [
                        InlinePanel(
                            "columns",
                            [
                                FieldPanel("heading"),
                                InlinePanel("items", link_panels(), heading=_("Links"), label=_("Link"), max_num=12),
                            ],
                            heading=_("Columns"),
                            label=_("Column"),
                            max_num=4,
                        )
                    ],
                    heading=_("Footer"),
                ),
            ],
            base_form_class=MenuForm,
        ).bind_to_model(self.model)
