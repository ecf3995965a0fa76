"""Brings the contents of the files into the portal, and leaves alone what people have changed there since."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models

from catalogue import kinds
from catalogue.locking import RECORDS_PER_LOCK, publishing
from catalogue.places import validate_places
from catalogue.records import Record
from seeds.contents import Content, contents_of
from seeds.models import Loaded
from seeds.reading import FILES, FaultyContent, Files


@dataclass
class Outcome:
    """What became of the records of one kind; `kept` has the keys of those that stay as people left them."""

    kind: str
    published: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def __str__(self):
        told = f"{self.kind}: {self.published} published, {self.unchanged} unchanged"
        return f"{told}, {len(self.kept)} left as people changed them ({', '.join(self.kept)})" if self.kept else told


def load(files: Files) -> Iterator[Outcome]:
    """Loads kind after kind, each before those that name its records. Raises FaultyContent."""
    for kind in FILES:
        contents = contents_of(kind, files)
        outcome = Outcome(kind)
        keys = list(contents)
        for start in range(0, len(keys), RECORDS_PER_LOCK):
            with publishing():
                _load({key: contents[key] for key in keys[start : start + RECORDS_PER_LOCK]}, outcome)
        yield outcome


def _load(contents: dict[str, Content], outcome: Outcome) -> None:
    model = kinds.get(outcome.kind).model
    uids = [content["uid"] for content in contents.values()]
    there = {str(record.uid): record for record in model.objects.filter(uid__in=uids)}
    last_loads = {str(row.uid): row for row in Loaded.objects.filter(uid__in=uids)}
    for key, content in contents.items():
        record, last = there.get(content["uid"]), last_loads.get(content["uid"])
        if record is not None and not _is_as_loaded(record, last):
            outcome.kept.append(key)
        elif record is not None and last.digest == digest_of(content):
            outcome.unchanged += 1
        else:
            try:
                _publish(record or model(), content)
            except ValidationError as error:
                raise FaultyContent(outcome.kind, key, error) from error
            outcome.published += 1


def _is_as_loaded(record: Record, last: Loaded | None) -> bool:
    """Whether nobody has edited or withdrawn the record since; somebody's draft counts as an edit."""
    return last is not None and record.live and record.latest_revision_id == last.revision


def digest_of(content: Content) -> str:
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def _publish(record: Record, content: Content) -> None:
    if record.pk is None:
        fill(record, content)
        record.save()
    else:  # the ledger belongs to the portal, whatever the files say of it
        fill(record, {name: value for name, value in content.items() if name not in record.ledger_fields})
    validate_places(record.place_list)
    revision = record.save_revision()
    record.publish(revision)
    Loaded.objects.update_or_create(uid=record.uid, defaults={"digest": digest_of(content), "revision": revision.pk})


def fill(instance: models.Model, content: Content) -> None:
    """Sets fields, links and parts, checked by the fields' own rules; saves nothing.

    `None` becomes the field's empty value. Raises ValidationError.
    """
    for name, value in content.items():
        column = instance._meta.get_field(name)
        if column.one_to_many:
            setattr(instance, name, [_part(column, row, f"{name}[{n}]") for n, row in enumerate(value)])
        elif column.many_to_many:
            setattr(instance, name, list(column.related_model.objects.filter(uid__in=value)))
        elif column.many_to_one:
            setattr(instance, name, column.related_model.objects.get(uid=value) if value else None)
        elif value is None and not column.null:
            setattr(instance, name, column.get_default())
        else:
            setattr(instance, name, value)
    instance.clean_fields(exclude={column.name for column in instance._meta.fields} - content.keys())


def _part(relation: models.ManyToOneRel, content: Content, where: str) -> models.Model:
    part = relation.related_model()
    try:
        fill(part, content)
    except ValidationError as error:
        raise ValidationError({f"{where}.{name}": told for name, told in error.message_dict.items()}) from error
    return part
