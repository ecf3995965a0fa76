"""The documents of organisations and industrial areas."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalogue.serializers import ENVELOPE, EmbedField, RecordSerializer, TextMapField
from partners.models import IndustrialArea, Organisation


class AddressSerializer(serializers.Serializer):
    country = serializers.CharField(allow_null=True)
    nuts = serializers.CharField(allow_null=True)
    nuts_version = serializers.IntegerField(allow_null=True)
    street = serializers.CharField(allow_null=True)
    postal_code = serializers.CharField(allow_null=True)
    town = serializers.CharField(allow_null=True)

    def to_representation(self, organisation):
        return {name: getattr(organisation, name) or None for name in self.fields}


class LogoSerializer(serializers.Serializer):
    url = serializers.CharField(source="logo.url")
    alt = TextMapField(source="logo_alt")
    width = serializers.IntegerField(source="logo.width")
    height = serializers.IntegerField(source="logo.height")


class OrganisationSerializer(RecordSerializer):
    department = TextMapField()
    description = TextMapField()
    address = AddressSerializer(source="*")
    logo = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = [
            *ENVELOPE,
            "name_original",
            "name_english",
            "abbreviation",
            "department",
            "aliases",
            "description",
            "partner_type",
            "sme_size",
            "legal_status",
            "nace",
            "pic",
            "other_id",
            "other_id_scheme",
            "ror",
            "address",
            "website",
            "logo",
            "keywords",
            "source_notes",
        ]

    @extend_schema_field(LogoSerializer(allow_null=True))
    def get_logo(self, organisation):
        return LogoSerializer(organisation).data if organisation.logo_id else None


class IndustrialAreaSerializer(RecordSerializer):
    name = TextMapField()
    manager = EmbedField(relation="manager")
    hectares_total = serializers.DecimalField(max_digits=9, decimal_places=2, normalize_output=True, allow_null=True)
    hectares_free = serializers.DecimalField(max_digits=9, decimal_places=2, normalize_output=True, allow_null=True)
    services = TextMapField()
    description = TextMapField()

    class Meta:
        model = IndustrialArea
        fields = [
            *ENVELOPE,
            "name",
            "type",
            "manager",
            "hectares_total",
            "hectares_free",
            "firms",
            "jobs",
            "nace",
            "services",
            "description",
            "website",
            "keywords",
            "source_notes",
        ]
