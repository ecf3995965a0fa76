"""The practice's document."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, RecordSerializer, TextMapField
from practices.models import GoodPractice, PracticeImage
from projects.models import Result


class ImageSerializer(serializers.ModelSerializer):
    url = serializers.CharField(source="photo.url")
    width = serializers.IntegerField(source="photo.width")
    height = serializers.IntegerField(source="photo.height")
    alt = TextMapField()

    class Meta:
        model = PracticeImage
        fields = ["uid", "url", "width", "height", "alt", "credit", "licence"]


class GoodPracticeSerializer(RecordSerializer):
    problem_and_context = TextMapField()
    how_it_works = TextMapField()
    stakeholders_and_beneficiaries = TextMapField()
    organisation_in_charge = EmbedField(relation="organisation_in_charge")
    projects = EmbedListField(relation="project")
    grew_from = serializers.SerializerMethodField()
    images = serializers.SerializerMethodField()

    class Meta:
        model = GoodPractice
        fields = [
            *ENVELOPE,
            "status",
            "start",
            "end",
            "geographical_scope",
            "problem_and_context",
            "how_it_works",
            "stakeholders_and_beneficiaries",
            "organisation_in_charge",
            "projects",
            "grew_from",
            "images",
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
