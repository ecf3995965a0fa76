"""Everything below /api/."""

from django.urls import include, path, re_path

from catalogue import kinds
from exchange.doors import Doors, nowhere
from exchange.dumps.doors import Dumps, LiveDump
from exchange.dumps.file_door import ReadyFile
from exchange.feed import Changes, State
from exchange.guide import FILES, Guide, GuideFile, Schema, Start
from exchange.lists import RecordList
from exchange.records import RecordDetail, Related, VersionDetail, VersionList

app_name = "exchange"


def collection(kind: str) -> list:
    """The doors of one kind."""
    return [
        path(f"v1/{kind}/", RecordList.as_view(kind=kind)),
        path(f"v1/{kind}/<str:uid>/", RecordDetail.as_view(kind=kind)),
        path(f"v1/{kind}/<str:uid>/versions/", VersionList.as_view(kind=kind)),
        path(f"v1/{kind}/<str:uid>/versions/<int:number>/", VersionDetail.as_view(kind=kind)),
        path(f"v1/{kind}/<str:uid>/related/", Related.as_view(kind=kind)),
        path(f"v1/dumps/{kind}.<str:ending>", LiveDump.as_view(kind=kind)),
    ]


urlpatterns = [
    path("", Start.as_view(), name="start"),
    path("docs/", Guide.as_view(), name="docs"),
    *(path(f"docs/{name}", GuideFile.as_view(path=file)) for name, file in FILES.items()),
    path("v1/", Doors.as_view(), name="doors"),
    path("v1/changes/", Changes.as_view(), name="changes"),
    path("v1/state/", State.as_view(), name="state"),
    path("v1/dumps/", Dumps.as_view(), name="dumps"),
    path("v1/dumps/files/<str:name>", ReadyFile.as_view(), name="dump_file"),
    path("v1/interreg/", include("exchange.interreg.urls")),
    path("v1/schema/", Schema.as_view(), name="schema"),
    *(door for kind in kinds.all_kinds() for door in collection(str(kind.name))),
    re_path(r"", nowhere),
]
