from django.urls import path

from translations import task_views

app_name = "translation_tasks"
urlpatterns = [
    path("my/translations/", task_views.tasks, name="list"),
    path("my/translations/of/<uuid:uid>/", task_views.ask, name="ask"),
    path("my/translations/<int:pk>/take/", task_views.take, name="take"),
    path("my/translations/<int:pk>/give-back/", task_views.give_back, name="give_back"),
    path("my/translations/<int:pk>/hand-over/", task_views.hand_over, name="hand_over"),
    path("my/translations/<int:pk>/release/", task_views.release, name="release"),
    path("my/translations/<int:pk>/withdraw/", task_views.withdraw, name="withdraw"),
]
