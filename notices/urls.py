from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("my/", views.my_work, name="my_work"),
    path("my/notices/", views.notices, name="list"),
    path("my/notices/read/", views.read, name="read"),
    path("my/notices/try-again/", views.try_again, name="try_again"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
