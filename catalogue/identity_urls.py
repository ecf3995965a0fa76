"""`/id/{uid}/`: the identity of a record, for ever; `/id/{uid}/v/{number}/` that of a version."""

from django.urls import path

from catalogue import views

app_name = "identity"
urlpatterns = [
    path("<uuid:uid>/", views.identity, name="record"),
    path("<uuid:uid>/v/<int:number>/", views.identity, name="version"),
]
