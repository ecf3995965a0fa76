"""Pages for people of other networks, below the language."""

from django.urls import path

from exchange.dumps import page
from exchange.keys import views as keys
from exchange.oversight import views as oversight
from exchange.webhooks import views as webhooks

app_name = "network"
urlpatterns = [
    path("network/dumps/", page.take, name="dumps"),
    path("network/registered/<uuid:uid>/", oversight.show, name="oversee"),
    path("network/registered/<uuid:uid>/keys/<int:pk>/revoke/", oversight.revoke_key, name="revoke_for_owner"),
    path("network/registered/<uuid:uid>/webhooks/<uuid:hook>/stop/", oversight.stop_webhook, name="stop_for_owner"),
    path("my/networks/", keys.mine, name="mine"),
    path("my/networks/new/", keys.new, name="new"),
    path("my/networks/<uuid:uid>/", keys.show, name="show"),
    path("my/networks/<uuid:uid>/edit/", keys.edit, name="edit"),
    path("my/networks/<uuid:uid>/end/", keys.end, name="end"),
    path("my/networks/<uuid:uid>/keys/", keys.make_key, name="make_key"),
    path("my/networks/<uuid:uid>/keys/<int:pk>/revoke/", keys.revoke_key, name="revoke_key"),
    path("my/networks/<uuid:uid>/webhooks/new/", webhooks.new, name="new_webhook"),
    path("my/networks/<uuid:uid>/webhooks/<uuid:hook>/", webhooks.show, name="webhook"),
    path("my/networks/<uuid:uid>/webhooks/<uuid:hook>/edit/", webhooks.edit, name="edit_webhook"),
    path("my/networks/<uuid:uid>/webhooks/<uuid:hook>/remove/", webhooks.remove, name="remove_webhook"),
    path("my/networks/<uuid:uid>/webhooks/<uuid:hook>/act/", webhooks.act, name="act_on_webhook"),
    path(
        "my/networks/<uuid:uid>/webhooks/<uuid:hook>/messages/<int:pk>/",
        webhooks.send_again,
        name="send_again",
    ),
]
