"""Lists of the admin that say what they hold and how to begin one; among them pages of one type, in every language."""

import django_filters
from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.pages import ParentChooserForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn, ParentPageColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from pages import slugs
from pages.languages import language_label
from pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage

CONTENT_MENU = "register_content_menu_item"  # the hook by which a list comes into the editors' menu
SHORT = 10  # places that are seen at a glance


class Paginator(WagtailPaginator):
    """Says below a list how many there are, in a sentence that languages with many plurals can turn round."""

    @cached_property
    def items_count_label(self):
        if self.count == 1:
            return super().items_count_label
        return _("%(count)s %(things)s") % {"count": self.count, "things": self.verbose_name_plural}


class HelpfulIndex:
    """A list's view: `about` stands above the list."""

    about = ""
    paginator_class = Paginator


class HelpfulList:
    """A list's viewset: what it holds and how to begin one, and what the button for that is called."""

    menu_hook = CONTENT_MENU
    index_template_name = "pages/admin/list.html"
    about = ""
    add_label = ""

    def get_index_view_kwargs(self, **kwargs):
        told = {"about": self.about, "page_title": self.menu_label}
        if self.add_label:
            told["add_item_label"] = self.add_label
        return super().get_index_view_kwargs(**told, **kwargs)


class HelpfulIndexView(HelpfulIndex, generic.IndexView):
    pass


# Pages


class State(models.TextChoices):
    LIVE = "live", _("published")
    CHANGED = "changed", _("published, with a newer draft")
    DRAFT = "draft", _("draft")


STATES = {
    State.LIVE: Q(live=True, has_unpublished_changes=False),
    State.CHANGED: Q(live=True, has_unpublished_changes=True),
    State.DRAFT: Q(live=False),
}


class PageListFilterSet(WagtailFilterSet):
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        field_name="locale__language_code",
        choices=settings.WAGTAIL_CONTENT_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State, empty_label=_("Any"), widget=forms.RadioSelect, method="filter_state"
    )

    def filter_state(self, pages, name, value):
        return pages.filter(STATES[value])

    class Meta:
        model = Page
        fields = []


class PageListView(HelpfulIndex, IndexView):
    """Searched by title with the database alone: an index of words could not be sorted and filtered by what it lacks."""

    template_name = "pages/admin/list_of_pages.html"
    show_locale_labels = False  # the language has a column

    def get_ordering(self):
        return generic.IndexView.get_ordering(self)

    def order_queryset(self, pages):
        place = F(self.ordering.removeprefix("-"))
        descends = self.ordering.startswith("-")
        return pages.order_by(place.desc(nulls_last=True) if descends else place.asc(nulls_first=True), "-pk")

    def search_queryset(self, pages):
        for word in self.search_query.replace("\0", "").split() if self.is_searching else ():
            pages = pages.filter(Q(title__icontains=word) | Q(draft_title__icontains=word))
        return pages


class PlaceForm(ParentChooserForm):
    """Where a page is begun: of the few places that there are, one is chosen at a glance."""

    def __init__(self, places, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_short = places.count() <= SHORT
        widget = forms.RadioSelect if is_short else forms.Select
        empty = {"empty_label": None} if is_short else {}
        self.fields["parent_page"] = PlaceField(places, label=_("Where it will stand"), widget=widget, **empty)


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, page):
        """A place at the top of a language's tree is called by the language."""
        language = _language(page)
        is_top = page.depth <= slugs.TREES_DEPTH or issubclass(page.specific_class, NewsIndexPage)
        return language if is_top else f"{language}: {page.get_admin_display_title()}"


class BeginView(ChooseParentView):
    page_title = _("Begin a page")

    def get_valid_parent_pages(self, user):
        return super().get_valid_parent_pages(user).select_related("locale", "content_type").order_by("path")

    def get_form(self):
        typed = [self.request.POST] if self.request.method == "POST" else []
        return PlaceForm(self.get_valid_parent_pages(self.request.user), self.model, self.request.user, *typed)

    @cached_property
    def submit_button_label(self):
        return _("Begin the page")


class PageMenuItem(MenuItem):
    def is_shown(self, request):
        return user_has_any_page_permission(request.user)


class PageList(HelpfulList, PageListingViewSet):
    """Pages of a type. `kind_columns` stand between the title and the state."""

    index_view_class = PageListView
    choose_parent_view_class = BeginView
    filterset_class = PageListFilterSet
    menu_item_class = PageMenuItem
    kind_columns: tuple = ()
    state_column: Column = PageStatusColumn("status", label=_("State"), sort_key="live")

    @cached_property
    def columns(self):
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            Column("language", label=_("Language"), accessor=_language, sort_key="locale__language_code"),
            *self.kind_columns,
            DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
            self.state_column,
        ]


def _language(page: Page) -> str:
    return language_label(page.locale.language_code)


class NewsList(PageList):
    model = NewsPage
    name = "news"
    icon = "thumbtack"
    menu_label = _("News")
    menu_order = 14
    about = _("News of the portal, in every language. Begin with “Add news”, and choose the language there.")
    add_label = _("Add news")
    kind_columns = (Column("date", label=_("Date"), accessor=lambda page: date_format(page.date), sort_key="date"),)


class StandardPageList(PageList):
    model = StandardPage
    name = "standard-pages"
    icon = "doc-empty"
    menu_label = _("Standard pages")
    menu_order = 16
    about = _(
        "Pages of text, such as what the portal is about. Begin with “Add page”, and choose where it will stand; what"
        " leads to it stands in the menus."
    )
    add_label = _("Add page")
    kind_columns = (ParentPageColumn("parent", label=_("Stands below")),)


class HomePageList(PageList):
    model = HomePage
    name = "home-pages"
    icon = "home"
    menu_label = _("Home pages")
    menu_order = 18
    about = _("The first page of the portal, one in each language. Open one to arrange what stands on it.")

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None}

    def get_urlpatterns(self):
        """Another language's home is made by translating this one."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "choose_parent"]
