"""The contract's record, as DRF makes it of rows."""

from rest_framework import serializers

from bench.yardsticks.usual.models import BuildingBlock, Evidence, Link, Organisation, Place, Practice, Project

NOWHERE = {"network": None, "url": None, "retrieved": None}


class EmbeddedSerializer(serializers.ModelSerializer):
    kind = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    def get_kind(self, record):
        return self.named

    def get_url(self, record):
        return f"/id/{record.uid}/"


class OrganisationSerializer(EmbeddedSerializer):
    named = "partners"

    class Meta:
        model = Organisation
        fields = ["uid", "kind", "title", "url"]


class ProjectSerializer(EmbeddedSerializer):
    named = "projects"

    class Meta:
        model = Project
        fields = ["uid", "kind", "title", "url"]


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Place
        fields = ["country", "nuts", "nuts_version", "town", "lat", "lng"]


class BuildingBlockSerializer(serializers.ModelSerializer):
    class Meta:
        model = BuildingBlock
        fields = ["uid", "title", "description", "enabling_factors", "lessons"]


class EvidenceSerializer(serializers.ModelSerializer):
    value = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True)

    class Meta:
        model = Evidence
        fields = ["uid", "indicator", "value", "unit", "year", "confidence", "source", "other_sources"]


class LinkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Link
        fields = ["uid", "title", "url"]


class PracticeSerializer(serializers.ModelSerializer):
    kind = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    pages = serializers.SerializerMethodField()
    origin = serializers.SerializerMethodField()
    places = PlaceSerializer(many=True)
    building_blocks = BuildingBlockSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    organisation_in_charge = OrganisationSerializer()
    projects = ProjectSerializer(many=True)
    links = LinkSerializer(many=True)

    class Meta:
        model = Practice
        fields = [
            *("uid", "kind", "url", "pages", "version", "published", "modified", "original_language", "translations"),
            *("licence", "origin", "example", "title", "summary", "topics", "places"),
            *("entry_type", "status", "start", "end", "confirmed_on", "geographical_scope"),
            *("problem_and_context", "how_it_works", "stakeholders_and_beneficiaries", "building_blocks"),
            *("resources_setup", "resources_running", "evidence", "evidence_of_success", "challenges"),
            *("success_factors", "hampering_factors", "preconditions", "potential_for_transfer"),
            *("organisation_in_charge", "author", "contact", "projects", "grew_from", "areas", "sdgs", "nace"),
            *("images", "links", "attachments", "expert_opinion", "keywords", "source_notes"),
        ]

    def get_kind(self, practice):
        return "practices"

    def get_url(self, practice):
        return f"/id/{practice.uid}/"

    def get_pages(self, practice):
        return {language: f"/{language}/practices/{practice.slug}/" for language in practice.title}

    def get_origin(self, practice):
        return NOWHERE
