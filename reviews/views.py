"""Where what was submitted is read as the public would read it, and decided on: first for its organisation, then by an
expert.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.access import allowed
from catalogue import kinds, reviewing
from catalogue.drafting.desk import CONFLICT, draft_context
from catalogue.drafting.fields import number
from catalogue.reading import language_name
from operations.dates import moment
from operations.reading import REFUSED, read_and_write
from partners.models import ReviewedQuerySet, ReviewedRecord
from reviews.forms import SendBackForm


@read_and_write
@allowed("reviews.assess", "reviews.check")
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    record = _first(records.reviewable_by(request.user).filter(uid=uid) for records in reviewed_records())
    if record is None:
        return _decided(request, uid)
    if request.method != "POST":
        return _page(request, record, SendBackForm())
    try:
        return _decide(request, record)
    except PermissionDenied:  # decided a moment ago
        return _decided(request, uid)


def reviewed_records() -> Iterator[ReviewedQuerySet]:
    """Those of every kind that is reviewed in the portal."""
    return (kind.model.objects.all() for kind in kinds.all_kinds() if issubclass(kind.model, ReviewedRecord))


def _first(querysets: Iterator[ReviewedQuerySet]) -> ReviewedRecord | None:
    return next((record for records in querysets for record in records[:1]), None)


def _decide(request: HttpRequest, record: ReviewedRecord) -> HttpResponse:
    form = SendBackForm(request.POST)
    sends_back = request.POST.get("action") != "approve"
    if sends_back and not form.is_valid():
        return _page(request, record, form, status=REFUSED)
    try:
        (_send_back if sends_back else _approve)(request, record, form)
    except reviewing.EditConflict:
        if TaskState.objects.filter(pk=number(request.POST.get("step")), finished_by=request.user).exists():
            return _decided(request, record.uid)
        messages.error(request, _("It was changed since you opened it. Please read it again."))
        return _page(request, record, SendBackForm(request.POST), status=CONFLICT)
    except reviewing.NotReady as refusal:
        messages.error(request, _("It cannot be published yet: %(problem)s") % {"problem": refusal.problems[0].message})
        return _page(request, record, SendBackForm(), status=CONFLICT)
    return redirect("notices:my_work")


def _approve(request: HttpRequest, record: ReviewedRecord, form: SendBackForm) -> None:
    is_check = reviewing.hands_on(record.current_workflow_task_state)
    scheduled = reviewing.approve(record=record, by=request.user, **_what_was_read(request))
    if is_check:
        messages.success(request, _("It is checked, and a reviewer reads it next. Nothing of it is public yet."))
    elif scheduled:
        told = _("Approved: it will be public on %(when)s, as an editor has set.")
        messages.success(request, told % {"when": moment(scheduled)})
    else:
        messages.success(request, _("Approved: it is public now."))


def _send_back(request: HttpRequest, record: ReviewedRecord, form: SendBackForm) -> None:
    message = form.cleaned_data["message"]
    reviewing.send_back(record=record, by=request.user, message=message, **_what_was_read(request))
    messages.success(request, _("The author has your message and can change it."))


def _what_was_read(request: HttpRequest) -> dict[str, int | None]:
    """A number that was tampered with fits no revision."""
    return {"revision": number(request.POST.get("revision")) or 0, "step": number(request.POST.get("step"))}


def _page(request: HttpRequest, record: ReviewedRecord, form: SendBackForm, *, status: int = 200) -> HttpResponse:
    step = record.current_workflow_task_state
    draft = step.revision.as_object()
    kind = kinds.of(record)
    context = draft_context(draft, untitled=record.untitled, page_template=kind.template, form=form, step=step)
    context |= {
        "is_check": reviewing.hands_on(step),
        "part_of": record.reviewed_part(),
        "submitter": step.workflow_state.requested_by,
        "scheduled": draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None,
        "review_links": _links(record, context["record"]),
    }
    return render(request, "reviews/review.html", context, status=status)


def _links(record: ReviewedRecord, document: dict) -> list[dict]:
    """To the decision, to the text in other languages, and to what is published now."""
    address = reverse("reviews:review", args=[record.uid])
    others = [code for code in document["title"] or {} if code != get_language()]
    links = [{"label": _("To your decision"), "url": "#decision"}]
    links += [{"label": language_name(code), "url": translate_url(address, code), "lang": code} for code in others]
    if record.live:
        published = reverse("catalogue:record", args=[document["kind"], record.slug])
        links.append({"label": _("What is published now"), "url": published})
    return links


def _decided(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A second press of the button finds the decision made; everybody else finds nothing, who submitted it among them."""
    record = _first(records.filter(uid=uid) for records in reviewed_records())
    decisions = TaskState.objects.filter(finished_by=request.user).exclude(workflow_state__requested_by=request.user)
    if record is None or not decisions.for_instance(record).exists():
        raise Http404
    messages.info(request, _("You have decided on this already."))
    return redirect("notices:my_work")
