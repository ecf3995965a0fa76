"""The catalogue's pages, below the language: lists, records, their versions, the search over everything."""

from django.urls import path, register_converter

from catalogue import place_views, views
from catalogue.citations import FORMATS
from catalogue.models.entry import KindName


class KindConverter:
    regex = "|".join(KindName.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "kind")


def _citations(folder: str, name: str) -> list:
    files = [
        path(f"{folder}<slug:file>.{ending}", views.citation, {"ending": ending}, name=f"{name}_{ending}")
        for ending in FORMATS
    ]
    return [path(folder, views.cite, name=name), *files]


app_name = "catalogue"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("nuts/", place_views.regions, name="regions"),
    path("nuts/found/", place_views.regions_found, name="regions_found"),
    path("nuts/map/", place_views.picker, name="picker"),
    path("<kind:kind>/", views.entry_list, name="list"),
    path("<kind:kind>/<slug:slug>/", views.record, name="record"),
    path("<kind:kind>/<slug:slug>/v/<int:number>/", views.version, name="version"),
    path("<kind:kind>/<slug:slug>/v/<int:number>/changes/", views.changes, name="changes"),
    *_citations("<kind:kind>/<slug:slug>/cite/", "cite"),
    *_citations("<kind:kind>/<slug:slug>/v/<int:number>/cite/", "cite_version"),
]
