"""The fields of records as the guide shows them: the committed schema in words, names of fields from their models."""

from collections.abc import Iterator

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from rest_framework import serializers

from catalogue import kinds
from catalogue.serializers import ENVELOPE
from exchange.schema import document, record_name
from exchange.templatetags.api_guide import with_code

ENVELOPE_MEANINGS = {
    "uid": gettext_lazy("Identity for ever, in lower case."),
    "kind": gettext_lazy("Which kind of record it is; also the word in addresses."),
    "url": gettext_lazy("The identity's address: leads to the page, and after a merge to the successor."),
    "pages": gettext_lazy("The pages for people, one for each language in which there is a title."),
    "version": gettext_lazy("Counts the publications by people. A refresh by the portal itself leaves it."),
    "published": gettext_lazy("First published."),
    "modified": gettext_lazy("Last changed, for whatever reason."),
    "original_language": gettext_lazy("The language in which it was written."),
    "translations": gettext_lazy("The state of each language; `stale` names fields whose original has changed since."),
    "licence": gettext_lazy("Under which licence you may use the texts (SPDX)."),
    "origin": gettext_lazy("Where a harvested record comes from; all null in records of ours."),
    "example": gettext_lazy("True: invented, to show how the portal works. Leave it out of your statistics."),
    "title": gettext_lazy("Always there, at least in the original language."),
    "summary": gettext_lazy("What it is about, in a sentence or two."),
    "topics": gettext_lazy("Codes of topics."),
    "places": gettext_lazy("Where it is; only the country is certain to be known."),
}
# What parts call as the envelope does, and is something else.
PART_MEANINGS = {
    "Image": {"url": gettext_lazy("The picture itself, a JPEG.")},
    "Origin": {"url": gettext_lazy("The record's address in its own network.")},
    "Source": {"url": gettext_lazy("Where the published source stands.")},
}
_FORMATS = {
    "date": gettext_lazy("date"),
    "date-time": gettext_lazy("time"),
    "uuid": gettext_lazy("uid"),
    "uri": gettext_lazy("address"),
    "uri-reference": gettext_lazy("relative address"),
    "decimal": gettext_lazy("decimal number, as a string"),
}
_TYPES = {
    "string": gettext_lazy("string"),
    "integer": gettext_lazy("whole number"),
    "number": pgettext_lazy("type of value", "number"),
    "boolean": gettext_lazy("true or false"),
    "object": gettext_lazy("object"),
}
_COMPONENTS = {"Text": gettext_lazy("text in several languages"), "Embedded": gettext_lazy("another record")}


def tables() -> dict:
    """What the guide draws: the envelope, each kind's own fields, and the parts that these name."""
    components = document()["components"]["schemas"]
    found = {"envelope": [], "kinds": [], "parts": []}
    named: dict[str, serializers.Serializer | None] = {}
    for kind in kinds.all_kinds():
        properties = components[record_name(kind)]["properties"]
        envelope = {name: properties[name] for name in ENVELOPE}
        found["envelope"] = list(_rows(envelope, None, named, meanings=ENVELOPE_MEANINGS))
        own = {name: schema for name, schema in properties.items() if name not in ENVELOPE}
        found["kinds"].append((kind, list(_rows(own, kind.serializer(), named, meanings={}))))
    waiting = list(named)
    for name in waiting:
        meanings = {"uid": ENVELOPE_MEANINGS["uid"]} | PART_MEANINGS.get(name, {})
        rows = list(_rows(components[name]["properties"], named[name], named, meanings=meanings))
        waiting += [more for more in named if more not in waiting]
        found["parts"].append((name, components[name].get("description", ""), rows))
    found["parts"].sort()
    return found


def _rows(properties: dict, serializer, named: dict, *, meanings: dict) -> Iterator[list[dict]]:
    """Rows of components/table.html; parts that a field is made of are noted in `named`, with their serializers.

    `meanings` say what a field means where its model does not.
    """
    for name, schema in properties.items():
        words, part, values = _type(schema)
        if part:
            named.setdefault(part, _part_of(serializer, name))
        meaning = meanings.get(name) or _meaning(serializer, name) or ("" if values else schema.get("description", ""))
        yield [
            {"text": with_code(f"`{name}`")},
            {"text": with_code(words), "url": f"#{part}" if part else ""},
            {"text": with_code(meaning), "sub": " · ".join(map(str, values))},
        ]


def _type(schema: dict) -> tuple[str, str, list]:
    """The type in words, the name of the part that it is made of (or ""), the closed list of its values."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (str(_COMPONENTS[name]), "", []) if name in _COMPONENTS else (f"`{name}`", name, [])
    for way in ("anyOf", "oneOf", "allOf"):
        if way in schema:
            words, part, values = _type(schema[way][0])
            return (_or_null(words) if {"type": "null"} in schema[way] else words), part, values
    if isinstance(schema.get("type"), list):
        words, part, values = _type(schema | {"type": schema["type"][0]})
        return _or_null(words), part, values
    if schema.get("type") == "array":
        words, part, values = _type(schema["items"])
        return (_("list of: %(what)s") % {"what": words} if words else _("list")), part, values
    if "additionalProperties" in schema:
        words, part, values = _type(schema["additionalProperties"])
        return _("map of: %(what)s") % {"what": words}, part, values
    if "const" in schema:
        return str(_TYPES["string"]), "", []
    if "enum" in schema:
        return _("one of a closed list"), "", schema["enum"]
    return str(_FORMATS.get(schema.get("format")) or _TYPES.get(schema.get("type"), "")), "", []


def _or_null(words: str) -> str:
    return _("%(what)s, or null") % {"what": words}


def _meaning(serializer, name: str) -> str:
    """What the model calls the field, in the reader's language."""
    field = getattr(serializer, "fields", {}).get(name)
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    try:
        column = model._meta.get_field(field.source)
    except (AttributeError, FieldDoesNotExist):
        return str(getattr(field, "help_text", None) or "")
    if not hasattr(column, "help_text"):  # the other end of a relation
        return capfirst(column.related_model._meta.verbose_name_plural)
    name = capfirst(column.verbose_name)
    return f"{name}. {column.help_text}" if column.help_text else name


def _part_of(serializer, name: str):
    """The serializer of the parts that a field is made of, if it is declared."""
    field = getattr(serializer, "fields", {}).get(name)
    field = getattr(field, "child", field)
    return field if isinstance(field, serializers.Serializer) else None
