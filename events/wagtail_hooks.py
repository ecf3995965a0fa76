from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from events.page_admin import WritePageView
from events.page_list import EventPageList
from events.viewsets import EventViewSet

register_snippet(EventViewSet)


@hooks.register("register_admin_urls")
def pages_of_events():
    return [path("events/<int:pk>/write-page/", WritePageView.as_view(), name="event_write_page")]


@hooks.register("register_admin_viewset")
def register_list_of_pages():
    return EventPageList()
