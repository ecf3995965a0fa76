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
from wagtail.snippets.action_menu import RestartWorkflowMenuItem, SubmitForModerationMenuItem, UnpublishMenuItem
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from catalogue import record_log
from catalogue.models import CatalogueState, Network
from catalogue.records import Record
from catalogue.viewsets import record_models
from pages.lists import CONTENT_MENU, HelpfulIndexView, HelpfulList

content_menu = Menu(register_hook_name=CONTENT_MENU, construct_hook_name="construct_content_menu")


@hooks.register("register_admin_menu_item")
def register_content_menu():
    """All that editors write, in one group, before anything else; the lists come by `CONTENT_MENU`."""
    return SubmenuMenuItem(_("Content"), content_menu, name="content", icon_name="list-ul", order=50)


@hooks.register("insert_global_admin_css")
def style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("before_bulk_action")
def lock_before_many(request, action_type, objects, action):
    """All of a bulk action is one transaction, and the catalogue's lock is taken first or not at all."""
    CatalogueState.objects.lock()


@hooks.register("construct_snippet_action_menu")
def reviewed_in_the_portal(menu_items, request, context):
    """What is reviewed in the portal is submitted there alone."""
    if getattr(context["model"], "reviewed_in_portal", False):
        menu_items[:] = [
            item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem | RestartWorkflowMenuItem)
        ]


class NetworkDeleteView(generic.DeleteView):
    """A network stays as long as something of it does, be it a tombstone."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("Records of this network are in the catalogue: it cannot be deleted."))
            return redirect(self.index_url_name)


class NetworkViewSet(HelpfulList, ModelViewSet):
    model = Network
    name = "networks"
    icon = "globe"
    menu_order = 70
    index_view_class = HelpfulIndexView
    about = _("The networks whose records stand in the catalogue: ours, and those that send us theirs.")
    add_label = _("Add network")
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


@hooks.register(
    "register_log_actions", order=100
)  # a deletion tells its reason, which Wagtail's own word for it does not
def withdrawals_in_histories(actions):
    record_log.register(actions)


class WithdrawMenuItem(UnpublishMenuItem):
    """As the page that it leads to calls it, and what it says when it is done. A lock holds the text, not what is public."""

    label = _("Withdraw")

    def is_shown(self, context):
        return super().is_shown({**context, "locked_for_user": False})


@hooks.register("construct_snippet_action_menu")
def records_are_withdrawn(menu_items, request, context):
    """In the place of Wagtail's own item; where that is not offered, last, so that nobody presses it unawares."""
    withdraw = WithdrawMenuItem(order=20)
    if not issubclass(context["model"], Record) or not withdraw.is_shown(context):
        return
    menu_items[:] = [withdraw if isinstance(item, UnpublishMenuItem) else item for item in menu_items]
    if withdraw not in menu_items:
        menu_items.append(withdraw)
