"""Photos have addresses without a language: documents name them."""

from django.urls import re_path

from practices import photo_views

app_name = "photos"
urlpatterns = [re_path(r"^(?P<digest>[0-9a-f]{64})\.jpg$", photo_views.photo, name="photo")]
