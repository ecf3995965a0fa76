"""What was scheduled and is refused when it is due: its history notes why, and whoever scheduled it is told, once.

A refusal is about what the draft says, so its schedule ends: trying again would only be refused again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.log_actions import log, registry
from wagtail.models import Revision
from wagtail.utils.timestamps import render_timestamp

ACTION = "operations.publish.refused"
SCHEDULED = "wagtail.publish.schedule"
ADVICE = gettext_lazy("It is not tried again: mend the draft, then publish it or schedule it anew.")
_OUTLIVED_BY = ("wagtail.publish", "wagtail.publish.scheduled", SCHEDULED)


@dataclass(frozen=True)
class Refusal:
    due: datetime
    reasons: list[str]

    def __str__(self):
        told = {"when": render_timestamp(self.due), "why": " ".join(self.reasons)}
        return _("Should have been published on %(when)s; refused: %(why)s") % told


def in_words(error: ValidationError, model: type[models.Model]) -> list[str]:
    """What a model refuses, one sentence a field, in the language at hand."""
    labels = {field.name: field.verbose_name for field in model._meta.fields}
    labels |= {part.get_accessor_name(): part.related_model._meta.verbose_name_plural for part in _parts_of(model)}
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [_sentence(str(capfirst(labels.get(name, ""))), why) for name, why in told.items()]


def _sentence(label: str, why: list[str]) -> str:
    return ": ".join(filter(None, [label, " ".join(why)]))


def _parts_of(model: type[models.Model]) -> Iterable[models.ForeignObjectRel]:
    return (relation for relation in model._meta.related_objects if not relation.hidden)


def note(revision: Revision, error: ValidationError) -> None:
    """Ends the schedule; does nothing where somebody else, or another process, has ended it meanwhile."""
    due = revision.approved_go_live_at
    ended = Revision.objects.filter(pk=revision.pk, approved_go_live_at=due).update(approved_go_live_at=None)
    if not ended:
        return
    instance = revision.content_object
    reasons = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            reasons[language] = in_words(error, type(instance))
    log(instance=instance, action=ACTION, revision=revision, data={"due": due.isoformat(), "reasons": reasons})
    _tell(_who_scheduled(revision), instance, due, reasons)


def standing(instance: models.Model) -> Refusal | None:
    """The last refusal, as long as nothing was published or scheduled since."""
    entries = registry.get_logs_for_instance(instance).filter(action__in=[ACTION, *_OUTLIVED_BY])
    last = entries.order_by("-pk").first()
    return of_entry(last) if last and last.action == ACTION else None


def of_entry(entry) -> Refusal:
    """As an entry of the history holds it, in the language at hand."""
    reasons = entry.data["reasons"]
    return Refusal(parse_datetime(entry.data["due"]), reasons.get(get_language()) or reasons[settings.LANGUAGE_CODE])


def _who_scheduled(revision: Revision):
    entries = registry.get_logs_for_instance(revision.content_object).filter(action=SCHEDULED, revision=revision)
    entry = entries.order_by("-pk").first()
    return (entry and entry.user) or revision.user


def _tell(user, instance: models.Model, due: datetime, reasons: dict[str, list[str]]) -> None:
    if user is None or not user.is_active or not user.email:
        return
    with override(user.language):
        told = {
            "user": user,
            "title": get_latest_str(instance),
            "refusal": Refusal(due, reasons[user.language]),
            "advice": ADVICE,
            "when": render_timestamp(due),
            "url": f"{settings.PUBLIC_URL}{AdminURLFinder().get_edit_url(instance)}",
        }
        subject = " ".join(render_to_string("operations/mail_refused_subject.txt", told).split())
        letter = EmailMultiAlternatives(
            subject,
            render_to_string("operations/mail_refused.txt", told),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        told |= {"subject": subject, "language": get_language(), "public_url": settings.PUBLIC_URL}
        letter.attach_alternative(render_to_string("operations/mail_refused.html", told), "text/html")
    letter.send()
