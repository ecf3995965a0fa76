from django.urls import path

from translations import views

app_name = "translations"
urlpatterns = [
    path("my/translate/<uuid:uid>/<slug:language>/", views.edit, name="edit"),
    path("my/translate/<uuid:uid>/<slug:language>/autosave/", views.autosave, name="autosave"),
]
