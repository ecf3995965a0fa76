from django.urls import path

from practices import co_author_views, confirming_views, opinion_views, reading_views, views
from practices.paper import views as paper_views

app_name = "practices"
urlpatterns = [
    path("practices/compare/", reading_views.compare, name="compare"),
    path("practices/<slug:slug>/<slug:file>.pdf", reading_views.as_pdf, {"kind": "practices"}, name="pdf"),
    path(
        "practices/<slug:slug>/v/<int:number>/<slug:file>.pdf",
        reading_views.as_pdf,
        {"kind": "practices"},
        name="version_pdf",
    ),
    path("practices/new/", views.new, name="new"),
    path("practices/new/form.docx", paper_views.empty, name="paper"),
    path("practices/new/from-document/", paper_views.bring, name="bring"),
    path("practices/new/autosave/", views.new_autosave, name="new_autosave"),
    path("my/practices/<uuid:uid>/", views.edit, name="edit"),
    path("my/practices/<uuid:uid>/autosave/", views.autosave, name="autosave"),
    path("my/practices/<uuid:uid>/submit/", views.submit, name="submit"),
    path("my/practices/<uuid:uid>/preview/", views.preview, name="preview"),
    path("my/practices/<uuid:uid>/withdraw-submission/", views.take_back, name="take_back"),
    path("my/practices/<uuid:uid>/withdraw/", views.withdraw, name="withdraw"),
    path("my/practices/<uuid:uid>/delete/", views.delete, name="delete"),
    path("my/practices/<uuid:uid>/people/", co_author_views.people, name="people"),
    path("my/practices/<uuid:uid>/people/<int:pk>/", co_author_views.sent, name="sent_co_author_invitation"),
    path("my/practices/<uuid:uid>/people/<int:pk>/remove/", co_author_views.remove, name="remove_co_author"),
    path("my/practices/<uuid:uid>/leave/", co_author_views.leave, name="leave"),
    path("my/co-authors/<int:pk>/", co_author_views.mine, name="my_co_author_invitation"),
    path("write-with/<str:token>/", co_author_views.invitation, name="co_author_invitation"),
    path("my/practices/<uuid:uid>/still-true/", confirming_views.signed_in, name="still_true"),
    path("my/practices/<uuid:uid>/opinion/", opinion_views.opinion, name="opinion"),
    path("still-true/<str:token>/", confirming_views.by_letter, name="asked"),
]
