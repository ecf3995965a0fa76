"""Abstract bases of the parts of records: each has an identity that revisions carry, and many a source."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel, get_all_child_relations, model_from_serializable_data
from wagtail.models import Orderable

from catalogue.fields import TextField


class Part(Orderable):
    """A part that others can point to. Its `uid` travels in revisions; its primary key changes at each publication."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    class Meta(Orderable.Meta):
        abstract = True

    @property
    def place(self) -> int:
        """In the list that it stands in, from 1."""
        return (self.sort_order or 0) + 1


def number_parts(whole: ClusterableModel) -> None:
    """Each part gets the place of the list that it stands in, whoever put it there: a form, a command, a test."""
    for relation in get_all_child_relations(type(whole)):
        if not issubclass(relation.related_model, Part):
            continue
        for place, part in enumerate(getattr(whole, relation.get_accessor_name()).get_object_list()):
            part.sort_order = place
            if isinstance(part, PartWithParts):
                number_parts(part)


def restored_parts(relation: models.ManyToOneRel, rows: list[dict[str, Any]]) -> list[models.Model]:
    """The parts of one kind that a revision holds, with what they point to, in one query for each foreign key.

    modelcluster's own way asks for every part whether its whole is still there, and whether each thing that it points to is.
    """
    model = relation.related_model
    pointers = [field for field in model._meta.concrete_fields if field.many_to_one and field is not relation.field]
    rows = [row | {relation.field.name: None} for row in rows]
    there = {field.name: _still_there(field, rows) for field in pointers}
    parts = []
    for row in rows:
        gone = [field for field in pointers if row.get(field.name) and str(row[field.name]) not in there[field.name]]
        if any(field.remote_field.on_delete is models.CASCADE for field in gone):
            continue
        part = model_from_serializable_data(model, row | {field.name: None for field in gone}, check_fks=False)
        for field in pointers:
            if getattr(part, field.attname) is not None:
                setattr(part, field.name, there[field.name][str(row[field.name])])
        parts.append(part)
    return parts


def _still_there(field: models.ForeignKey, rows: list[dict[str, Any]]) -> dict[str, models.Model]:
    named = {row[field.name] for row in rows if row.get(field.name)}
    key = field.target_field.attname
    found = field.related_model._base_manager.filter(**{f"{key}__in": named}) if named else ()
    return {str(getattr(each, key)): each for each in found}


class PartWithParts(ClusterableModel, Part):
    """A part that has parts of its own: a measure with its milestones."""

    class Meta(Part.Meta):
        abstract = True

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """As modelcluster's, which would leave out of an older text all parts of a part that was deleted since.

        It looks for the row that they name as theirs; but they belong to the part in whose text they stand.
        """
        own = {relation.get_accessor_name(): relation.field.name for relation in get_all_child_relations(cls)}
        parts = {name: [part | {parent: None} for part in data[name]] for name, parent in own.items() if name in data}
        return super().from_serializable_data(data | parts, check_fks=check_fks, strict_fks=strict_fks)


class Sourced(models.Model):
    """Where a fact was found: a document with its line (from 1), or a publication."""

    source_document = models.CharField(_("source document"), max_length=200, blank=True)
    source_line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    source_publication = models.CharField(_("published source"), max_length=500, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    other_sources = models.JSONField(
        _("other sources"),
        default=list,
        blank=True,
        help_text=_("A list of {document, line} or {publication, url}: where the same fact stands again."),
    )

    class Meta:
        abstract = True

    @property
    def source(self) -> dict | None:
        """As documents show it; `None` when no source is known."""
        if self.source_document:
            return {"document": self.source_document, "line": self.source_line}
        if self.source_publication or self.source_url:
            return {
                "document": None,
                "line": None,
                "publication": self.source_publication or self.source_url,  # an address names itself
                "url": self.source_url or None,
            }
        return None


class Statement(Part, Sourced):
    """One sentence or paragraph with its source: an objective, a result."""

    text = TextField(_("text"))

    class Meta(Part.Meta):
        abstract = True

    def __str__(self):
        return str(self.text)
