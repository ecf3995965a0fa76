from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path("<kind:kind>/<slug:slug>/suggest/", views.suggest, name="suggest"),
    path("<kind:kind>/<slug:slug>/contact/", views.contact, name="contact"),
    path("my/suggestions/<int:pk>/", views.suggestion, name="suggestion"),
]
