"""Attached files have addresses without a language: documents name them."""

from django.urls import re_path

from practices import attachment_views

app_name = "attachments"
urlpatterns = [
    re_path(r"^(?P<file_key>[0-9a-f]{32})\.(?P<ending>[a-z]{3,4})$", attachment_views.attachment, name="attachment")
]
