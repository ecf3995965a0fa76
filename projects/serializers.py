"""The documents of programmes and projects."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue.serializers import (
    ENVELOPE,
    EmbedField,
    EmbedListField,
    RecordSerializer,
    TextMapField,
)
from projects.models import (
    NamedOrganisation,
    Participation,
    Programme,
    Project,
    ProjectIndicator,
    ProjectIndicatorValue,
    StatedCount,
    TargetGroup,
    WorkPackage,
)


class SourceSerializer(serializers.Serializer):
    """A document with its line, or a publication."""

    document = serializers.CharField(allow_null=True)
    line = serializers.IntegerField(allow_null=True)
    publication = serializers.CharField(required=False)
    url = serializers.URLField(required=False, allow_null=True)

    def to_representation(self, source):
        return dict(source)


class StatementSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    text = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)


class TargetGroupSerializer(serializers.ModelSerializer):
    text = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = TargetGroup
        fields = ["uid", "codes", "text", "source", "other_sources"]


class StatedCountSerializer(serializers.ModelSerializer):
    what = TextMapField(source="text")
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = StatedCount
        fields = ["uid", "what", "value", "countries", "source", "other_sources"]


class WorkPackageSerializer(serializers.ModelSerializer):
    title = TextMapField()
    description = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = WorkPackage
        fields = ["uid", "number", "title", "description", "source", "other_sources"]


class IndicatorValueSerializer(serializers.ModelSerializer):
    value = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True)
    note = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = ProjectIndicatorValue
        fields = ["year", "date", "value", "note", "evidence", "source", "other_sources"]


class IndicatorSerializer(serializers.ModelSerializer):
    name = TextMapField()
    unit = TextMapField()
    baseline = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True, allow_null=True)
    target = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True, allow_null=True)
    values = IndicatorValueSerializer(many=True)
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = ProjectIndicator
        fields = [
            "uid",
            "code",
            "level",
            "name",
            "unit",
            "baseline",
            "reference_year",
            "target",
            "target_is_minimum",
            "target_per_year",
            "target_years",
            "aggregation",
            "source_of_data",
            "values",
            "source",
            "other_sources",
        ]


class ParticipationSerializer(serializers.ModelSerializer):
    organisation = EmbedField(relation="participation")
    order = serializers.SerializerMethodField()
    contribution = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = Participation
        fields = [
            "uid",
            "organisation",
            "role",
            "order",
            "name_as_printed",
            "country",
            "country_as_printed",
            "total_eligible_budget",
            "cofinancing_amount",
            "cofinancing_rate",
            "budget_basis",
            "from",
            "to",
            "contribution",
            "source",
            "other_sources",
        ]

    def build_field(self, field_name, info, model_class, nested_depth):
        # the contract's `from` is a keyword in Python and cannot be declared
        renamed = {"from": "joined", "to": "left"}.get(field_name, field_name)
        field_class, field_kwargs = super().build_field(renamed, info, model_class, nested_depth)
        return field_class, field_kwargs | ({"source": renamed} if renamed != field_name else {})

    def get_order(self, participation) -> int:
        return participation.place


class NamedOrganisationSerializer(serializers.ModelSerializer):
    organisation = EmbedField(relation="named")
    how = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = NamedOrganisation
        fields = ["uid", "organisation", "how", "source", "other_sources"]


class PrioritySerializer(serializers.Serializer):
    code = serializers.CharField(allow_null=True)
    title = TextMapField()


class ProgrammeSerializer(RecordSerializer):
    name = TextMapField()
    description = TextMapField()
    funding_statement = TextMapField()
    priorities = PrioritySerializer(many=True)

    class Meta:
        model = Programme
        fields = [
            *ENVELOPE,
            "acronym",
            "name",
            "name_as_printed",
            "description",
            "period",
            "strand",
            "cci",
            "priorities",
            "website",
            "funding_statement",
            "keywords",
            "source_notes",
        ]


class ProjectSerializer(RecordSerializer):
    programme = EmbedField(relation="programme")
    period = serializers.SerializerMethodField(help_text=_("That of the programme, while the programme is published."))
    priority = TextMapField()
    participations = ParticipationSerializer(many=True)
    named_organisations = NamedOrganisationSerializer(many=True)
    context = StatementSerializer(many=True)
    objectives = StatementSerializer(many=True)
    expected_results = StatementSerializer(many=True)
    results = StatementSerializer(many=True)
    activities = StatementSerializer(many=True)
    work_packages = WorkPackageSerializer(many=True)
    target_groups = TargetGroupSerializer(many=True)
    stated_counts = StatedCountSerializer(many=True)
    indicators = IndicatorSerializer(many=True)
    capitalises = EmbedListField(relation="capitalises")
    contacts = TextMapField()
    funding_statement = TextMapField()

    class Meta:
        model = Project
        fields = [
            *ENVELOPE,
            "acronym",
            "title_as_printed",
            "form",
            "type",
            "status",
            "start",
            "end",
            "duration_months",
            "programme",
            "period",
            "priority",
            "total_budget",
            "eu_funding_amount",
            "cofinancing_rate",
            "currency",
            "participations",
            "named_organisations",
            "context",
            "objectives",
            "expected_results",
            "results",
            "activities",
            "work_packages",
            "target_groups",
            "stated_counts",
            "indicators",
            "capitalises",
            "website",
            "contacts",
            "funding_statement",
            "keywords",
            "source_notes",
        ]

    def get_period(self, project) -> str | None:
        return project.programme.period if project.programme and project.programme.live else None
