"""Events below the language: list, month calendar, calendar files. Their pages are the catalogue's."""

from django.urls import path

from events import files, views

app_name = "events"
urlpatterns = [
    path("events/", views.event_list, name="list"),
    path("events/calendar/", views.month_calendar, name="calendar"),
    path("events/<slug:slug>.ics", files.of_event, name="file"),
]

# Without a language
feeds = [path("feeds/events.ics", files.feed, name="events_feed")]
