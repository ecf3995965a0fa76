from django.urls import path

from projects import part_views

app_name = "parts"
part = "my/organisations/<uuid:organisation>/projects/<uuid:project>/"
urlpatterns = [
    path(part, part_views.edit, name="edit"),
    path(f"{part}autosave/", part_views.autosave, name="autosave"),
    path(f"{part}preview/", part_views.preview, name="preview"),
    path(f"{part}submit/", part_views.submit, name="submit"),
    path(f"{part}withdraw-submission/", part_views.take_back, name="take_back"),
    path("my/projects/<uuid:project>/", part_views.mine, name="mine"),
]
