"""Every address of the portal, one line a room."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.defaults import page_not_found
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import admin_door
from events import urls as events_urls
from pages import urls as pages_urls

urlpatterns = [
    path("api/", include("exchange.urls")),  # first, as it is asked most
    path("", include("operations.urls")),
    path("problems/", include("exchange.problem_urls")),
    path("", include("exchange.oai.urls")),
    path("id/", include("catalogue.identity_urls")),
    path("", include("catalogue.sitemap_urls")),
    path("attachments/", include("practices.attachment_urls")),
    path("photos/", include("practices.photo_urls")),
    path("logos/", include("partners.logo_urls")),
    path("accounts/", include("accounts.urls")),
    path("cms/login/", admin_door, name="admin_door"),
    path("cms/failwhale/", page_not_found, {"exception": None}),  # Wagtail's address that fails on purpose
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(events_urls.feeds)),
    path("", include("exchange.linked.urls")),
    path("", include(pages_urls.without_language)),
    *i18n_patterns(
        path("", include("pages.urls")),
        path("", include("accounts.own_urls")),
        path("", include("notices.urls")),
        path("", include("partners.urls")),
        path("", include("partners.desk_urls")),
        path("", include("projects.part_urls")),
        path("", include("reviews.urls")),
        path("", include("translations.task_urls")),
        path("", include("translations.urls")),
        path("", include("practices.urls")),
        path("", include("events.urls")),
        path("", include("catalogue.urls")),
        path("", include("exchange.page_urls")),
        path("", include("feedback.urls")),
        path("", include(pages_urls.told)),  # last: what editors write
    ),
]

handler400 = "pages.views.bad_request"
handler403 = "pages.views.permission_denied"
handler404 = "pages.views.page_not_found"
handler500 = "pages.views.server_error"
