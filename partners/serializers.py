"""The documents of organisations and industrial areas."""

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


class OrganisationSerializer(RecordSerializer):
    department = TextMapField()
    description = TextMapField()
    address = AddressSerializer(source="*")

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
            "keywords",
            "source_notes",
        ]


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
