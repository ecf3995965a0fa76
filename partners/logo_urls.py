"""Logos have addresses without a language: documents name them."""

from django.urls import re_path

from partners import logo_views

app_name = "logos"
urlpatterns = [re_path(r"^(?P<digest>[0-9a-f]{64})\.png$", logo_views.logo, name="logo")]
