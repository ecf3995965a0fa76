"""Publishes and withdraws what editors scheduled in Wagtail."""

import logging

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from operations import refusals, work

logger = logging.getLogger(__name__)


def register_work() -> None:
    work.register("scheduled publishing", publish_scheduled)


def publish_scheduled() -> None:
    """As Wagtail's `publish_scheduled` command, but what fails for one record does not hold up the next.

    What a record or page itself refuses ends its schedule; after any other failure it is tried again.
    """
    now = timezone.now()
    for queryset in _what_has_drafts():
        for instance in queryset.filter(live=True, expire_at__lt=now):
            _attempt(instance.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        _attempt(_publish, revision)


def _what_has_drafts() -> list[QuerySet]:
    """Pages as what they are, and every other model with drafts."""
    others = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page.objects.specific(), *(model.objects.all() for model in others)]


def _publish(revision: Revision) -> None:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        logger.warning("Scheduled publication of revision %s refused: %s", revision.pk, "; ".join(error.messages))
        refusals.note(revision, error)


def _attempt(action, *arguments, **named) -> None:
    """Wholly or not at all."""
    try:
        with transaction.atomic():
            action(*arguments, **named)
    except Exception:
        logger.exception("Scheduled %s failed: %s", action.__qualname__.strip("_"), arguments or action.__self__.pk)
