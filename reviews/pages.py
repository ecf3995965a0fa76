"""What a reviewer has before her: the page as the public would see it, the draft field by field, and the decision."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.models import User
from catalogue import kinds, reviewing
from catalogue.drafting import given_back
from catalogue.drafting.called import called_in
from catalogue.drafting.checks import checks_of, found_in
from catalogue.drafting.desk import draft_context
from catalogue.drafting.fields import number
from catalogue.drafting.forms import DraftForm
from catalogue.drafting.page import Section
from catalogue.drafting.unexpected import tell_of_revision
from catalogue.drafting.written import form_of
from catalogue.reading import language_name
from operations import unexpected
from partners.models import ReviewedRecord
from reviews import with_decision
from reviews.forms import SendBackForm
from reviews.outside import OutsideReview
from reviews.parts import grouped, mark_behind, place_of, shown_in
from reviews.scoresheet import SENT, Scoresheet
from reviews.talk import ELSEWHERE, Talk
from reviews.with_decision import WithDecision


class Sheets(NamedTuple):
    """What she writes beside a text that waits for her decision, or her advice; at its organisation's check none scores it."""

    talk: Talk
    scores: Scoresheet | None
    beside: WithDecision | None

    def is_valid(self) -> bool:
        return all(each.is_valid() for each in self if each)

    @transaction.atomic
    def keep(self, revision: int | None) -> None:
        """All of it, or nothing where another text waits now. Raises EditConflict, PermissionDenied."""
        self.talk.tell(revision=revision)
        if self.scores:
            self.scores.keep(revision)
        if self.beside:
            self.beside.keep()


class _Alone(Scoresheet):
    """Of an outside reviewer, who judges for herself: what others scored is not hers to see, and her 0 keeps nothing back."""

    others, shows_others, blocks = 0, False, False


def sheets_of(
    record: ReviewedRecord,
    user: User,
    posted: Mapping[str, Any] | None = None,
    *,
    advice: OutsideReview | None = None,
) -> Sheets:
    """As they are kept, or as they were `posted`."""
    return _sheets(_form(record, user)[0], record, user, posted, advice=advice)


def tell_of_more(
    request: HttpRequest, sheets: Sheets, *, buttons: Collection[str], names: Collection[str] = ()
) -> None:
    """What was sent and stands on no sheet of hers; `names` are those of what stands beside them."""
    button, _colon, field = request.POST.get("action", "").partition(":")
    is_known = button in ("", *buttons) and (not field or field in sheets.talk.fields)
    unexpected.tell(
        request,
        sheets.talk.form,
        sheets.scores.form if sheets.scores else None,
        sheets.beside,
        names=("revision", "step", SENT, *names),
        values=[] if is_known else ["action"],
    )


def tell_of_others(request: HttpRequest, record: ReviewedRecord) -> None:
    """Where what she read is not what waits: she was never shown the revision, or the step, of another record with it."""
    tell_of_revision(request, record)
    step = TaskState.objects.filter(pk=number(request.POST.get("step")))
    if step.exists() and not step.for_instance(record).exists():
        unexpected.note(request, values=["step"])


def _sheets(
    form: DraftForm, record: ReviewedRecord, user: User, posted=None, *, asked: bool = False, advice=None
) -> Sheets:
    """`asked`: she asks to see what others scored."""
    talk = Talk(form, record, user, posted, reviews=True, decides=advice is None)
    beside = None if advice else with_decision.of(record, user, posted)
    return Sheets(talk, _scores(record, user, posted, asked=asked, advice=advice), beside)


def _form(record: ReviewedRecord, user: User) -> tuple[DraftForm, Sequence[Section]]:
    draft = record.current_workflow_task_state.revision.as_object()
    form, sections = form_of(record, draft, user)
    return form or DraftForm(draft=draft, user=user), sections


def address_of(record: ReviewedRecord, advice: OutsideReview | None) -> str:
    return reverse("reviews:advise", args=[advice.pk]) if advice else reverse("reviews:review", args=[record.uid])


