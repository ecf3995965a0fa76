"""A person's own pages, in every language."""

from django.urls import path

from accounts import consent_views, data_views
from accounts.views import preferences

urlpatterns = [
    path("my/preferences/", preferences, name="preferences"),
    path("my/consents/", consent_views.show, name="consents"),
    path("my/consents/give/", consent_views.give, name="give_consent"),
    path("my/consents/withdraw/", consent_views.withdraw, name="withdraw_consent"),
    path("my/data/", data_views.show, name="my_data"),
    path("my/data/download/", data_views.download, name="download_data"),
    path("my/data/erase/", data_views.erase, name="erase_account"),
    path("erased/", data_views.erased, name="account_erased"),
]
