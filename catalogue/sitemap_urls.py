from django.urls import path

from catalogue import sitemaps

app_name = "sitemaps"
urlpatterns = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="index"),
    path("sitemap/pages.xml", sitemaps.sitemap_of_pages, name="pages"),
    path("sitemap/records-<int:number>.xml", sitemaps.sitemap_of_records, name="records"),
]
