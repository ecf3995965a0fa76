from django.urls import path

from reviews import history_views, views

app_name = "reviews"
urlpatterns = [
    path("my/reviews/", views.queue, name="queue"),
    path("my/reviews/<uuid:uid>/", views.review, name="review"),
    path("my/reviews/<uuid:uid>/scores/", views.scores, name="scores"),
    path("my/history/<uuid:uid>/", history_views.history, name="history"),
]
