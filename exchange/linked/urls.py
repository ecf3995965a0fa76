"""The catalogue as linked data, for those who read neither our pages nor our API."""

from django.urls import path

from exchange.linked.doors import FORMS, Catalogue, NoCatalogue
from exchange.linked.feeds import AtomFeed
from exchange.linked.linksets import ApiCatalog, RecordLinkset
from exchange.linked.security import SecurityText

app_name = "linked"
urlpatterns = [
    *(path(f"catalogue.{ending}", Catalogue.as_view(media_types=(form,))) for ending, form in FORMS.items()),
    path("catalogue.<str:ending>", NoCatalogue.as_view()),
    path("feeds/<str:name>.atom", AtomFeed.as_view(), name="feed"),
    path("id/<uuid:uid>/linkset.json", RecordLinkset.as_view(), name="linkset"),
    path(".well-known/api-catalog", ApiCatalog.as_view()),
    path(".well-known/security.txt", SecurityText.as_view()),
]
