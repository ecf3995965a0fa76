from django.urls import path

from reviews import history_views, outside_views, views

app_name = "reviews"
urlpatterns = [
    path("my/reviews/", views.queue, name="queue"),
    path("my/reviews/<uuid:uid>/", views.review, name="review"),
    path("my/reviews/<uuid:uid>/scores/", views.scores, name="scores"),
    path("my/history/<uuid:uid>/", history_views.history, name="history"),
    path("my/reviews/<uuid:uid>/outside/", outside_views.ask, name="outside"),
    path("my/reviews/<uuid:uid>/outside/<int:pk>/", outside_views.sent, name="sent_outside"),
    path("my/advice/<int:pk>/", outside_views.advise, name="advise"),
    path("my/advice/<int:pk>/invitation/", outside_views.mine, name="my_outside_invitation"),
    path("my/advice/<int:pk>/leave/", outside_views.give_back, name="give_back"),
    path("advise/<str:token>/", outside_views.invitation, name="outside_invitation"),
]
