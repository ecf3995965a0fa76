"""Where a record is translated: its texts in one language beside those of its original."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue import kinds, reviewing
from catalogue.confirming import confirm
from catalogue.drafting import autosave
from catalogue.drafting.desk import Desk
from catalogue.drafting.fields import number
from catalogue.drafting.page import page_of
from catalogue.drafting.written import form_of
from catalogue.locking import publishing
from catalogue.records import Record
from notices.letters import local
from pages.languages import language_in_words, language_label
from partners.models import ReviewedRecord
from translations import page
from translations.forms import TranslationForm


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
        self.language, self.place = language, f"translate-{language}"
        kind = kinds.of(record)
        self.kind, self.symbol, self.untitled = kind.name, kind.symbol, record.untitled
        super().__init__(request, record)
        if language not in dict(settings.LANGUAGES):
            raise Http404

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

    def store(self, form: TranslationForm) -> Record:
        """What she found to fit is confirmed with the text that she read, before hers is saved."""
        read, fitting = number(form.data.get("revision")), form.found_to_fit()
        with publishing() if fitting and self.record.live else transaction.atomic():
            if fitting:
                confirm(record=self.record, by=self.user, places=fitting, expected_revision=read)
            return reviewing.save_draft(record=self.record, by=self.user, edit=form.write_to, expected_revision=read)

    def submit(self) -> HttpResponse:
        """What is missing is told in the form in which all of it is written."""
        try:
            submitted = reviewing.submit(record=self.record, by=self.user)
        except reviewing.NotReady:
            return redirect(f"{local(self.record.writing_address())}?check")
        return self.told_of_submission(submitted)

    def show(self, form: TranslationForm, *, status: int = 200, **more) -> HttpResponse:
        rows = page.rows_of(form)
        groups = page.groups_of(rows, self.sections)
        context = page_of(form, self.record, sections=self.sections) | self._told("draft")
        context |= self._beside(form) | {"groups": groups, "counts": page.counts_of(rows)}
        context |= {"sections": page.progress_of(groups), "autosave": autosave.told_of(self)}
        context["shown"] = form.data.get("shown_language") or "all"
        return render(self.request, self.template, context | more, status=status)

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
        }
