from django.urls import path

from exchange.oai.views import oai

# With a slash at its end it is answered, too: what is posted does not survive a redirect.
urlpatterns = [path("oai", oai, name="oai"), path("oai/", oai)]
