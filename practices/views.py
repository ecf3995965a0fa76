"""Where authors write practices, look at them, and hand them in. What is not theirs is not there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allowed
from catalogue import publication, reviewing
from catalogue.reading import page_context
from operations.reading import read_only
from partners.models import Organisation
from practices import actions, conflicts
from practices.form_page import form_page, title_of
from practices.forms import PracticeForm
from practices.mapping import FORM_LANGUAGES
from practices.models import GoodPractice

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
REFUSED, CONFLICT = 422, 409


@READ_AND_WRITE
@allowed("practices.begin")
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, PracticeForm(draft=_blank(request.user), user=request.user))
    form = PracticeForm(request.POST, request.FILES, draft=_blank(request.user), user=request.user)
    if not form.is_valid():
        return _form(request, form, status=REFUSED)
    organisation, uid = form.cleaned_data["organisation"], _uid(request.POST.get("uid"))
    try:
        practice = actions.create_draft(by=request.user, edit=form.write_to, organisation=organisation, uid=uid)
    except reviewing.EditConflict as conflict:
        return _conflict(request, form, conflict)
    return _after_saving(request, practice)


@READ_AND_WRITE
@allowed("practices.write")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.editable_by(request.user), uid=uid)
    if request.method == "POST":
        return _save(request, practice)
    if reviewing.is_locked(practice, request.user):
        return render(request, "practices/form_locked.html", _told(practice))
    form = PracticeForm(draft=practice.latest_draft(), user=request.user)
    if "check" in request.GET:
        form.show_problems(form.draft.problems())
    return _form(request, form, practice, checked="check" in request.GET)


def _save(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    unsent = PracticeForm(draft=practice.latest_draft(), user=request.user)
    sent = conflicts.merged(request.POST, unsent)
    form = PracticeForm(sent, request.FILES, draft=unsent.draft, user=request.user)
    if not form.is_valid():
        return _form(request, form, practice, status=REFUSED)
    try:
        saved = _store(form, practice)
    except reviewing.EditConflict as conflict:
        return _conflict(request, form, conflict)
    except reviewing.Locked:
        return _form(request, form, practice, status=CONFLICT, locked_meanwhile=True)
    return _after_saving(request, saved)


def _store(form: PracticeForm, practice: GoodPractice) -> GoodPractice:
    return actions.save_draft(
        practice=practice,
        by=form.user,
        edit=form.write_to,
        organisation=form.cleaned_data["organisation"],
        expected_revision=number(form.data.get("revision")),
    )


def _after_saving(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    action = request.POST.get("action")
    if action == "submit":
        return _submit(request, practice)
    messages.success(request, _("The draft is saved."))
    return redirect("practices:preview" if action == "preview" else "practices:edit", practice.uid)


def _conflict(request: HttpRequest, form: PracticeForm, conflict: reviewing.EditConflict) -> HttpResponse:
    practice = conflict.revision.content_object
    read = practice.revisions.filter(pk=number(request.POST.get("revision")) or 0).first()
    context = {
        "practice": practice,
        "title": title_of(practice),
        "theirs": conflict.revision,
        "own": conflict.revision.user_id == request.user.pk,
        "differences": conflicts.differences(form, conflict.revision, read),
        "sent_again": conflicts.sent_again(form),
        "action": request.POST.get("action", "save"),
    }
    return render(request, "practices/form_conflict.html", context, status=CONFLICT)


@require_POST
@allowed("practices.write")
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _submit(request, get_object_or_404(GoodPractice.objects.editable_by(request.user), uid=uid))


def _submit(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    try:
        submitted = reviewing.submit(record=practice, by=request.user)
    except reviewing.NotReady:
        edit_page = redirect("practices:edit", practice.uid)
        return redirect(f"{edit_page.url}?check")
    if submitted:
        messages.success(request, _("The practice is submitted. A reviewer reads it next; nothing is public yet."))
    else:
        messages.info(request, _("There is nothing to review: what you see is published as it stands."))
    return redirect("notices:my_work")


@read_only
@allowed("practices.write")
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.editable_by(request.user), uid=uid)
    return render(request, "practices/form_preview.html", draft_context(practice.latest_draft(), practice=practice))


def draft_context(draft: GoodPractice, **more) -> dict:
    """The public page of a draft, as it would be; without a title it could not be published, and is called untitled."""
    document = publication.render_draft(draft)
    if not document["title"]:
        more |= {"title": title_of(draft)}
    return page_context(document, **more)


@require_POST
@allowed("practices.write")
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = get_object_or_404(GoodPractice.objects.editable_by(request.user), uid=uid)
    reviewing.take_back(record=practice, by=request.user)
    messages.success(request, _("The practice is a draft again, and you can change it."))
    return redirect("practices:edit", practice.uid)


@READ_AND_WRITE
@allowed("practices.withdraw")
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    published = GoodPractice.objects.removable_by(request.user).filter(live=True)
    practice = get_object_or_404(published, uid=uid)
    if request.method != "POST":
        return render(request, "practices/form_withdraw.html", _told(practice))
    reviewing.withdraw(record=practice, by=request.user)
    messages.success(request, _("The practice is no longer public. Its text is kept as a draft."))
    return redirect("notices:my_work")


@READ_AND_WRITE
@allowed("practices.withdraw")
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    drafts = GoodPractice.objects.removable_by(request.user).filter(first_published_at=None)
    practice = get_object_or_404(drafts, uid=uid)
    if request.method != "POST":
        return render(request, "practices/form_delete.html", _told(practice))
    try:
        reviewing.delete_draft(record=practice, by=request.user)
    except reviewing.Locked:
        held = (
            _("The practice is under review. Take it back first, then it can be deleted.")
            if practice.workflow_in_progress
            else _("An editor has locked the practice. It can be deleted when that is over.")
        )
        messages.error(request, held)
        return redirect("practices:edit", practice.uid)
    except reviewing.Published:
        messages.error(request, _("The practice has been published meanwhile. It can be withdrawn, but not deleted."))
        return redirect("notices:my_work")
    messages.success(request, _("The draft is deleted."))
    return redirect("notices:my_work")


def _form(
    request, form: PracticeForm, practice: GoodPractice | None = None, *, status: int = 200, **more
) -> HttpResponse:
    return render(request, "practices/form.html", form_page(form, practice, **more), status=status)


def _blank(user) -> GoodPractice:
    """What a new form begins with: the reader's language, and her organisation where she has only one."""
    language = get_language() if get_language() in FORM_LANGUAGES else FORM_LANGUAGES[0]
    mine = Organisation.objects.filter(memberships__user=user)[:2]
    return GoodPractice(original_language=language, organisation_in_charge=mine[0] if len(mine) == 1 else None)


def _told(practice: GoodPractice) -> dict:
    """What every small page about a practice tells."""
    return {
        "practice": practice,
        "title": title_of(practice),
        "review": practice.current_workflow_state,
        "in_review": practice.workflow_in_progress,
    }


def _uid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def number(text: str | None) -> int | None:
    """A revision's key as a form sends it; what cannot be one is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
