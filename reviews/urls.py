from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("my/reviews/", views.queue, name="queue"),
    path("my/reviews/<uuid:uid>/", views.review, name="review"),
    path("my/reviews/<uuid:uid>/scores/", views.scores, name="scores"),
]
