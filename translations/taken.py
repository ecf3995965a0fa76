"""Where somebody translates what she has taken up: as who writes the record, but that nothing else of it is hers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalogue.drafting.beside import Taken
from catalogue.records import RecordQuerySet
from translations import actions
from translations.desk import TranslationDesk
from translations.forms import TranslationForm
from translations.models import TranslationRequest
from translations.rows import translatable_by

THANKS = _("Thank you. Those who answer for the text have it now, and submit it for review.")


class TakenDesk(TranslationDesk):
    """What reviewers and authors say to each other is none of it."""

    saved = _("The translation is saved. Hand it over when it is done.")

    @cached_property
    def task(self) -> TranslationRequest:
        """Raises Http404 where it is no longer hers."""
        taken = TranslationRequest.objects.taken_up_by(self.user).about(self.record).filter(language=self.language)
        if (task := taken.first()) is None:
            raise Http404
        return task

    def among(self) -> RecordQuerySet:
        return translatable_by(type(self.record), self.user, self.language)

    def address(self, step: str = "edit") -> str:
        return super().address(step) if step in ("edit", "autosave") else reverse("translation_tasks:list")

    def take_beside(self, form: TranslationForm) -> Taken:
        return Taken(True, frozenset())

    def submit(self) -> HttpResponse:
        """To those who answer for it."""
        try:
            actions.hand_over(request=self.task, by=self.user)
        except (actions.Ended, PermissionDenied):  # it was withdrawn or given to others a moment ago
            raise Http404 from None
        messages.success(self.request, THANKS)
        return redirect("translation_tasks:list")

    def show(self, form: TranslationForm, *, status: int = 200, **more) -> HttpResponse:
        buttons = [
            {"label": _("Save"), "name": "action", "value": "save"},
            {"label": _("Hand over"), "name": "action", "value": "submit"},
        ]
        hidden = {"review": None, "thread": None, "sent_back": None, "writing_url": ""}
        return super().show(form, status=status, **hidden | {"actions": buttons, "task": self.task} | more)

    def _locked(self) -> HttpResponse:
        context: dict[str, Any] = self._told("locked") | {"in_review": self.record.workflow_in_progress}
        return render(self.request, "translations/held.html", context)
