from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [path("my/", views.my_work, name="my_work")]
