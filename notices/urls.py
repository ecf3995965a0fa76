from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("my/", views.my_work, name="my_work"),
    path("my/notices/", views.notices, name="list"),
    path("my/notices/read/", views.read, name="read"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
