"""Where what was submitted is read as the public would read it, and decided on: first for its organisation, then by an
expert.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import TaskState

from accounts.access import allowed, may
from catalogue import kinds, reviewing
from catalogue.drafting.desk import CONFLICT
from catalogue.drafting.fields import number
from operations.dates import moment
from operations.reading import REFUSED, read_and_write, read_only
from partners.models import ReviewedQuerySet, ReviewedRecord
from reviews import actions, pages
from reviews.forms import SendBackForm
from reviews.models import FieldComment
from reviews.queue import PAGE, QueueFilters, cells_of, columns
from reviews.scoresheet import rounds_of, title_of
from reviews.talk import Talk
from reviews.work import waiting_for

HERS = ("comment", "keep", "scores", "send_back", "approve")
CHANGED = gettext_lazy("It was changed since you opened it. Please read it again.")


@read_only
@allowed("work.see")
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for her decision; nothing waits for those who decide on nothing."""
    waiting = waiting_for(request.user)
    filters = QueueFilters(request.GET, waiting=waiting)
    page = Paginator(filters.chosen, PAGE).get_page(request.GET.get("page"))
    context = {"waiting": waiting, "filters": filters, "page": page, "rows": [cells_of(row) for row in page]}
    return render(request, "reviews/queue.html", context | {"columns": columns()})


@read_and_write
@allowed("reviews.assess", "reviews.check")
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    record = first_of(records.reviewable_by(request.user).filter(uid=uid) for records in reviewed_records())
    if record is None or record.read_review() is None:
        return _decided(request, uid)
    if request.method != "POST":
        return pages.show(request, record)
    try:
        return _said(request, record)
    except PermissionDenied:  # decided a moment ago
        return _decided(request, uid)


@read_only
@allowed("reviews.scores")
def scores(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that was scored of a record, for those who have no part in it."""
    record = first_of(records.foreign_to(request.user).filter(uid=uid) for records in reviewed_records())
    rounds = rounds_of(record) if record else []
    if record is None or not (rounds or may(request.user, "desk.records")):
        raise Http404
    return render(request, "reviews/all_scores.html", {"title": title_of(rounds, record), "rounds": rounds})


def reviewed_records() -> Iterator[ReviewedQuerySet]:
    """Those of every kind that is reviewed in the portal."""
    return (kind.model.objects.all() for kind in kinds.all_kinds() if issubclass(kind.model, ReviewedRecord))


def first_of(querysets: Iterator[ReviewedQuerySet]) -> ReviewedRecord | None:
    return next((record for records in querysets for record in records[:1]), None)


def _said(request: HttpRequest, record: ReviewedRecord) -> HttpResponse:
    """What was said of fields and what was scored is kept, whatever comes of the decision that was sent with it."""
    sheets = pages.sheets_of(record, request.user, request.POST)
    pages.tell_of_more(request, sheets, buttons=HERS, names=SendBackForm.base_fields)
    if not sheets.is_valid() or _would_be_lost(request, record, sheets.talk):
        return pages.show(request, record, SendBackForm(request.POST, commented=True), sheets, status=REFUSED)
    try:
        sheets.keep(number(request.POST.get("revision")))
    except reviewing.EditConflict:
        pages.tell_of_others(request, record)
        messages.error(request, CHANGED)
        return pages.show(request, record, SendBackForm(request.POST), sheets, status=CONFLICT)
    action, _colon, name = request.POST.get("action", "").partition(":")
    if action == "comment":
        return _commented(request, record, name)
    if action == "keep":
        return _stay(request, record, "opinion")
    return _scored(request, record) if action == "scores" else _decide(request, record)


def _would_be_lost(request: HttpRequest, record: ReviewedRecord, talk: Talk) -> bool:
    """What is said of a text in the same breath as it is published, nobody would read."""
    is_end = not reviewing.hands_on(record.current_workflow_task_state)
    lost = request.POST.get("action") == "approve" and is_end and talk.form.given("comment-")
    if lost:
        messages.error(request, _("You have commented on fields: send it back with your comments, or take them out."))
    return bool(lost)


def _commented(request: HttpRequest, record: ReviewedRecord, name: str) -> HttpResponse:
    """Back to the field, or the field alone into a page that is open; a message half written stays in its place."""
    if request.headers.get("HX-Request"):
        return pages.show_field(request, record, name)
    return _stay(request, record, f"field-{name}")


def _scored(request: HttpRequest, record: ReviewedRecord) -> HttpResponse:
    messages.success(request, _("Your scores are kept."))
    return _stay(request, record, "scores")


def _stay(request: HttpRequest, record: ReviewedRecord, anchor: str) -> HttpResponse:
    if request.POST.get("message"):
        return pages.show(request, record, SendBackForm(initial=request.POST.dict()))
    return redirect(f"{reverse('reviews:review', args=[record.uid])}#{anchor}")


def _decide(request: HttpRequest, record: ReviewedRecord) -> HttpResponse:
    sends_back = request.POST.get("action") != "approve"
    form = SendBackForm(request.POST, commented=FieldComment.objects.about(record).open().exists())
    if sends_back and not form.is_valid():
        return pages.show(request, record, form, status=REFUSED)
    try:
        (_send_back if sends_back else _approve)(request, record, form)
    except reviewing.EditConflict:
        if TaskState.objects.filter(pk=number(request.POST.get("step")), finished_by=request.user).exists():
            return _decided(request, record.uid)
        pages.tell_of_others(request, record)
        messages.error(request, CHANGED)
        return pages.show(request, record, SendBackForm(request.POST), status=CONFLICT)
    except reviewing.NotReady as refusal:
        messages.error(request, _("It cannot be published yet: %(problem)s") % {"problem": refusal.problems[0].message})
        return pages.show(request, record, status=CONFLICT)
    except reviewing.Objected as objection:
        messages.error(request, str(objection))
        return pages.show(request, record, SendBackForm(initial=request.POST.dict()), status=CONFLICT)
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
    actions.send_back(record=record, by=request.user, message=message, **_what_was_read(request))
    messages.success(request, _("The author has your message and can change it."))


def _what_was_read(request: HttpRequest) -> dict[str, int | None]:
    """A number that was tampered with fits no revision and no step."""
    step = request.POST.get("step")
    return {
        "revision": number(request.POST.get("revision")) or 0,
        "step": None if step is None else number(step) or 0,
    }


def _decided(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A second press of the button finds the decision made, and a reviewer who has translated the text learns that it is not
    hers to review; one whose review ended while she wrote has her words back. Everybody else finds nothing, who submitted
    it among them.
    """
    record = first_of(records.filter(uid=uid) for records in reviewed_records())
    if record is None:
        raise Http404
    decisions = TaskState.objects.filter(finished_by=request.user).exclude(workflow_state__requested_by=request.user)
    if first_of([type(record).objects.kept_from(request.user).filter(pk=record.pk)]):
        told = _("You have written in this text, be it a translation: somebody else reviews it.")
    elif decisions.for_instance(record).exists():
        told = _("You have decided on this already.")
    elif request.method == "POST" and may(request.user, "reviews.assess") and _was_in_review(request, record):
        return pages.over(request)
    else:
        raise Http404
    messages.info(request, told)
    return redirect("notices:my_work")


def _was_in_review(request: HttpRequest, record: ReviewedRecord) -> bool:
    """When the page was opened that was sent."""
    step = number(request.POST.get("step"))
    return TaskState.objects.for_instance(record).filter(pk=step or 0).exists()
