from django.urls import path

from partners import review_views

app_name = "reviews"
urlpatterns = [path("my/reviews/<uuid:uid>/", review_views.review, name="review")]
