"""What a record is called in its newest draft."""

from django.db import models

from catalogue.records import Record


def latest_title(record: Record) -> str:
    """In the reader's language; a revision notes it in the language of the editor who saved it."""
    revision = record.latest_revision
    if revision is None:
        return str(record)
    content = revision.content
    words = [field for field in record._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
    told = {field.attname: field.to_python(content[field.name]) for field in words if field.name in content}
    return str(type(record)(**told))
