"""A person's own pages, in every language."""

from django.urls import path

from accounts import consent_views
from accounts.views import preferences

urlpatterns = [
    path("my/preferences/", preferences, name="preferences"),
    path("my/consents/", consent_views.show, name="consents"),
    path("my/consents/give/", consent_views.give, name="give_consent"),
    path("my/consents/withdraw/", consent_views.withdraw, name="withdraw_consent"),
]
