"""Where a record is written in the portal: its form, what happens when it is sent, and the ways on from there."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import deletion, kinds, publication, reviewing, working_copies
from catalogue.confirming import confirm
from catalogue.drafting import autosave, begun, behind, beside, conflicts, typed, unexpected
from catalogue.drafting.fields import number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section, page_of
from catalogue.latest import latest_title
from catalogue.models import WorkingCopy
from catalogue.models.entry import KindName
from catalogue.reading import page_context
from catalogue.records import Record
from operations.reading import REFUSED
from operations.reasons import DeletionForm

CONFLICT = 409
MOST_ATTEMPTS = 3


def draft_context(draft: Record, *, untitled: str = "", **more) -> dict[str, Any]:
    """The public page of a draft, as it would be; without a title it could not be published, and is called untitled."""
    document = publication.render_draft(draft)
    if not document["title"]:
        more |= {"title": untitled or _("Untitled")}
    return page_context(document, **more)


class Desk:
    """One person at one record. A room says for each of its kinds what stands here; its views call one step each.

    `kind` is the record's; `place` tells apart what is written of one record in several forms. `kickers` are the words above
    the title of what is a draft, `live` and with nothing begun, a `new` version of what is live, under `review`, or `locked`.
    """

    kind: KindName
    form_class: type[DraftForm]
    sections: Sequence[Section]
    template: str
    symbol: str
    kickers: Mapping[str, Promise]
    untitled: str | Promise = ""
    place = ""
    shown_next = ""  # what the form shows after it is saved, as a query: `?begun`
    saved: ClassVar[Promise] = gettext_lazy("The draft is saved.")
    submitted: ClassVar[Promise] = gettext_lazy(
        "It is submitted. A reviewer reads it next; until then nothing changes in public."
    )
    to_check: ClassVar[Promise] = gettext_lazy(
        "It is submitted. Your organisation checks it next, then a reviewer reads it; until then nothing changes in public."
    )
    taken_back: ClassVar[Promise] = gettext_lazy("It is a draft again, and you can change it.")
    held_by_review: ClassVar[Promise] = gettext_lazy("It is under review. Take it back first, then it can be deleted.")
    held_by_editor: ClassVar[Promise] = gettext_lazy("An editor has locked it. It can be deleted when that is over.")
    published_meanwhile: ClassVar[Promise] = gettext_lazy(
        "It has been published meanwhile, and cannot be deleted any more."
    )

    def __init__(self, request: HttpRequest, record: Record | None):
        self.request, self.record, self.user = request, record, request.user
        self.uid = record.uid if record else autosave.request_uid(request)

    # What a kind says

    def address(self, step: str = "edit") -> str:
        """Of the steps edit, preview, submit, take_back and autosave."""

    def title(self) -> str:
        """As it was last saved, in the reader's language."""
        return latest_title(self.record)

    def form(self, draft: Record, data=None, files=None) -> DraftForm:
        return self.form_class(data, files, draft=draft, user=self.user)

    def store(self, form: DraftForm) -> Record:
        """Raises EditConflict and Locked."""
        read = number(form.data.get("revision"))
        return reviewing.save_draft(record=self.record, by=self.user, edit=form.write_to, expected_revision=read)

    def relied_on(self, draft: Record) -> Mapping[str, str]:
        """Texts of a draft that she writes by, and that are no fields of the form: an original beside its translation."""
        return {}

    def confirm_read(self, form: DraftForm) -> None:
        """What a machine has made of the original, and she has ticked. Raises EditConflict."""
        ticked = self.request.POST.getlist(behind.FITS)
        if places := behind.read_in(form, ticked) if ticked else ():
            read = number(form.data.get("revision"))
            confirm(record=self.record, by=self.user, places=places, expected_revision=read)

    def context(self, form: DraftForm) -> dict[str, Any]:
        """What the kind's own form page shows beside what every such page does."""
        return {}

    # What was typed and not saved

    @property
    def sheet(self) -> working_copies.Sheet:
        return working_copies.Sheet(self.user, self.kind, self.uid, self.place)

    @cached_property
    def copy(self) -> WorkingCopy | None:
        return self.sheet.copies().first()

    @cached_property
    def begun(self) -> Record | None:
        """What the form of a new one has become meanwhile."""
        return kinds.get(self.kind).model.objects.editable_by(self.user).filter(uid=self.uid).first()

    def autosave(self) -> HttpResponse:
        return autosave.answer(self)

    # Steps

    def open(self, blank: Record) -> HttpResponse:
        """The form of a new one; with what she had typed into it, if the address says which she had begun."""
        if self.begun:
            self.record = self.begun
            return redirect(self.address())
        form = self.form(blank, typed.data_of(self.copy) if self.copy else None)
        form.is_valid()
        others = [] if self.copy else begun.others_of(self.user, self.kind, but=self.uid)
        return self.show(form, copy=self.copy, begun=others)

    def first_sent(self, blank: Record) -> DraftForm:
        """The form of a new one, as it was sent."""
        form = self.form(blank, self.request.POST, self.request.FILES)
        if not form.comes_back:
            unexpected.tell(form, self.request)
        return form

    def edit(self) -> HttpResponse:
        if self.request.method == "POST":
            return self._save()
        if reviewing.is_locked(self.record, self.user):
            return self._locked()
        if self.copy and (shown := autosave.shown_again(self)):
            return shown
        form = self.form(self.record.latest_draft())
        checked = "check" in self.request.GET
        if checked:
            form.show_problems(form.draft.problems())
        return self.show(form, checked=checked, just_begun="begun" in self.request.GET)

    def _save(self) -> HttpResponse:
        draft, sent = self.record.draft_to_write(), self.request.POST
        if conflicts.are_chosen(sent):
            sent = conflicts.merged(sent, self.form(draft))
        form = self.form(draft, sent, self.request.FILES)
        is_valid = form.is_valid()
        if form.comes_back:
            return self.show(form)
        taken = self.take_beside(form)
        unexpected.tell(form, self.request, beside=taken.names)
        if not is_valid or not taken.kept:
            return self.show(form, status=REFUSED)
        try:
            self.record = self._stored(form)
        except reviewing.EditConflict as conflict:
            unexpected.tell_of_revision(self.request, self.record)
            return self.conflict(form, conflict)
        except reviewing.Locked:
            return self.show(form, status=CONFLICT, locked_meanwhile=True)
        return self.after_saving()

    def _stored(self, form: DraftForm, attempts: int = MOST_ATTEMPTS) -> Record:
        """Where somebody else has saved meanwhile and the two meet nowhere, both stand. Raises EditConflict and Locked."""
        try:
            self.confirm_read(form)
            return self.store(form)
        except reviewing.EditConflict as conflict:
            theirs = conflict.revision
            if attempts == 1 or not conflicts.goes_beside(form, theirs, self.relied_on):
                raise
        form.data = form.data.copy()
        form.data["revision"] = str(theirs.pk)
        messages.info(self.request, conflicts.both_stand(theirs, self.user))
        return self._stored(form, attempts - 1)

    def take_beside(self, form: DraftForm) -> beside.Taken:
        return beside.take(form, self.record, self.user, self.request.POST)

    def after_saving(self) -> HttpResponse:
        working_copies.drop(sheet=self.sheet)
        action = self.request.POST.get("action")
        if action == "submit":
            return self.submit()
        messages.success(self.request, self.saved)
        return redirect(self.address("preview") if action == "preview" else f"{self.address()}{self.shown_next}")

    def submit(self) -> HttpResponse:
        try:
            submitted = reviewing.submit(record=self.record, by=self.user)
        except reviewing.NotReady:
            return self.not_ready(self.address())
        return self.told_of_submission(submitted)

    def not_ready(self, form_url: str) -> HttpResponse:
        """Back to the form, which says what is missing; what was sent from a form is saved."""
        if "action" in self.request.POST:
            messages.success(self.request, self.saved)
        return redirect(f"{form_url}?check")

    def told_of_submission(self, submitted: bool) -> HttpResponse:
        if submitted:
            step = self.record.current_workflow_task_state
            messages.success(self.request, self.to_check if step and reviewing.hands_on(step) else self.submitted)
        else:
            told = _("There is nothing to review: what you see is published as it stands.")
            messages.info(self.request, told)
        return redirect("notices:my_work")

    def take_back(self) -> HttpResponse:
        reviewing.take_back(record=self.record, by=self.user)
        messages.success(self.request, self.taken_back)
        return redirect(self.address())

    def preview(self) -> HttpResponse:
        context = draft_context(self.record.latest_draft(), untitled=self.untitled)
        context |= self._told("draft") | {"title": context["title"], "kicker": context["kicker"]}
        context["in_review"] = self.record.workflow_in_progress
        return render(self.request, "catalogue/drafting/preview.html", context)

    def delete(self) -> HttpResponse:
        """What was never public; asks first, and why where it is not hers alone."""
        others = deletion.others_in(self.record, self.user)
        form = (DeletionForm if others else Form)(self.request.POST if self.request.method == "POST" else None)
        unexpected.tell_of(self.request, form)
        if not form.is_valid():
            told = self._told("draft") | {"form": form, "others": others}
            status = REFUSED if form.is_bound else 200
            return render(self.request, "catalogue/drafting/delete.html", told, status=status)
        try:
            reviewing.delete_draft(record=self.record, by=self.user, reason=form.cleaned_data.get("reason", ""))
        except deletion.ReasonNeeded:  # somebody else wrote in it a moment ago
            return redirect(self.request.path)
        except reviewing.Locked:
            in_review = self.record.workflow_in_progress
            messages.error(self.request, self.held_by_review if in_review else self.held_by_editor)
            return redirect(self.address())
        except reviewing.Published:
            messages.error(self.request, self.published_meanwhile)
        else:
            messages.success(self.request, _("The draft is deleted."))
        return redirect("notices:my_work")

    # Pages

    def show(self, form: DraftForm, *, status: int = 200, **more) -> HttpResponse:
        if self.record:
            beside.put(form, self.record, self.user)
        status = 200 if form.comes_back else status
        context = page_of(form, self.record, sections=self.sections) | self._told("draft") | self.context(form)
        context |= {"autosave": autosave.told_of(self), "new_uid": "" if self.record else self.uid} | more
        return render(self.request, self.template, context, status=status)

    def conflict(
        self, form: DraftForm, conflict: reviewing.EditConflict, *, status: int = CONFLICT, **more
    ) -> HttpResponse:
        self.record = conflict.revision.content_object
        context = conflicts.told(form, conflict.revision, self.relied_on) | self._told("draft") | more
        return render(self.request, "catalogue/drafting/conflict.html", context, status=status)

    def _locked(self) -> HttpResponse:
        review = self.record.current_workflow_state
        in_review = self.record.workflow_in_progress
        context = self._told("review" if in_review else "locked") | {"review": review, "in_review": in_review}
        context["at_check"] = in_review and reviewing.hands_on(review.current_task_state)
        return render(self.request, "catalogue/drafting/locked.html", context)

    @property
    def _is_live(self) -> bool:
        return bool(self.record and self.record.live)

    def _stands(self, state: str) -> str:
        if state != "draft" or not self._is_live:
            return state
        return "new" if self.record.has_unpublished_changes else "live"

    def _told(self, state: str) -> dict[str, Any]:
        """What every page about the draft tells."""
        return {
            "written": self.record,
            "symbol": self.symbol,
            "kicker": self.kickers.get(self._stands(state), self.kickers[state]),
            "stays_public": state == "draft" and self._is_live,
            "title": self.title(),
            "form_url": self.address(),
            "autosave_url": self.address("autosave"),
            **{f"{step}_url": self.address(step) for step in ("preview", "submit", "take_back") if self.record},
        }
