from django.urls import path

from bench.yardsticks.usual.views import PracticeList, PracticeValues, empty

urlpatterns = [
    path("serializer/", PracticeList.as_view()),
    path("values/", PracticeValues.as_view()),
    path("empty/", empty),
]
