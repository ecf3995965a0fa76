"""Where somebody translates what she has taken up: as who writes the record, but that nothing else of it is hers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.drafting.beside import Taken
from catalogue.records import RecordQuerySet
from operations.models import AuditEntry
from translations import actions
from translations.desk import TranslationDesk
from translations.forms import TranslationForm
from translations.models import TranslationRequest
from translations.rows import translatable_by

THANKS = gettext_lazy("Thank you. Those who answer for the text have it now, and submit it for review.")


def ended(request: HttpRequest, uid: UUID, language: str) -> str:
    """Why it is hers no more, for who had taken it up."""
    of_it = TranslationRequest.objects.filter(about_uid=uid, language=language)
    hers = of_it.filter(taken_by=request.user).last()
    if hers is None:
        steps = AuditEntry.objects.filter(about_uid=uid, facts__language=language)
        given_back = Q(what="translation.given-back", actor=request.user)
        was_hers = steps.filter(given_back | Q(what="translation.released", whom=request.user)).exists()
        return _("You do not translate this any more: it was given back, for others to take up.") if was_hers else ""
    if hers.done_at:
        return _(
            "You have handed this translation over already. What is to be changed, those who answer for it change."
        )
    if hers.withdrawn_at:
        return _("Nobody is asked for this translation any more: it was withdrawn meanwhile.")
    return _("The text was deleted meanwhile, with all its translations.") if of_it.of_nothing().exists() else ""


class TakenDesk(TranslationDesk):
    """What reviewers and authors say to each other is none of it."""

    saved = gettext_lazy("The translation is saved. Hand it over when it is done.")

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
