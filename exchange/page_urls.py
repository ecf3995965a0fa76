"""Pages for people of other networks, below the language."""

from django.urls import path

from exchange.dumps import page

app_name = "network"
urlpatterns = [path("network/dumps/", page.take, name="dumps")]
