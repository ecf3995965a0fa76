"""What a record is called in its newest draft."""

from django.db import models
from wagtail.models import TaskState

from catalogue.records import Record


def latest_title(record: Record) -> str:
    """In the reader's language; a revision notes it in the language of the editor who saved it."""
    return str(latest_words(record))


def latest_words(record: Record) -> Record:
    """The record with the words of its newest draft, and nothing else of it."""
    return words_of(type(record), record.latest_revision.content) if record.latest_revision else record


def known_words(record: Record) -> Record:
    """As whoever may not read its drafts knows it: what was public last, or else what was submitted last."""
    if record.was_public:
        return record  # the row holds what was published, never a later draft
    read = TaskState.objects.filter(workflow_state__in=record.workflow_states, revision__isnull=False)
    step = read.select_related("revision").order_by("-pk").first()
    return words_of(type(record), step.revision.content) if step else type(record)()


def known_title(record: Record) -> str:
    return str(known_words(record))


def words_of(model: type[Record], content: dict) -> Record:
    """What a revision says in words, as an instance that is nobody's row."""
    words = [field for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
    told = {field.attname: field.to_python(content[field.name]) for field in words if field.name in content}
    return model(**told)