def _scores(record: ReviewedRecord, user: User, posted, *, asked: bool, advice) -> Scoresheet | None:
    """What was sent counts only if the sheet was sent with it."""
    if reviewing.hands_on(record.current_workflow_task_state):
        return None
    sent = posted if posted is not None and SENT in posted else None
    return (_Alone if advice else Scoresheet)(record, user, sent, asked=asked)


def over(request: HttpRequest) -> HttpResponse:
    """It was taken back or withdrawn while she wrote; nothing of hers is kept here, so that she is given it back."""
    return given_back.page(
        request,
        given_back.words_said(request),
        heading=_("This review has ended"),
        told=_("It was taken back or withdrawn while you read. Nothing was sent."),
        onward=(_("What waits for review"), reverse("reviews:queue")),
    )


def show(
    request: HttpRequest,
    record: ReviewedRecord,
    decision: SendBackForm | None = None,
    sheets: Sheets | None = None,
    *,
    status: int = 200,
    advice: OutsideReview | None = None,
) -> HttpResponse:
    step = record.current_workflow_task_state
    form, sections = _form(record, request.user)
    asked = request.GET.get("scores") == "others"
    sheets = sheets or _sheets(form, record, request.user, asked=asked, advice=advice)
    talk, scores = sheets.talk, sheets.scores
    draft, kind = form.draft, kinds.of(record)
    mark_behind(talk.fields, form)
    decision = decision or SendBackForm(commented=bool(talk.open))
    context = draft_context(draft, untitled=record.untitled, page_template=kind.template, form=decision, step=step)
    context |= {
        "is_check": reviewing.hands_on(step),
        "is_own": request.user in record.its_writers(),
        "part_of": record.reviewed_part(),
        "submitter": step.workflow_state.requested_by,
        "scheduled": draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None,
        "asked": called_in(form),
        "talk": talk,
        "scores": scores,
        "objection": scores.objection if scores and not advice else "",
        "with_decision": sheets.beside,
        "advice": advice,
        "address": address_of(record, advice),
        "elsewhere": talk.shown().get(ELSEWHERE, []),
        "groups": grouped(shown_in(form, talk.fields), sections),
        "checks": checks_of(form, found_in(draft), sections, at=lambda problem: place_of(problem, talk.fields)),
        "review_links": _links(record, context["record"], advice),
    }
    template = "reviews/advise.html" if advice else "reviews/review.html"
    return render(request, template, context, status=status)


def show_field(
    request: HttpRequest, record: ReviewedRecord, name: str, *, advice: OutsideReview | None = None
) -> HttpResponse:
    """One field as it is now, for a page that is open."""
    form, _sections = _form(record, request.user)
    talk = _sheets(form, record, request.user, advice=advice).talk
    mark_behind(talk.fields, form)
    if name not in talk.fields:
        raise Http404
    context = {"field": talk.fields[name], "fresh": True, "advice": advice, "address": address_of(record, advice)}
    return render(request, "reviews/field.html", context)


def _links(record: ReviewedRecord, document: dict, advice: OutsideReview | None) -> list[dict]:
    """To the decision, to the text in other languages, and to what is published now."""
    address, decision = address_of(record, advice), _("To your advice") if advice else _("To your decision")
    others = [code for code in document["title"] or {} if code != get_language()]
    links = [{"label": _("Field by field"), "url": "#fields"}, {"label": decision, "url": "#decision"}]
    links += [{"label": language_name(code), "url": translate_url(address, code), "lang": code} for code in others]
    if not advice:  # who did what in it is not told to those who advise
        links.append({"label": _("What has happened so far"), "url": reverse("reviews:history", args=[record.uid])})
    if record.live:
        published = reverse("catalogue:record", args=[document["kind"], record.slug])
        links.append({"label": _("What is published now"), "url": published})
    return links
