from django.urls import path

from partners import invitation_views, joining_views, people_views

app_name = "partners"
urlpatterns = [
    path("my/organisations/", people_views.mine, name="mine"),
    path("my/organisations/join/", joining_views.join, name="join"),
    path("my/organisations/join/<uuid:uid>/", joining_views.ask, name="ask"),
    path("my/organisations/register/", joining_views.register, name="register"),
    path("my/organisations/asked/<int:pk>/", joining_views.asked, name="asked"),
    path("my/organisations/requests/<int:pk>/", joining_views.decide, name="decide"),
    path("my/organisations/<uuid:uid>/", people_views.people, name="people"),
    path("my/organisations/<uuid:uid>/invite/", invitation_views.invite, name="invite"),
    path("my/organisations/<uuid:uid>/invitations/<int:pk>/", invitation_views.sent, name="sent_invitation"),
    path("my/organisations/<uuid:uid>/hand-over/", people_views.hand_over, name="hand_over"),
    path("my/organisations/<uuid:uid>/leave/", people_views.leave, name="leave"),
    path("my/organisations/<uuid:uid>/name/", people_views.name, name="name"),
    path("my/organisations/<uuid:uid>/people/<int:pk>/remove/", people_views.remove, name="remove"),
    path("my/invitations/<int:pk>/", invitation_views.mine, name="my_invitation"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
]
