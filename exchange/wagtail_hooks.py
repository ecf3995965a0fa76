"""What stands in the Wagtail admin of the doors to other networks: who has registered to come through them."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.access import allowed
from exchange.oversight.reports import ACT, NetworksMenuItem, NetworksView


@hooks.register("register_admin_urls")
def networks_urls():
    shown, found = (allowed(ACT)(NetworksView.as_view(results_only=only)) for only in (False, True))
    return [
        path("reports/registered-networks/", shown, name="registered_networks"),
        path("reports/registered-networks/results/", found, name="registered_networks_results"),
    ]


@hooks.register("register_reports_menu_item")
def networks_menu_item():
    address, icon = reverse("registered_networks"), NetworksView.header_icon
    return NetworksMenuItem(_("Registered networks"), address, name="registered-networks", icon_name=icon, order=1100)
