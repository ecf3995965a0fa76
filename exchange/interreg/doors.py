"""The doors to the Interreg world: projects as Jems and keep.eu exchange them, and the list of operations."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.filters import EntryFilter, InvalidParameters
from catalogue.models.entry import KindName
from exchange import parameters, problems
from exchange.doors import JSON, Door
from exchange.dumps.doors import LiveDump
from exchange.dumps.formats import FORMATS, Format, Progress
from exchange.dumps.rows import Rows
from exchange.interreg import gathered, outlets, workbooks
from exchange.interreg.columns import Words
from exchange.shapes import BYTES

XML = "application/xml"
XSD = Path(__file__).with_name("projects.xsd")
LANGUAGES = dict(settings.LANGUAGES)
LANG = parameters.choice(
    "lang", LANGUAGES, _("The language of headings, names of codes, and texts that have it."), default="en"
)


class Projects(LiveDump):
    """Projects with their partners under the names of Jems and keep.eu, in JSON."""

    kind = str(KindName.PROJECTS)
    operation = "interreg_json"
    shape: Any = "InterregProjects"
    faults = (400, 406, 503)
    name = "projects"
    format = Format(
        "json", JSON, outlets.as_json, _("Projects with their partners under the names of Jems and keep.eu.")
    )
    own: tuple[OpenApiParameter, ...] = ()  # beside the list's filters

    @property
    def media_types(self) -> tuple[str, ...]:
        return (self.format.media_type,)

    @property
    def parameters(self) -> list[OpenApiParameter]:
        return [*parameters.filters(kinds.get(self.kind)), *self.own]

    @cached_property
    def entries(self) -> QuerySet:
        try:
            found = EntryFilter(self.asked.query, kind=self.kind, also=[each.name for each in self.own]).entries()
        except InvalidParameters as error:
            raise InvalidParameters(error.errors + self.asked.errors) from None
        self.asked.check()
        return found

    @property
    def made_with(self) -> Any:
        """What the format needs beside the rows."""
        return self.state

    def _rows(self, entries: QuerySet) -> Rows:
        return gathered.rows(entries)

    def _made(self, rows: Rows, progress: Progress) -> Iterator[bytes]:
        return self.format.make(self.made_with, rows, progress)

    def _busy(self) -> problems.Problem:
        detail = f"{settings.EXCHANGE['DUMPS_AT_ONCE']} dumps are being read, as many as can be made at once."
        return problems.Problem("too-many-readers", detail, ready_made=None)


class ProjectsInXml(Projects):
    """Projects with their partners under the names of Jems and keep.eu, in XML."""

    operation = "interreg_xml"
    shape = {"type": "string"}
    format = Format("xml", XML, outlets.as_xml, _("The same in XML; its schema is `projects.xsd` beside it."))


class Operations(Projects):
    """The list of operations as a workbook with the sheets *Operations* and *Partners*."""

    operation = "operations_xlsx"
    shape = BYTES
    name = "operations"
    own = (LANG,)
    format = Format(
        "xlsx",
        FORMATS["xlsx"].media_type,
        workbooks.workbook,
        _("The list of operations as programmes publish it, with the sheets `Operations` and `Partners`."),
        is_packed=True,
        most=workbooks.MOST_RECORDS,
    )

    @cached_property
    def made_with(self) -> Words:
        return Words.of(self.language)

    @cached_property
    def language(self) -> str:
        return self.asked.choice("lang", LANGUAGES, default="en")

    @cached_property
    def entries(self) -> QuerySet:
        _language = self.language  # what is wrong with it is told with the rest
        return super().entries


class OperationsInCsv(Operations):
    """The list of operations as a table: the operations."""

    operation = "operations_csv"
    format = Format(
        "csv",
        FORMATS["csv"].media_type,
        workbooks.operations_csv,
        _("The sheet `Operations` alone, as a table for programs."),
        parameters=FORMATS["csv"].parameters,
    )


class PartnersInCsv(Operations):
    """The list of operations as a table: their partners."""

    operation = "operations_partners_csv"
    name = "partners"
    format = Format(
        "csv",
        FORMATS["csv"].media_type,
        workbooks.partners_csv,
        _("The sheet `Partners` alone, as a table for programs."),
        parameters=FORMATS["csv"].parameters,
    )


DOORS = (Projects, ProjectsInXml, Operations, OperationsInCsv, PartnersInCsv)


def file_name(door: type[Projects]) -> str:
    return f"{door.name}.{door.format.ending}"


class XmlSchema(Door):
    """The schema (XSD 1.0) of the projects in XML."""

    operation = "interreg_xsd"
    kind = str(KindName.PROJECTS)
    media_types = (XML,)
    shape = {"type": "string"}

    def version(self) -> str:
        return hashlib.sha256(XSD.read_bytes()).hexdigest()

    def body(self) -> bytes:
        self.asked.only()
        return XSD.read_bytes()
