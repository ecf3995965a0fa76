"""What tells of the API: the schema for machines, the guide and the pages behind problems for people."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView, TemplateView, View
from drf_spectacular.utils import OpenApiParameter

from catalogue import kinds
from catalogue.codes import Topic
from catalogue.models.entry import KindName
from exchange import fields, problems, schema
from exchange.doors import JSON, Door, for_everyone
from exchange.dumps.formats import FORMATS
from exchange.dumps.tables import table_of
from exchange.interreg import doors as interreg
from exchange.lists import list_parameters
from exchange.parameters import FILTERS
from exchange.templatetags.api_guide import with_code

YAML = "application/yaml"  # RFC 9512
FORMS = {"json": JSON, "yaml": YAML}
CHANGE = """{"base": "…", "results": [
  {"position": 1, "uid": "6f1c…", "kind": "practices", "op": "upsert", "modified": "2026-11-22T12:30:00Z",
   "record": {"uid": "6f1c…", "kind": "practices", …}},
  {"position": 7, "uid": "91d0…", "kind": "practices", "op": "delete", "modified": "2026-11-23T08:00:00Z",
   "reason": "withdrawn", "merged_into": null, "record": null}],
 "next_cursor": "k3v9-7", "has_more": false}"""

MESSAGE = """POST /hook HTTP/1.1
Content-Type: application/json
webhook-id: msg_2kH0Zr…
webhook-timestamp: 1795431600
webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{"type": "catalogue.changed", "timestamp": "2026-11-23T11:00:00Z",
 "data": {"cursor": "k3v9-7", "kinds": ["events", "practices"]}}"""


class Schema(Door):
    """The API as OpenAPI 3.1, in JSON or YAML."""

    operation = "schema"
    media_types = (JSON, YAML)
    shape = {"type": "object"}
    parameters = (OpenApiParameter("format", str, enum=FORMS, description="In place of the header `Accept`."),)

    def get(self, request, **where):
        form = self.asked.choice("format", tuple(FORMS), default="")
        self.asked.only("format")
        self.media_type = FORMS.get(form, self.media_type)
        return super().get(request, **where)

    def version(self) -> str:
        return hashlib.sha256(schema.as_yaml()).hexdigest()

    def body(self) -> bytes:
        return schema.as_yaml() if self.media_type == YAML else schema.as_json()


# What the guide names of our files, by the name below it.
FILES = {
    "pull.py": "examples/pull.py",
    "receive.py": "examples/receive.py",
    "cells.py": "examples/cells.py",
    "CHANGELOG-API.md": "CHANGELOG-API.md",
}


class ReadOnly:
    """A view for people at an address without a language; what goes wrong is a problem, as everywhere below /api/.

    It takes nothing, so it asks for no token: whoever sends something is told the methods, not that a form is too old.
    """

    http_method_names = ["get", "head", "options"]

    @classmethod
    def as_view(cls, **given):
        return csrf_exempt(super().as_view(**given))

    def http_method_not_allowed(self, request: HttpRequest, *args, **where) -> HttpResponse:
        problem = problems.Problem("method-not-allowed", f'Method "{request.method}" not allowed.')
        response = for_everyone(request, problems.answer(request, problem))
        response["Allow"] = ", ".join(self._allowed_methods())
        return response


class Start(ReadOnly, RedirectView):
    """/api/ leads to the guide."""

    pattern_name = "exchange:docs"


class Guide(ReadOnly, TemplateView):
    """How to pull the catalogue, with the fields of every kind."""

    template_name = "exchange/docs.html"

    def get_context_data(self, **context):
        tables = fields.tables()
        return super().get_context_data(
            base=settings.PUBLIC_URL,
            kinds=kinds.all_kinds(),
            filters=[_parameter(name, text) for name, text in FILTERS.items()],
            list_parameters=[_parameter(each.name, each.description) for each in list_parameters(KindName.EVENTS)],
            problems=[
                [{"text": kind.status}, {"text": kind.title, "url": f"/problems/{name}"}, {"text": name}]
                for name, kind in problems.PROBLEM_TYPES.items()
            ],
            parameter_columns=[{"label": _("Parameter")}, {"label": _("Meaning")}],
            problem_columns=[{"label": _("Status")}, {"label": _("Problem")}, {"label": _("Ends its type with")}],
            field_columns=[{"label": _("Field")}, {"label": _("Type")}, {"label": _("Meaning")}],
            fields=tables,
            dump_columns=[{"label": _("Ending")}, {"label": _("What it is for")}],
            dump_formats=[[{"text": with_code(f"`.{e}`")}, {"text": each.what}] for e, each in FORMATS.items()],
            interreg_columns=[{"label": _("File")}, {"label": _("What it is for")}],
            interreg_formats=[_interreg(door) for door in interreg.DOORS],
            tables=[(kind, " ".join(table_of(kind.name).header)) for kind in kinds.all_kinds()],
            change=CHANGE,
            topic_columns=[{"label": _("Code")}, {"label": _("Topic")}],
            topics=[[{"text": with_code(f"`{code}`")}, {"text": label}] for code, label in Topic.choices],
            contents=contents([name for name, _text, _rows in tables["parts"]]),
            limits=settings.EXCHANGE,
            message=MESSAGE,
            **context,
        )


def contents(parts: list[str]) -> list[list[dict]]:
    """The sections of the guide in their order, in three columns: pulling, other ways out, and what to look up."""
    columns = (
        {
            "start": _("First answer in a minute"),
            "pull": _("Everything, once"),
            "changes": _("Then only what changed"),
            "deletions": _("Deletions"),
            "state": _("Are we equal?"),
            "lists": _("Lists and filters"),
            "dumps": _("Whole kinds as files"),
            "tables": _("Tables"),
            "record": _("One record"),
        },
        {
            "oai": _("OAI-PMH"),
            "interreg": _("Projects for the Interreg world"),
            "linked-data": _("Linked data and feeds"),
            "keys": _("Keys and limits"),
            "webhooks": _("Webhooks"),
            "errors": _("Errors"),
            "promise": _("What you can rely on"),
        },
        {
            "topics": _("Topics"),
            "fields": _("Fields of every record"),
            **{str(kind.name): kind.plural for kind in kinds.all_kinds()},
            parts[0]: _("Parts of records"),
        },
    )
    return [[{"anchor": anchor, "title": title} for anchor, title in column.items()] for column in columns]


class GuideFile(ReadOnly, View):
    """One of our own files, as it is: to be read, and to be taken."""

    path = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse((settings.BASE_DIR / self.path).read_bytes(), content_type="text/plain; charset=utf-8")


def _parameter(name: str, text: str) -> list[dict]:
    """A row of components/table.html."""
    return [{"text": with_code(f"`{name}`")}, {"text": with_code(text)}]


def _interreg(door: type[interreg.Projects]) -> list[dict]:
    name = interreg.file_name(door)
    return [{"text": name, "url": f"/api/v1/interreg/{name}"}, {"text": with_code(door.format.what)}]


class ProblemPage(ReadOnly, TemplateView):
    """What a problem's type says when somebody follows it."""

    template_name = "exchange/problem.html"

    def get_context_data(self, name, **context):
        if name not in problems.PROBLEM_TYPES:
            raise Http404
        return super().get_context_data(name=name, problem=problems.PROBLEM_TYPES[name], **context)
