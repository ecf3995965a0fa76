"""Where reviewers read what was submitted, as the public would, and decide."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.access import allowed
from catalogue import reviewing
from catalogue.dates import moment
from catalogue.drafting.desk import CONFLICT, draft_context
from catalogue.drafting.fields import number
from catalogue.reading import language_name
from operations.reading import REFUSED, read_and_write
from practices.forms import SendBackForm
from practices.models import GoodPractice


@read_and_write
@allowed("practices.review")
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    practice = GoodPractice.objects.reviewable_by(request.user).filter(uid=uid).first()
    if practice is None:
        return _decided(request, uid)
    if request.method != "POST":
        return _page(request, practice, SendBackForm())
    try:
        return _decide(request, practice)
    except PermissionDenied:  # decided a moment ago
        return _decided(request, uid)


def _decide(request: HttpRequest, practice: GoodPractice) -> HttpResponse:
    form = SendBackForm(request.POST)
    sends_back = request.POST.get("action") != "approve"
    if sends_back and not form.is_valid():
        return _page(request, practice, form, status=REFUSED)
    try:
        (_send_back if sends_back else _approve)(request, practice, form)
    except reviewing.EditConflict:
        messages.error(request, _("The practice was changed since you opened it. Please read it again."))
        return _page(request, practice, SendBackForm(request.POST), status=CONFLICT)
    except reviewing.NotReady as refusal:
        messages.error(request, _("It cannot be published yet: %(problem)s") % {"problem": refusal.problems[0].message})
        return _page(request, practice, SendBackForm(), status=CONFLICT)
    return redirect("notices:my_work")


def _approve(request: HttpRequest, practice: GoodPractice, form: SendBackForm) -> None:
    scheduled = reviewing.approve(record=practice, by=request.user, revision=_revision(request))
    if scheduled:
        told = _("Approved: the practice will be public on %(when)s, as an editor has set.")
        messages.success(request, told % {"when": moment(scheduled)})
    else:
        messages.success(request, _("Approved: the practice is public now."))


def _send_back(request: HttpRequest, practice: GoodPractice, form: SendBackForm) -> None:
    message = form.cleaned_data["message"]
    reviewing.send_back(record=practice, by=request.user, message=message, revision=_revision(request))
    messages.success(request, _("The author has your message and can change the practice."))


def _revision(request: HttpRequest) -> int:
    """What the reviewer has read; a number that was tampered with fits no revision."""
    return number(request.POST.get("revision")) or 0


def _page(request: HttpRequest, practice: GoodPractice, form: SendBackForm, *, status: int = 200) -> HttpResponse:
    step = practice.current_workflow_task_state
    draft = step.revision.as_object()
    scheduled = draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None
    context = draft_context(
        draft,
        untitled=_("Untitled practice"),
        practice=practice,
        step=step,
        form=form,
        revision=step.revision_id,
        scheduled=scheduled,
    )
    context["review_links"] = _links(practice, context["record"])
    return render(request, "practices/review.html", context, status=status)


def _links(practice: GoodPractice, document: dict) -> list[dict]:
    """To the decision, to the text in other languages, and to what is published now."""
    address = reverse("practices:review", args=[practice.uid])
    others = [code for code in document["title"] or {} if code != get_language()]
    links = [{"label": _("To your decision"), "url": "#decision"}]
    links += [{"label": language_name(code), "url": translate_url(address, code), "lang": code} for code in others]
    if practice.live:
        published = reverse("catalogue:record", args=["practices", practice.slug])
        links.append({"label": _("What is published now"), "url": published})
    return links


def _decided(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A second press of the button finds the decision made; everybody else finds nothing."""
    practice = get_object_or_404(GoodPractice, uid=uid)
    if not TaskState.objects.for_instance(practice).filter(finished_by=request.user).exists():
        raise Http404
    messages.info(request, _("You have decided on this practice already."))
    return redirect("notices:my_work")
