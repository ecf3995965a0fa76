"""The document of a library item."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalogue.serializers import ENVELOPE, EmbedField, EmbedListField, RecordSerializer, TextMapField
from catalogue.texts import Text
from library import books
from library.models import LibraryItem


class BookField(TextMapField):
    """The title of the book; the entry points to it, so that its chapters find each other."""

    def to_representation(self, value):
        for identity in books.identities(Text.map_of(value)):
            self.context["mentions"].note(books.RELATION, identity)
        return super().to_representation(value)


class LibraryItemSerializer(RecordSerializer):
    body = TextMapField()
    publisher = EmbedField(relation="publisher")
    year = serializers.SerializerMethodField(help_text=_("The year of issue, also where the day is known."))
    book = BookField()
    projects = EmbedListField(relation="project")
    practices = EmbedListField(relation="draws_on")

    class Meta:
        model = LibraryItem
        fields = [
            *ENVELOPE,
            "type",
            "status",
            "authors",
            "publisher",
            "year",
            "issued",
            "book",
            "chapter",
            "projects",
            "practices",
            "body",
            "website",
            "isbn",
            "keywords",
            "source_notes",
        ]

    def get_year(self, item) -> int | None:
        return item.year_of_issue
