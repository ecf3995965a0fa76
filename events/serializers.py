"""The event's document: local times become instants, or plain dates for whole days."""

from datetime import date, time

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, RecordSerializer, TextMapField, utc
from events.models import AgendaItem, Event, Speaker
from events.times import instant

DATE_OR_TIME = {
    "type": "string",
    "anyOf": [{"format": "date"}, {"format": "date-time"}],
    "description": "A time in UTC; for whole days the date alone. The last day belongs to the event.",
}
OR_NOTHING = DATE_OR_TIME | {"nullable": True}


def moment(day: date | None, wall: time | None, zone: str) -> str | None:
    """`2027-04-15T07:00:00Z`, or `2027-04-15` where no time is known."""
    if day is None or wall is None:
        return day and day.isoformat()
    return utc(instant(day, wall, zone))


class AgendaItemSerializer(serializers.ModelSerializer):
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    title = TextMapField()
    text = TextMapField()
    practices = EmbedListField(relation="shown")

    class Meta:
        model = AgendaItem
        fields = ["uid", "start", "end", "title", "text", "practices"]

    @extend_schema_field(DATE_OR_TIME)
    def get_start(self, item) -> str:
        return moment(item.day, item.start, self.context["zone"])

    @extend_schema_field(OR_NOTHING)
    def get_end(self, item) -> str | None:
        return moment(item.day, item.end, self.context["zone"]) if item.end else None


class SpeakerSerializer(serializers.ModelSerializer):
    function = TextMapField()
    organisation = EmbedField(relation="speaker")

    class Meta:
        model = Speaker
        fields = ["uid", "name", "function", "organisation"]


class VenueSerializer(serializers.Serializer):
    name = serializers.CharField(allow_null=True)
    street = serializers.CharField(allow_null=True)
    postal_code = serializers.CharField(allow_null=True)
    town = serializers.CharField(allow_null=True)
    country = serializers.CharField(allow_null=True)

    def to_representation(self, event):
        return {name: getattr(event, "venue_name" if name == "name" else name) or None for name in self.fields}


class EventSerializer(RecordSerializer):
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()
    all_day = serializers.BooleanField(source="is_all_day")
    venue = VenueSerializer(source="*")
    access_notes = TextMapField()
    host = EmbedField(relation="host")
    project = EmbedField(relation="project")
    areas = EmbedListField(relation="area")
    audience = TextMapField()
    how_to_take_part = TextMapField()
    agenda = serializers.SerializerMethodField()
    speakers = SpeakerSerializer(many=True)
    practices = EmbedListField(relation="shown")

    class Meta:
        model = Event
        fields = [
            *ENVELOPE,
            "type",
            "status",
            "start",
            "end",
            "all_day",
            "time_zone",
            "mode",
            "venue",
            "access_notes",
            "online_url",
            "host",
            "project",
            "areas",
            "languages",
            "audience",
            "how_to_take_part",
            "registration_url",
            "agenda",
            "speakers",
            "practices",
            "keywords",
            "source_notes",
        ]

    @extend_schema_field(DATE_OR_TIME)
    def get_start(self, event) -> str | None:
        return moment(event.starts_on, event.starts_at, event.time_zone)

    @extend_schema_field(DATE_OR_TIME)
    def get_end(self, event) -> str | None:
        return moment(event.last_day, event.ends_at if event.starts_at else None, event.time_zone)

    @extend_schema_field(AgendaItemSerializer(many=True))
    def get_agenda(self, event):
        """Day by day, whatever order the items were written in."""
        items = sorted(event.agenda.all(), key=lambda item: (item.day, item.start or time()))
        return AgendaItemSerializer(items, many=True, context=self.context | {"zone": event.time_zone}).data
