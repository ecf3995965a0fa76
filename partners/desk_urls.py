from django.urls import path

from partners import desk_views

app_name = "pages_of_partners"
own = "my/organisations/<uuid:uid>/page/"
area = "my/areas/<uuid:uid>/"
urlpatterns = [
    path(own, desk_views.edit, name="organisation_edit"),
    path(f"{own}autosave/", desk_views.autosave, name="organisation_autosave"),
    path(f"{own}preview/", desk_views.preview, name="organisation_preview"),
    path(f"{own}submit/", desk_views.submit, name="organisation_submit"),
    path(f"{own}withdraw-submission/", desk_views.take_back, name="organisation_take_back"),
    path("my/areas/new/", desk_views.new_area, name="area_new"),
    path("my/areas/new/autosave/", desk_views.autosave_new_area, name="area_new_autosave"),
    path(area, desk_views.edit_area, name="area_edit"),
    path(f"{area}autosave/", desk_views.autosave_area, name="area_autosave"),
    path(f"{area}preview/", desk_views.preview_area, name="area_preview"),
    path(f"{area}submit/", desk_views.submit_area, name="area_submit"),
    path(f"{area}withdraw-submission/", desk_views.take_back_area, name="area_take_back"),
    path(f"{area}delete/", desk_views.delete_area, name="area_delete"),
]
