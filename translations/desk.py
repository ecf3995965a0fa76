"""Where a record is translated: its texts in one language beside those of its original."""

from collections.abc import Mapping
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue import kinds, reviewing
from catalogue.confirming import confirm
from catalogue.drafting import autosave
from catalogue.drafting.desk import Desk
from catalogue.drafting.fields import number
from catalogue.drafting.page import page_of
from catalogue.drafting.written import form_of
from catalogue.locking import publishing
from catalogue.origins import texts_of
from catalogue.records import Record, RecordQuerySet
from notices.letters import local
from operations.reading import REFUSED
from pages.languages import language_in_words, language_label
from partners.models import ReviewedRecord
from translations import machine, page, proposals
from translations.forms import TranslationForm
from translations.proposals import Proposed
from translations.rows import askable_by

PROPOSE = "propose"  # its value: the field for which the machine is asked, or all
TOO_MANY = 429


def told_of(proposed: Proposed) -> str:
    """What the machine did for her, in a sentence or two."""
    if not proposed.number:
        return str(_("There is nothing to propose: every text is there."))
    told = ngettext(
        "%(number)s text is proposed, and not saved yet. Read it, and change what is not right.",
        "%(number)s texts are proposed, and not saved yet. Read them, and change what is not right.",
        proposed.number,
    ) % {"number": proposed.number}
    if proposed.left:
        left = ngettext("%(number)s more did not fit in.", "%(number)s more did not fit in.", proposed.left)
        told = f"{told} {left % {'number': proposed.left}}"
    return told


class TranslationDesk(Desk):
    """One person, one record, one language. Raises Http404 where there is nothing to translate in it."""

    template = "translations/beside.html"
    kickers = {
        "draft": _("Translation"),
        "review": _("Translation, under review"),
        "locked": _("Translation, locked"),
    }
    saved = _("The translation is saved in the draft.")

    def __init__(self, request: HttpRequest, record: ReviewedRecord, language: str):
        self.language, self.place = language, self.place_of(language)
        kind = kinds.of(record)
        self.kind, self.symbol, self.untitled = kind.name, kind.symbol, record.untitled
        super().__init__(request, record)
        if language not in dict(settings.LANGUAGES):
            raise Http404

    @staticmethod
    def place_of(language: str) -> str:
        return f"translate-{language}"

    def address(self, step: str = "edit") -> str:
        if step in ("edit", "autosave"):
            return reverse(f"translations:{step}", args=[self.record.uid, self.language])
        if step == "preview":
            return local(self.record.preview_path.format(uid=self.record.uid))
        return f"{local(self.record.writing_address())}{step.replace('take_back', 'withdraw-submission')}/"

    def form(self, draft: Record, data=None, files=None) -> TranslationForm:
        written, self.sections = form_of(self.record, draft, self.user)
        if written is None or written.of_part or draft.original_language == self.language:
            raise Http404
        told = {"written": written, "sections": self.sections, "language": self.language}
        return TranslationForm(data, draft=draft, user=self.user, **told)

    def among(self) -> RecordQuerySet:
        """What she may translate."""
        return type(self.record).objects.editable_by(self.user)

    def edit(self) -> HttpResponse:
        return self._propose() if self.request.method == "POST" and PROPOSE in self.request.POST else super().edit()

    def _propose(self) -> HttpResponse:
        """What was typed stands in the form again, whatever comes of it."""
        sent, which = self.request.POST, self.request.POST[PROPOSE]
        form = self.form(self.record.latest_draft(), sent)
        if not machine.is_on():
            raise Http404
        if not ratelimit.consume(self.request, action="machine_translation", user=self.user):
            messages.error(self.request, _("You have asked the translation service often. Please wait an hour."))
            return self.show(form, status=TOO_MANY)
        try:
            proposed = proposals.propose(form, which)
        except machine.MachineError as failure:
            messages.error(self.request, failure.sentence)
            return self.show(form, status=REFUSED)
        messages.success(self.request, told_of(proposed))
        return self.show(self.form(self.record.latest_draft(), proposed.data))

    def relied_on(self, draft: Record) -> Mapping[str, str]:
        """The original: what is saved as its translation was made from the one that she read."""
        return {path: texts.get(draft.original_language, "") for path, texts in texts_of(draft).items()}

    def store(self, form: TranslationForm) -> Record:
        """What she found to fit is confirmed with the text that she read, before hers is saved."""
        told = {"record": self.record, "by": self.user, "among": self.among()}
        told["expected_revision"] = number(form.data.get("revision"))
        fitting, by_machine = form.found_to_fit(), proposals.by_machine(form)
        with publishing() if fitting and self.record.live else transaction.atomic():
            if fitting:
                confirm(**told, places=fitting)
            return reviewing.save_draft(**told, edit=form.write_to, by_machine=by_machine, read=form.found_right())

    def submit(self) -> HttpResponse:
        """What is missing is told in the form in which all of it is written."""
        try:
            submitted = reviewing.submit(record=self.record, by=self.user)
        except reviewing.NotReady:
            return self.not_ready(local(self.record.writing_address()))
        return self.told_of_submission(submitted)

    def show(self, form: TranslationForm, *, status: int = 200, **more) -> HttpResponse:
        rows = page.rows_of(form)
        groups = page.groups_of(rows, self.sections)
        context = page_of(form, self.record, sections=self.sections) | self._told("draft")
        context |= self._beside(form) | {"groups": groups, "counts": page.counts_of(rows)}
        context |= {"sections": page.progress_of(groups), "autosave": autosave.told_of(self)}
        context["shown"] = form.data.get("shown_language") or "all"
        return render(self.request, self.template, context | more, status=status)

    def _ask_url(self) -> str:
        """Where she may ask somebody else for the translation; "" where she may not."""
        may_ask = askable_by(type(self.record), self.user).filter(pk=self.record.pk).exists()
        address = reverse("translation_tasks:ask", args=[self.record.uid]) if may_ask else ""
        return f"{address}?language={self.language}" if address else ""

    def _beside(self, form: TranslationForm) -> dict[str, Any]:
        original = form.draft.original_language
        return {
            "language": self.language,
            "language_name": language_label(self.language),
            "into": language_in_words(self.language),
            "original": original,
            "original_name": language_label(original),
            "out_of": language_in_words(original),
            "writing_url": local(self.record.writing_address()),
            "machine": machine.host(),
            "ask_url": self._ask_url(),
        }
