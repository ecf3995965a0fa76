"""The page on which people take the catalogue along: a kind, a format, and the filters of the list they come from."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalogue import kinds
from catalogue.filters import InvalidParameters
from catalogue.listing import Chip, Listing
from exchange.dumps import shelf
from exchange.dumps.formats import FORMATS
from exchange.models import DumpFile
from operations.dates import moment
from operations.reading import read_only

NAMES = {"ndjson": "NDJSON", "csv": "CSV", "xlsx": "XLSX", "jsonld": "JSON-LD"}
PACKED = {"gz": "gzip", "zst": "Zstandard"}


@dataclass(frozen=True)
class Progress:
    """How far the files of a kind are that are being made: `done` of `all` records in each of so many formats."""

    done: int
    all: int

    @property
    def words(self) -> str:
        told = {"done": self.done, "all": self.all}
        return _("A new file is being prepared: %(done)s of %(all)s steps are done.") % told


class Taking:
    """What the page shows. Raises InvalidParameters."""

    def __init__(self, query: QueryDict):
        self.asked = query.copy()
        name = (self.asked.pop("kind", None) or ["practices"])[-1]
        self.kind = kinds.find(name)
        if self.kind is None:
            raise InvalidParameters(
                [{"parameter": "kind", "code": "invalid", "message": _("There is no such kind of record.")}]
            )
        self.listing = Listing.for_people(self.asked, self.kind)

    @property
    def kinds(self) -> list[dict]:
        return [
            {"name": kind.name, "label": kind.plural, "selected": kind is self.kind, "url": f"?kind={kind.name}"}
            for kind in kinds.all_kinds()
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """Each leads to the page without its filter."""
        return [
            Chip(chip.label, f"?kind={self.kind.name}&{chip.url.lstrip('?')}".rstrip("&"))
            for chip in self.listing.chips
            if chip.label != "all"
        ]

    @property
    def clear_url(self) -> str:
        return f"?kind={self.kind.name}"

    @property
    def list_url(self) -> str:
        query = self.asked.urlencode()
        return f"{reverse('catalogue:list', args=[self.kind.name])}{'?' if query else ''}{query}"

    @property
    def live(self) -> list[list[dict]]:
        """Rows of components/table.html."""
        query = self.listing.filters.data.urlencode()
        return [
            [
                {"text": NAMES[ending], "url": f"/api/v1/dumps/{self.kind.name}.{ending}{'?' if query else ''}{query}"},
                {"text": format_.what},
            ]
            for ending, format_ in FORMATS.items()
        ]

    @cached_property
    def files(self) -> list[DumpFile]:
        return [file for file in shelf.ready() if file.kind == self.kind.name]

    @property
    def ready(self) -> list[list[dict]]:
        return [
            [
                {"text": _name(file), "url": f"/api/v1/dumps/files/{file.name}"},
                {"text": filesizeformat(file.size)},
                {"text": str(file.records), "number": True},
                {"text": moment(file.made)},
            ]
            for file in self.files
        ]

    @cached_property
    def progress(self) -> Progress | None:
        """None while no file of the kind is being made."""
        making = DumpFile.objects.filter(kind=self.kind.name, state=DumpFile.State.MAKING)
        steps = {row.format: (row.records, row.expected) for row in making}
        if not steps:
            return None
        return Progress(sum(done for done, _all in steps.values()), sum(of for _done, of in steps.values()))


def _name(file: DumpFile) -> str:
    return f"{NAMES[file.format]} ({PACKED[file.compression]})" if file.compression else NAMES[file.format]


@never_cache
@read_only
def take(request: HttpRequest) -> HttpResponse:
    """As a whole, or the part about ready-made files alone, which asks again by itself."""
    try:
        taking = Taking(request.GET)
    except InvalidParameters as error:
        return render(request, "catalogue/bad_list.html", {"kind": None, "errors": error.errors}, status=400)
    context = {
        "taking": taking,
        "live_columns": [{"label": _("Download")}, {"label": _("What it is for")}],
        "ready_columns": [
            {"label": _("File")},
            {"label": _("Size")},
            {"label": _("Records"), "number": True},
            {"label": _("Made")},
        ],
        "steps": [{"label": _("Take the catalogue with you")}],
    }
    return render(request, "exchange/take.html", context)
