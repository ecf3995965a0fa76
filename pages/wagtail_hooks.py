"""What the pages put into the Wagtail admin, and what they refuse there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from pages import admin_views, comparison, documents, redirects, slugs, workflows
from pages.lists import HomePageList, NewsList, StandardPageList
from pages.models import HomePage
from pages.models.menus import is_read
from pages.viewsets import MenuViewSet


@hooks.register("register_admin_viewset")
def register_menus():
    return MenuViewSet()


@hooks.register("register_admin_viewset")
def register_lists_of_pages():
    return [NewsList(), StandardPageList(), HomePageList()]


@hooks.register("construct_main_menu")
def call_the_tree_a_tree(request, menu_items):
    """Lists of pages stand in the editors' menu: what remains is where they stand below each other."""
    for item in menu_items:
        if item.name == "explorer":
            item.label = gettext_lazy("Page tree")


@hooks.register("register_admin_urls", order=-1)
def register_import_of_redirects():
    """Stands before Wagtail's address."""
    return [path("redirects/import/process/", redirects.process_import, name="import_of_redirects")]


# How Wagtail's own views of pages are

admin_views.adapt()
comparison.register()
hooks.register("register_bulk_action", admin_views.PublishBulk, order=100)  # stands in the place of Wagtail's


@hooks.register("construct_page_action_menu")
def name_the_second_reader(menu_items, request, context):
    workflows.call_by_what_happens(menu_items)


# Documents


@hooks.register("before_serve_document")
def only_what_pages_show(document, request):
    if not documents.may_be_read(document, request.user):
        raise Http404


# Pages


@hooks.register("before_move_page")
def keep_reserved_addresses_free(request, page, destination):
    if request.method == "POST" and slugs.is_below_home(destination) and slugs.is_reserved(page.slug):
        messages.error(request, slugs.RESERVED % {"slug": page.slug})
        return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_copy_page")
def keep_reserved_addresses_free_of_copies(request, page):
    """Wagtail's form asks for the address; a model that refuses it later could not be heard."""
    parent = Page.objects.filter(pk=request.POST.get("new_parent_page") or None).first()
    slug = request.POST.get("new_slug", "")
    if request.method == "POST" and slugs.is_below_home(parent) and slugs.is_reserved(slug):
        messages.error(request, slugs.RESERVED % {"slug": slug})
        return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_bulk_action")
def keep_reserved_addresses_free_of_several(request, action_type, objects, action_class_instance):
    if action_type != "move" or not slugs.is_below_home(action_class_instance.cleaned_form.cleaned_data["chooser"]):
        return None
    for page in objects:
        if slugs.is_reserved(page.slug):
            messages.error(request, slugs.RESERVED % {"slug": page.slug})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_delete_page")
def keep_home_pages(request, page):
    """With the first of them the site itself would go."""
    if isinstance(page.specific, HomePage):
        messages.error(request, _("A home page cannot be deleted. It can be unpublished."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_home_pages_of_several(request, action_type, objects, action_class_instance):
    if action_type == "delete" and any(isinstance(each, Page) and each.depth <= slugs.TREES_DEPTH for each in objects):
        raise PermissionDenied


class LivePageLinkHandler(PageLinkHandler):
    """A link to a page that is not published is only its words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [f'<a href="{escape(page.url)}">' if page and is_read(page) else "<a>" for page in pages]


@hooks.register("register_rich_text_features", order=10)
def link_to_live_pages_only(features):
    features.register_link_type(LivePageLinkHandler)
