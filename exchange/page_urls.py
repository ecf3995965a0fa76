"""Pages for people of other networks, below the language."""

from django.urls import path

from exchange.dumps import page
from exchange.keys import views as keys

app_name = "network"
urlpatterns = [
    path("network/dumps/", page.take, name="dumps"),
    path("my/networks/", keys.mine, name="mine"),
    path("my/networks/new/", keys.new, name="new"),
    path("my/networks/<uuid:uid>/", keys.show, name="show"),
    path("my/networks/<uuid:uid>/edit/", keys.edit, name="edit"),
    path("my/networks/<uuid:uid>/end/", keys.end, name="end"),
    path("my/networks/<uuid:uid>/keys/", keys.make_key, name="make_key"),
    path("my/networks/<uuid:uid>/keys/<int:pk>/revoke/", keys.revoke_key, name="revoke_key"),
]
