"""Below /api/v1/interreg/."""

from django.urls import path

from exchange.interreg.doors import DOORS, XmlSchema, file_name

urlpatterns = [
    *(path(file_name(door), door.as_view()) for door in DOORS),
    path("projects.xsd", XmlSchema.as_view()),
]
