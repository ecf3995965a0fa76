"""The networks that have registered to read, as administrators see them: a report of the Wagtail admin, which edits nothing.

There is no export: the list holds addresses of people.
"""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from accounts.access import may
from exchange.keys.pages import grouped
from exchange.models import Client
from exchange.oversight.pages import networks, webhooks_in_words
from operations.dates import long_date

ACT = "networks.oversee"
MOST_WORDS = 8  # of a search; each looks into five columns


class NetworksFilterSet(WagtailFilterSet):
    who = django_filters.CharFilter(label=_("Network, owner or contact"), method="of")

    class Meta:
        model = Client
        fields = []

    def of(self, clients, name, words):
        for word in words.replace("\0", "").split()[:MOST_WORDS]:
            owner = Q(owner__first_name__icontains=word) | Q(owner__last_name__icontains=word)
            told = Q(name__icontains=word) | Q(contact__icontains=word) | Q(owner__email__icontains=word)
            clients = clients.filter(owner | told)
        return clients


class Lines(Column):
    """Several short texts, below one another."""

    cell_template_name = "exchange/admin/lines.html"


def keys_in_words(client: Client) -> list[str]:
    used = _("last used %(day)s") % {"day": long_date(client.last_used)} if client.last_used else _("not used yet")
    return [_("%(count)s good") % {"count": len(client.good)}, used]


def requests_in_words(client: Client) -> list[str]:
    return [grouped(client.requests), _("%(count)s refused") % {"count": grouped(client.refused)}]


class NetworksView(ReportView):
    model = Client
    page_title = _("Registered networks")
    header_icon = "key"
    index_url_name = "registered_networks"
    index_results_url_name = "registered_networks_results"
    filterset_class = NetworksFilterSet
    default_ordering = "name"
    columns = [
        TitleColumn("name", label=_("Network"), url_name="network:oversee", id_accessor="uid", sort_key="name"),
        Column("purpose", label=_("Purpose"), classname="breaks"),
        Lines(
            "owner",
            label=_("Registered by, contact"),
            accessor=lambda client: [client.owner.for_staff, client.contact],
            classname="breaks",
        ),
        DateColumn("created", label=_("Registered"), sort_key="created"),
        Lines("keys", label=_("Keys"), accessor=keys_in_words, sort_key="last_used"),
        Lines("requests", label=_("Requests in 30 days"), accessor=requests_in_words, sort_key="requests"),
        Lines("webhooks", label=_("Webhooks"), accessor=webhooks_in_words, classname="breaks"),
    ]

    def get_base_queryset(self):
        return networks()


class NetworksMenuItem(MenuItem):
    def is_shown(self, request):
        return may(request.user, ACT)
