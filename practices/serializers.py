"""The practice's document."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalogue.attached import Format
from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, RecordSerializer, TextMapField
from practices.models import Attachment, BuildingBlock, Evidence, GoodPractice, PracticeImage, PracticeLink
from projects.models import Result
from projects.serializers import SourceSerializer


class ImageSerializer(serializers.ModelSerializer):
    url = serializers.CharField(source="photo.url")
    width = serializers.IntegerField(source="photo.width")
    height = serializers.IntegerField(source="photo.height")
    alt = TextMapField()

    class Meta:
        model = PracticeImage
        fields = ["uid", "url", "width", "height", "alt", "credit", "licence"]


class BuildingBlockSerializer(serializers.ModelSerializer):
    title = TextMapField()
    description = TextMapField()
    enabling_factors = TextMapField()
    lessons = TextMapField()

    class Meta:
        model = BuildingBlock
        fields = ["uid", "title", "description", "enabling_factors", "lessons"]


class ResourcesSerializer(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    currency = serializers.CharField(allow_null=True, help_text=_("ISO 4217."))
    year = serializers.IntegerField(allow_null=True, help_text=_("The amount is in the money of this year."))
    fte = serializers.DecimalField(
        max_digits=7, decimal_places=2, normalize_output=True, allow_null=True, help_text=_("Full-time posts.")
    )
    text = TextMapField()


class EvidenceSerializer(serializers.ModelSerializer):
    indicator = TextMapField(help_text=_("What was measured."))
    value = serializers.DecimalField(max_digits=16, decimal_places=4, normalize_output=True, allow_null=True)
    unit = TextMapField()
    source = SourceSerializer(allow_null=True)
    other_sources = SourceSerializer(many=True)

    class Meta:
        model = Evidence
        fields = ["uid", "indicator", "value", "unit", "year", "confidence", "source", "other_sources"]


class LinkSerializer(serializers.ModelSerializer):
    title = TextMapField()

    class Meta:
        model = PracticeLink
        fields = ["uid", "title", "url"]


class AttachmentSerializer(serializers.ModelSerializer):
    title = TextMapField()
    url = serializers.CharField(source="file.url")
    format = serializers.ChoiceField(choices=Format.values, source="file.format")
    size = serializers.IntegerField(source="file.size", help_text="In bytes.")

    class Meta:
        model = Attachment
        fields = ["uid", "title", "url", "format", "size"]


class ContactSerializer(serializers.Serializer):
    name = serializers.CharField()


class ExpertOpinionSerializer(serializers.Serializer):
    """What an expert who read the practice says of it."""

    text = TextMapField(source="expert_opinion")
    name = serializers.CharField(source="expert_opinion_name", allow_null=True)
    date = serializers.DateField(source="expert_opinion_date", allow_null=True)
    network = serializers.CharField(source="expert_opinion_network", allow_null=True)
    version = serializers.IntegerField(
        source="expert_opinion_version", allow_null=True, help_text="Of which version it was written."
    )


class GoodPracticeSerializer(RecordSerializer):
    problem_and_context = TextMapField()
    how_it_works = TextMapField()
    stakeholders_and_beneficiaries = TextMapField()
    building_blocks = BuildingBlockSerializer(many=True)
    resources_setup = ResourcesSerializer(allow_null=True, help_text=_("What it took to set it up."))
    resources_running = ResourcesSerializer(allow_null=True, help_text=_("What it takes in a year to keep it running."))
    evidence = EvidenceSerializer(many=True)
    evidence_of_success = TextMapField()
    challenges = TextMapField()
    success_factors = TextMapField()
    hampering_factors = TextMapField()
    preconditions = TextMapField()
    potential_for_transfer = TextMapField()
    organisation_in_charge = EmbedField(relation="organisation_in_charge")
    contact = ContactSerializer(allow_null=True, help_text=_("Who agreed to be named as the person to ask."))
    projects = EmbedListField(relation="project")
    grew_from = serializers.SerializerMethodField()
    areas = EmbedListField(relation="area")
    sdgs = serializers.ListField(
        child=serializers.IntegerField(), help_text=_("Sustainable Development Goals by number, 1 to 17.")
    )
    nace = serializers.ListField(child=serializers.CharField(), help_text=_("Sections of NACE Rev. 2."))
    images = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    attachments = serializers.SerializerMethodField()
    expert_opinion = serializers.SerializerMethodField()

    class Meta:
        model = GoodPractice
        fields = [
            *ENVELOPE,
            "entry_type",
            "status",
            "start",
            "end",
            "confirmed_on",
            "geographical_scope",
            "problem_and_context",
            "how_it_works",
            "stakeholders_and_beneficiaries",
            "building_blocks",
            "resources_setup",
            "resources_running",
            "evidence",
            "evidence_of_success",
            "challenges",
            "success_factors",
            "hampering_factors",
            "preconditions",
            "potential_for_transfer",
            "organisation_in_charge",
            "author",
            "contact",
            "projects",
            "grew_from",
            "areas",
            "sdgs",
            "nace",
            "images",
            "links",
            "attachments",
            "expert_opinion",
            "keywords",
            "source_notes",
        ]

    def get_grew_from(self, practice) -> list[str]:
        """The uids of published project results."""
        results = Result.objects.filter(uid__in=practice.grew_from, project__live=True).order_by(
            "project", "sort_order"
        )
        for uid in practice.grew_from:
            self.context["mentions"].note("grew_from", uid)
        return [str(uid) for uid in results.values_list("uid", flat=True)]

    @extend_schema_field(ImageSerializer(many=True))
    def get_images(self, practice):
        shown = [image for image in practice.images.all() if image.photo_id]
        return ImageSerializer(shown, many=True).data

    @extend_schema_field(LinkSerializer(many=True))
    def get_links(self, practice):
        """Those that lead somewhere."""
        return LinkSerializer([link for link in practice.links.all() if link.url], many=True).data

    @extend_schema_field(AttachmentSerializer(many=True))
    def get_attachments(self, practice):
        shown = [attachment for attachment in practice.attachments.all() if attachment.file_id]
        return AttachmentSerializer(shown, many=True).data

    @extend_schema_field(ExpertOpinionSerializer(allow_null=True))
    def get_expert_opinion(self, practice):
        return ExpertOpinionSerializer(practice).data if practice.expert_opinion else None
