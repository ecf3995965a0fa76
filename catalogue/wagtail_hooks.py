"""What the catalogue puts into the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.functional import classproperty
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from catalogue.models import Network
from catalogue.viewsets import record_models

catalogue_menu = Menu(register_hook_name="register_catalogue_menu_item", construct_hook_name="construct_catalogue_menu")


@hooks.register("register_admin_menu_item")
def register_catalogue_menu():
    return SubmenuMenuItem(_("Catalogue"), catalogue_menu, name="catalogue", icon_name="list-ul", order=150)


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


class NetworkDeleteView(generic.DeleteView):
    """A network stays as long as something of it does, be it a tombstone."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Records of this network are in the catalogue: it cannot be deleted."))
            return redirect(self.index_url_name)


class NetworkViewSet(ModelViewSet):
    model = Network
    name = "networks"
    icon = "globe"
    menu_hook = "register_catalogue_menu_item"
    menu_order = 50
    panels = ["name", "slug", "homepage"]
    list_display = ["name", "slug", "homepage"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    ordering = "name"
    copy_view_enabled = False
    delete_view_class = NetworkDeleteView


@hooks.register("register_admin_viewset")
def register_networks():
    return NetworkViewSet()


class NoBulkDelete(SnippetBulkAction):
    """Stands where Wagtail's bulk deletion would: records are withdrawn, one by one and with a reason."""

    display_name = _("Delete")
    aria_label = _("Delete")
    action_type = "delete"

    @classproperty
    def models(cls):
        return record_models()

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied


hooks.register("register_bulk_action", NoBulkDelete, order=100)
