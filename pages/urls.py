from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from pages import views

app_name = "pages"
urlpatterns = [path("", views.home, name="home")]

# Remembering a language harms nobody, and a token would set a cookie for every reader of a public page.
# Addresses without a language prefix, to be included beside the prefixed ones: include(pages.urls.without_language).
without_language = (
    [
        path("", views.choose_language, name="choose"),
        path("language/", csrf_exempt(set_language), name="remember"),
    ],
    "language",
)
