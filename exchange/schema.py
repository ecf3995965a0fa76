"""The API described as OpenAPI 3.1.

`docs/openapi.yaml` is the committed description, which is also what the portal serves; after a change write it again:

    python manage.py spectacular --file docs/openapi.yaml
"""

import json
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from catalogue import kinds
from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, TextMapField
from exchange import shapes
from exchange.interreg import shapes as interreg
from exchange.shapes import listed, or_null, ref
from exchange.webhooks import shapes as webhooks

PROBLEMS = "application/problem+json"
DESCRIBED = {
    304: "Unchanged since the answer whose `ETag` stands in `If-None-Match`.",
    400: "A parameter is unknown or wrong; the answer names it.",
    401: "The key is unknown, has ended or was revoked.",
    404: "There is no such record.",
    406: "The header `Accept` asks for another form.",
    410: "The record was withdrawn, or the cursor is of another epoch or ahead of the catalogue.",
    416: "The header `Range` asks for bytes behind the end.",
    429: "Too many requests in a minute; `Retry-After` says how long to wait.",
    503: "As many dumps as can be made at once are being made.",
}
EVERYWHERE = (401, 429)
KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of a registered network, for higher limits. Everything can be read without one.",
}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where PyYAML was built with it, is ten times faster


def committed() -> Path:
    return settings.BASE_DIR / "docs" / "openapi.yaml"


@cache
def document() -> dict:
    """The committed description, parsed."""
    return yaml.load(committed().read_bytes(), Loader=_Loader)  # noqa: S506  it is a safe one


@cache
def as_json() -> bytes:
    return json.dumps(document(), ensure_ascii=False).encode()


@cache
def as_yaml() -> bytes:
    return committed().read_bytes()


class DoorSchema(AutoSchema):
    """Reads a door's description from the door itself."""

    def get_operation_id(self) -> str:
        return "_".join(filter(None, [self.view.kind.replace("-", "_"), self.view.operation]))

    def get_tags(self) -> list[str]:
        return [self.view.kind or "portal"]

    def get_summary(self) -> str:
        return " ".join(type(self.view).__doc__.split("\n\n")[0].split())

    def get_description(self) -> str:
        return ""

    def get_override_parameters(self) -> list:
        return list(self.view.parameters)

    def get_auth(self) -> list:
        return []

    def get_response_serializers(self) -> dict:
        shape = self.view.shape
        answers = {200: OpenApiResponse(ref(shape) if isinstance(shape, str) else shape, description="")}
        answers |= {304: OpenApiResponse(None, description=DESCRIBED[304])}
        for status in sorted({*self.view.faults, *EVERYWHERE}):
            answers[status, PROBLEMS] = OpenApiResponse(ref("Problem"), description=DESCRIBED[status])
        return answers

    def map_renderers(self, attribute: str) -> list[str]:
        return list(self.view.media_types)

    def _is_list_view(self, serializer=None) -> bool:
        return False

    # Documents have every key, and null where there is nothing: whatever may be blank in a model is null in them.

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        if isinstance(field, EmbedListField):
            return listed(ref("Embedded"))
        if isinstance(field, EmbedField):
            return or_null(ref("Embedded"))
        if isinstance(field, TextMapField):
            return or_null(ref("Text"))
        if isinstance(field, serializers.JSONField):
            return _listed(field)
        mapped = super()._map_serializer_field(field, direction, bypass_extensions)
        return or_null(mapped) if getattr(field, "allow_blank", False) else mapped

    def _map_basic_serializer(self, serializer, direction):
        mapped = super()._map_basic_serializer(serializer, direction)
        fields = serializer.fields if isinstance(serializer, serializers.Serializer) else serializer().fields
        optional = [
            name
            for name, field in fields.items()
            if not field.required and not field.read_only and not isinstance(field.parent, serializers.ModelSerializer)
        ]
        mapped["required"] = [name for name in mapped["properties"] if name not in optional]
        for name, field in fields.items():
            if isinstance(field, serializers.IntegerField):
                for limit in ("minimum", "maximum", "format"):  # the database's, not the contract's
                    mapped["properties"][name].pop(limit, None)
        return mapped


def _listed(field: serializers.JSONField) -> dict:
    """What stands in a model's JSON field: a list, of codes where the codes are closed."""
    column = field.parent.Meta.model._meta.get_field(field.source)
    codes = [code for code, _label in getattr(column, "codes", [])]
    schema = listed({"type": "string", "enum": codes} if codes else {}) if column.default is list else {}
    return schema | ({"description": str(field.help_text)} if field.help_text else {})


def doors_only(endpoints: list) -> list:
    """Spectacular's hook: leaves the doors; other apps have API views of their own."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def complete(result: dict, generator, request, public) -> dict:
    """Spectacular's hook: adds the components of our own, and makes plain JSON Schema of those that were generated."""
    components = result["components"]["schemas"]
    for name in components:
        components[name] = _plain(components[name])
    components |= interreg.COMPONENTS | webhooks.COMPONENTS
    names = []
    for kind in kinds.all_kinds():
        name = record_name(kind)
        record = components[name]
        _make_precise(record, kind)
        short = {field: record["properties"][field] for field in [*ENVELOPE, *kind.card_fields]}
        components[f"{name}Summary"] = {
            "type": "object",
            "description": "The short form of a record.",
            "properties": short,
            "required": list(short),
        }
        components[f"{name}List"] = shapes.list_of(name)
        names.append((str(kind.name), name))
    components["Record"] = _one_of(names)
    components["Summary"] = _one_of([(kind, f"{name}Summary") for kind, name in names])
    for operation in (each for path in result["paths"].values() for each in path.values()):
        _say_that_linked_data_is_json(operation)
    result["components"]["securitySchemes"] = {"key": KEY}
    result["security"] = [{}, {"key": []}]
    result["webhooks"] = webhooks.webhooks()
    result["components"]["schemas"] = dict(sorted((components | shapes.COMPONENTS).items()))
    return result


def _say_that_linked_data_is_json(operation: dict) -> None:
    """Among the formats of a file, which are bytes to everybody else."""
    content = operation["responses"].get("200", {}).get("content", {})
    if "application/ld+json" in content:
        content["application/ld+json"] = {"schema": {"type": "object"}}


def record_name(kind: kinds.Kind) -> str:
    """What the schema calls a record of the kind: `Project`, `GoodPractice`."""
    return kind.serializer.__name__.removesuffix("Serializer")


def _make_precise(record: dict, kind: kinds.Kind) -> None:
    """What the envelope promises beyond its serializer's types."""
    record["description"] = f"A record of the kind `{kind.name}`."
    record["properties"] |= {
        "kind": {"const": str(kind.name)},
        "url": shapes.PATH,
        "pages": {"type": "object", "additionalProperties": shapes.PATH},
        "title": ref("Text"),
        "translations": {"type": "object", "additionalProperties": ref("Translation")},
    }


def _one_of(names: list[tuple[str, str]]) -> dict:
    mapping = {kind: ref(name)["$ref"] for kind, name in names}
    return {
        "oneOf": [ref(name) for _kind, name in names],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }


def _plain(schema):
    """Without the marks of other versions of OpenAPI and of writing: nullable, readOnly, blank choices."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    nullable = schema.get("nullable", False)
    plain = {
        name: _plain(part)
        for name, part in schema.items()
        if name not in ("nullable", "readOnly", "writeOnly", "default", "x-spec-enum-id")
    }
    if "enum" in plain:
        plain["enum"] = [value for value in plain["enum"] if value not in ("", None)]
    return or_null(plain) if nullable else plain
