"""Publishes and withdraws what editors scheduled in Wagtail."""

import logging

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from operations import work

logger = logging.getLogger(__name__)


def register_work() -> None:
    work.register("scheduled publishing", publish_scheduled)


def publish_scheduled() -> None:
    """As Wagtail's `publish_scheduled` command, but one record's failure is logged and the next goes on."""
    now = timezone.now()
    for queryset in _what_has_drafts():
        for instance in queryset.filter(live=True, expire_at__lt=now):
            _attempt(instance.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        _attempt(revision.publish, log_action="wagtail.publish.scheduled")


def _what_has_drafts() -> list[QuerySet]:
    """Pages as what they are, and every other model with drafts."""
    others = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page.objects.specific(), *(model.objects.all() for model in others)]


def _attempt(action, **arguments) -> None:
    """Wholly or not at all."""
    try:
        with transaction.atomic():
            action(**arguments)
    except Exception:
        logger.exception("Scheduled %s failed", action.__qualname__)
