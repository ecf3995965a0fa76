"""`/id/{uid}/`: the identity of a record, for ever."""

from django.urls import path

from catalogue import views

app_name = "identity"
urlpatterns = [path("<uuid:uid>/", views.identity, name="record")]
