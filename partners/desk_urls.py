from django.urls import path

from partners import desk_views

app_name = "pages_of_partners"
own = "my/organisations/<uuid:uid>/page/"
urlpatterns = [
    path(own, desk_views.edit, name="organisation_edit"),
    path(f"{own}preview/", desk_views.preview, name="organisation_preview"),
    path(f"{own}submit/", desk_views.submit, name="organisation_submit"),
    path(f"{own}withdraw-submission/", desk_views.take_back, name="organisation_take_back"),
]
