"""Publishes and withdraws what editors scheduled in Wagtail."""

import logging

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from operations import work

logger = logging.getLogger(__name__)


def register_work() -> None:
    work.register("scheduled publishing", publish_scheduled)


def publish_scheduled() -> None:
    """As Wagtail's `publish_scheduled` command, but one record's failure is logged and the next goes on."""
    now = timezone.now()
    for model in _models_with_drafts():
        for instance in model.objects.filter(live=True, expire_at__lt=now):
            _attempt(instance.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        _attempt(revision.publish, log_action="wagtail.publish.scheduled")


def _models_with_drafts():
    return [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]


def _attempt(action, **arguments) -> None:
    try:
        action(**arguments)
    except Exception:
        logger.exception("Scheduled %s failed", action.__qualname__)
