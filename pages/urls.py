from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from wagtail.urls import serve_pattern

from accounts.access import allowed
from pages import media, views

app_name = "pages"
urlpatterns = [path("", views.home, name="home")]

# Remembering a language harms nobody, and a token would set a cookie for every reader of a public page.
# Addresses without a language prefix, to be included beside the prefixed ones: include(pages.urls.without_language).
without_language = (
    [
        path("", views.choose_language, name="choose"),
        path("language/", allowed("language.choose")(csrf_exempt(set_language)), name="remember"),
        path("media/images/<str:name>", media.rendition, name="rendition"),
    ],
    "language",
)

# What editors write, below the language and after everything else. Wagtail looks for its name without a namespace.
told = [re_path(serve_pattern, views.told_page, name="wagtail_serve")]
