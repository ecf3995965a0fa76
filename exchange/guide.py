"""What tells of the API: the schema for machines, the guide and the pages behind problems for people."""

import hashlib

from django.conf import settings
from django.http import Http404
from django.views.generic import TemplateView
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import MethodNotAllowed

from exchange import parameters, problems, schema
from exchange.doors import JSON, Door

YAML = "application/yaml"  # RFC 9512
FORMS = {"json": JSON, "yaml": YAML}


class Schema(Door):
    """The API as OpenAPI 3.1, in JSON or YAML."""

    operation = "schema"
    media_types = (JSON, YAML)
    shape = {"type": "object"}
    parameters: tuple[OpenApiParameter, ...] = ()

    def initial(self, request, **where):
        super().initial(request, **where)
        form = self.asked.choice("format", FORMS, default="")
        self.asked.only("format")
        self.media_type = FORMS.get(form, self.media_type)

    def version(self) -> str:
        return hashlib.sha256(schema.as_yaml()).hexdigest()

    def body(self) -> bytes:
        return schema.as_yaml() if self.media_type == YAML else schema.as_json()


class Guide(TemplateView):
    template_name = "exchange/docs.html"


class ProblemPage(TemplateView):
    template_name = "exchange/problem.html"
