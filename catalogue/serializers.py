"""How records become documents. Each kind's serializer adds its own fields to the contract's envelope.

They are rendered once, at publication, with `mentions` (catalogue.embeds) and `stamp` in their context.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from catalogue import kinds
from catalogue.fields import text_or_none
from catalogue.translated import translations_in


@dataclass(frozen=True)
class Stamp:
    """What the catalogue, not the record, knows of a publication."""

    version: int
    published: datetime
    modified: datetime


def utc(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "nullable": True})
class TextMapField(serializers.Field):
    """A map language → plain text; `null` when there is no text in any language."""

    def get_attribute(self, instance):
        return super().get_attribute(instance) or {}

    def to_representation(self, value):
        return text_or_none(value)


EMBED_SCHEMA = {
    "type": "object",
    "nullable": True,
    "properties": {
        "uid": {"type": "string", "format": "uuid"},
        "kind": {"type": "string"},
        "title": {"type": "object", "additionalProperties": {"type": "string"}},
        "url": {"type": "string"},
    },
}


@extend_schema_field(EMBED_SCHEMA)
class EmbedField(serializers.Field):
    """Another record, as `{uid, kind, title, url}`; `null` while it is not published."""

    def __init__(self, relation: str, **kwargs):
        self.relation = relation
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value):
        return self.context["mentions"].add(self.relation, value.uid)


@extend_schema_field({"type": "array", "items": EMBED_SCHEMA | {"nullable": False}})
class EmbedListField(EmbedField):
    """Several other records; those that are not published are left out."""

    def to_representation(self, value):
        # databases give many-to-many rows in any order, but the same record has the same bytes
        records = sorted(value.all(), key=lambda record: record.pk)
        return [super(EmbedListField, self).to_representation(record) for record in records]


class PlaceSerializer(serializers.Serializer):
    """Where something is; only the country is certain to be known."""

    country = serializers.CharField(help_text="ISO 3166-1 alpha-2; ISO 3166-3 for a state that is gone.")
    nuts = serializers.CharField(allow_null=True)
    nuts_version = serializers.IntegerField(allow_null=True)
    town = serializers.CharField(allow_null=True)
    lat = serializers.FloatField(allow_null=True, help_text="WGS 84, degrees.")
    lng = serializers.FloatField(allow_null=True, help_text="WGS 84, degrees.")


ENVELOPE = [
    "uid",
    "kind",
    "url",
    "pages",
    "version",
    "published",
    "modified",
    "original_language",
    "translations",
    "licence",
    "origin",
    "example",
    "title",
    "summary",
    "topics",
    "places",
]


class RecordSerializer(serializers.ModelSerializer):
    """The envelope, the same for every kind. A kind's `Meta.fields` is `[*ENVELOPE, …its own]`, in the order sent."""

    kind = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    pages = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    published = serializers.SerializerMethodField()
    modified = serializers.SerializerMethodField()
    translations = serializers.SerializerMethodField()
    origin = serializers.SerializerMethodField()
    title = TextMapField(source="title_map")
    summary = TextMapField(source="summary_map")
    topics = serializers.ListField(child=serializers.CharField())
    places = serializers.SerializerMethodField()

    def get_kind(self, record) -> str:
        return str(kinds.of(record).name)

    def get_url(self, record) -> str:
        return f"/id/{record.uid}/"

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_pages(self, record):
        if not record.slug:  # a draft that was never published has no address yet
            return {}
        kind = kinds.of(record).name
        return {language: f"/{language}/{kind}/{record.slug}/" for language in text_or_none(record.title_map) or {}}

    def get_version(self, record) -> int:
        return self.context["stamp"].version

    @extend_schema_field(OpenApiTypes.DATETIME)
    def get_published(self, record) -> str:
        return utc(self.context["stamp"].published)

    @extend_schema_field(OpenApiTypes.DATETIME)
    def get_modified(self, record) -> str:
        return utc(self.context["stamp"].modified)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "object"}})
    def get_translations(self, record):
        languages = (text_or_none(record.title_map) or {}) | (text_or_none(record.summary_map) or {})
        return {language: {} for language in languages}

    def to_representation(self, record):
        """With what is known of its translations, by the places at which this very document has them."""
        document = super().to_representation(record)
        document["translations"] = translations_in(document, record)
        return document

    @extend_schema_field(
        inline_serializer(
            "Origin",
            {
                "network": serializers.CharField(allow_null=True),
                "url": serializers.URLField(allow_null=True),
                "retrieved": serializers.DateTimeField(allow_null=True),
            },
        )
    )
    def get_origin(self, record):
        return {"network": None, "url": None, "retrieved": None}

    @extend_schema_field(PlaceSerializer(many=True))
    def get_places(self, record):
        return record.place_list
